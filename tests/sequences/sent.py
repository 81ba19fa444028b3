"""One form that was sent: what it asked for, what was answered, what it did."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from tests.sequences.answers import Answer, Claim
from tests.sequences.mailbox import Rule
from tests.sequences.plan import Sending
from tests.sequences.shown import MARKER, key_of
from tests.sequences.tabs import Form, Values

NOT_MET = " (not met)"  # after a fault that no request ran into
UNSURE = (Claim.DOUBT, Claim.DIFFERS, Claim.NONE, Claim.CRASH, Claim.OTHER)


@dataclass(eq=False)
class Sent:
    """`marker` is that of its contents: who sends the same contents again sends the same marker.

    `page` is how the form was come by, `fault` what went wrong meanwhile; `before` and `after` are the rules just
    before it was sent and just after it was answered; `effects` counts what it did to the mailbox.
    """

    sending: Sending
    form: Form
    values: Values
    marker: str
    page: str
    fault: str
    before: tuple[Rule, ...]
    began: float = field(default_factory=time.monotonic)
    ended: float = 0.0
    answer: Answer | None = None
    after: tuple[Rule, ...] = ()
    effects: int = 0

    @property
    def change(self) -> str:
        return self.form.change

    @property
    def claim(self) -> Claim | None:
        return self.answer.claim if self.answer else None

    @property
    def is_unsure(self) -> bool:
        """It may take effect after its answer."""
        return self.claim is None or self.claim in UNSURE

    @property
    def has_marker(self) -> bool:
        return self.change in ("make", "edit", "forward")

    @property
    def kind(self) -> str:
        """As the history names it."""
        if self.change == "switch":
            return "turn on" if self.form.switches_on else "turn off"
        return self.change

    @property
    def key(self) -> tuple[str, str]:
        return key_of(self.kind, self.form.name, self.marker)

    def holds_in(self, rules: tuple[Rule, ...]) -> bool:
        """Whether the mailbox has what this form asks for."""
        own = next((rule for rule in rules if rule["id"] == self.form.rule), None)
        if self.change == "make":
            return any(is_made(rule, self) for rule in rules)
        if self.change == "edit":
            return own is not None and self.marker in markers_of(own)
        if self.change == "switch":
            return own is not None and own["isEnabled"] == self.form.switches_on
        if self.change == "delete":
            return own is None
        if self.change == "stop":
            return own is None or not own["isEnabled"]
        return any(is_forwarding(rule, self) for rule in rules)


def markers_of(rule: Rule) -> set[str]:
    """Our words in what a rule does, not in its name."""
    return set(MARKER.findall(repr((rule.get("conditions"), rule.get("actions")))))


def is_made(rule: Rule, sent: Sent) -> bool:
    return (
        sent.marker in rule.get("conditions", {}).get("subjectContains", ())
        and rule["displayName"] == sent.values["name"][0]
        and rule["isEnabled"]
    )


def is_forwarding(rule: Rule, sent: Sent) -> bool:
    drops = bool(rule["actions"].get("delete"))
    asked = sent.values["copy"] == ["drop"]
    return sent.marker in markers_of(rule) and rule["isEnabled"] and drops == asked


def told(sent: Sent) -> str:
    """One line: what was sent, how, and what came of it."""
    what = f"{sent.kind} {sent.marker if sent.has_marker else ''} “{sent.form.name}”".replace("  ", " ")
    answer = sent.answer
    came = f"{answer.status} {answer.claim.value}: {answer.words}" if answer else "…"
    seconds = sent.ended - sent.began
    return f"tab {sent.sending.tab + 1}, {sent.page}: {what}, fault {sent.fault}, in {seconds:.2f} s: {came}"
