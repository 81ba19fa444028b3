"""What happened to the mailbox, seen by looking again and again: each difference is laid to a form that asked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.sequences.answers import Claim
from tests.sequences.mailbox import Mailbox, Rule
from tests.sequences.sent import Sent, markers_of

UNASKED = "a rule is not as it was, and no form asked for it"
# Microsoft's own, and the place, which changes when a neighbour goes.
NOT_SAID = frozenset({"sequence", "hasError", "@odata.etag"})
# What a form of each kind may change of a rule. Whatever else a rule has must stay.
TOUCHED: dict[str, dict[str, set[str] | None]] = {
    "edit": {"conditions": {"subjectContains"}, "actions": {"markAsRead"}, "isEnabled": None},
    "forward": {
        "actions": {"forwardTo", "redirectTo", "forwardAsAttachmentTo", "delete", "permanentDelete"},
        "isEnabled": None,
    },
    "switch": {"isEnabled": None},
}


class Wrong(NamedTuple):
    """What must not be, in words that are the same each time, and where it was seen."""

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.what}: {self.where}"


@dataclass(frozen=True)
class Event:
    """One thing that happened to a rule. `by` is the form, None for Outlook."""

    what: str
    rule: Rule
    by: Sent | None
    at: datetime.datetime


@dataclass
class Ledger:
    """`wrong` is what no form can have asked for, or what a form took away that it does not show."""

    mailbox: Mailbox
    rules: tuple[Rule, ...] = ()
    first: tuple[Rule, ...] = ()
    sent: list[Sent] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    twins: set[str] = field(default_factory=set)  # names that two rules had at one time

    def begin(self) -> None:
        self.rules = self.first = self.mailbox.rules()

    def look(self) -> tuple[Rule, ...]:
        """The rules as they are now; what is different since the last look is laid to a form."""
        now = self.mailbox.rules()
        for before, after in differences(self.rules, now):
            self.lay(before, after)
        self.take(now)
        return now

    def outlook(self, what: str, rule: Rule) -> None:
        """What Outlook did to this rule since the last look; other differences are laid to forms."""
        now = self.mailbox.rules()
        for before, after in differences(self.rules, now):
            if (before or after or {}).get("id") == rule["id"]:
                self.note(what, after or before or rule, None)
            else:
                self.lay(before, after)
        self.take(now)

    def take(self, now: tuple[Rule, ...]) -> None:
        names = [rule["displayName"] for rule in now]
        self.twins |= {name for name in names if names.count(name) > 1}
        self.rules = now

    def lay(self, before: Rule | None, after: Rule | None) -> None:
        if before is None and after is not None:
            self.lay_marked("made", None, after, {"make", "forward"})
        elif before is not None and after is None:
            self.lay_unmarked("deleted", before, {"delete", "stop"})
        elif before is not None and after is not None:
            self.lay_changed(before, after)

    def lay_changed(self, before: Rule, after: Rule) -> None:
        switched = before["isEnabled"] != after["isEnabled"]
        by = None
        if markers_of(after) - markers_of(before):
            by = self.lay_marked("changed", before, after, {"edit", "forward"})
        elif not switched:
            self.wrong.append(Wrong(UNASKED, f"changed, {told(before, after)}"))
        if switched and not (by and by.change == "forward"):
            kinds = {"switch"} if after["isEnabled"] else {"switch", "stop"}
            self.lay_unmarked("turned on" if after["isEnabled"] else "turned off", after, kinds)
        touched = TOUCHED[by.change if by else "switch"]
        if rest(before, touched) != rest(after, touched):
            self.wrong.append(Wrong("parts of a rule were lost that no form shows", told(before, after)))

    def lay_marked(self, what: str, before: Rule | None, after: Rule, changes: set[str]) -> Sent | None:
        new = markers_of(after) - (markers_of(before) if before else set())
        mine = [each for each in self.sent if each.marker in new and each.change in changes]
        return self.note(what, after, choose(mine), asked=bool(mine))

    def lay_unmarked(self, what: str, rule: Rule, changes: set[str]) -> None:
        on = what == "turned on"
        mine = [
            each
            for each in self.sent
            if each.form.rule == rule["id"]
            and each.change in changes
            and (each.change != "switch" or each.form.switches_on == on)
        ]
        self.note(what, rule, choose(mine), asked=bool(mine))

    def note(self, what: str, rule: Rule, by: Sent | None, *, asked: bool = True) -> Sent | None:
        if not asked:
            self.wrong.append(Wrong(UNASKED, f"{what}, {said(rule)}"))
        if by:
            by.effects += 1
        self.events.append(Event(what, rule, by, datetime.datetime.now(datetime.UTC)))
        return by


def choose(mine: Sequence[Sent]) -> Sent | None:
    """The form that did it. One that has no answer yet, or an unsure one, rather than one that says it did nothing."""
    ranked = sorted(mine, key=rank)
    return ranked[0] if ranked else None


def rank(sent: Sent) -> tuple[int, float]:
    """The oldest first among equals; whoever had an effect already comes last."""
    if sent.effects:
        return 4, sent.began
    if sent.claim is None:
        return 1, sent.began
    if sent.is_unsure:
        return 2, sent.began
    return (0 if sent.claim is Claim.DONE else 3), -sent.began


def differences(before: Sequence[Rule], after: Sequence[Rule]) -> Iterator[tuple[Rule | None, Rule | None]]:
    old, new = ({rule["id"]: rule for rule in rules} for rules in (before, after))
    for key in old.keys() | new.keys():
        was, now = old.get(key), new.get(key)
        if was is None or now is None or said(was) != said(now):
            yield was, now


def said(rule: Rule) -> Rule:
    return {name: value for name, value in rule.items() if name not in NOT_SAID}


def rest(rule: Rule, touched: dict[str, set[str] | None]) -> Rule:
    """The rule without what may change."""
    left = dict(said(rule))
    for name, members in touched.items():
        part = left.pop(name, None)
        if members is not None and isinstance(part, dict):
            kept = {member: value for member, value in part.items() if member not in members}
            left |= {name: kept} if kept else {}
    return left


def told(before: Rule, after: Rule) -> str:
    return f"{said(before)} became {said(after)}"
