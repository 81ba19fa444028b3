"""What came of one sequence, and how it is told when something is wrong."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from tests.sequences import shown
from tests.sequences.agreement import disagreements
from tests.sequences.answers import Page
from tests.sequences.killing import Killing
from tests.sequences.ledger import Wrong
from tests.sequences.mailbox import Rule
from tests.sequences.plan import Sequence as Plan
from tests.sequences.sent import Sent
from tests.sequences.walk import Walk, begin


class Tried(NamedTuple):
    """One form that was sent, for the table: pages and rules would fill the memory."""

    kind: str
    page: str
    fault: str
    claim: str
    beside: bool

    @classmethod
    def of(cls, sent: Sent) -> Self:
        claim = sent.claim.value if sent.claim else "none"
        return cls(sent.kind, sent.page, sent.fault, claim, sent.sending.marker.endswith("b"))


@dataclass
class Outcome:
    """`history` is the lines of its page, `rules` the mailbox, both at the end."""

    plan: Plan
    wrong: list[Wrong] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    history: list[str] = field(default_factory=list)
    rules: Sequence[Rule] = ()

    def told(self, seed: str, database: str) -> str:
        """Everything that is needed to understand it, and the command that does it again."""
        parts = {
            "wrong": [str(each) for each in self.wrong],
            "steps": self.lines,
            "history": self.history,
            "mailbox": [json.dumps(rule, ensure_ascii=False) for rule in self.rules],
        }
        told = [f"{name}:\n" + "\n".join(f"    {line}" for line in lines) for name, lines in parts.items()]
        again = f"python -m tests.sequences --database {database} --seed {seed} --only {self.plan.number}"
        return "\n  ".join([f"sequence {self.plan.number} on {database} ({self.plan.tabs})", *told, f"again: {again}"])


def outcome_of(plan: Plan, simulator: str, sites: Sequence[str], killing: Killing | None = None) -> Outcome:
    """Go through one sequence and judge it. A fault of the harness itself is told like a wrong outcome."""
    found = Outcome(plan)
    walk: Walk | None = None
    try:
        walk = begin(plan, simulator, sites, killing)
        judge(found, walk, walk.go())
    except Exception:
        found.wrong.append(Wrong("the sequence broke off", traceback.format_exc()))
    finally:
        if killing and not (walk and walk.met):
            killing.stay_away()
    if walk:
        found.wrong = [*walk.wrong, *found.wrong]
        found.tried = [Tried.of(sent) for sent in walk.ledger.sent]
        found.lines, found.rules = walk.lines, walk.ledger.rules
    return found


def judge(found: Outcome, walk: Walk, pages: Mapping[str, Page]) -> None:
    found.wrong += disagreements(walk.ledger, pages)
    found.history = [f"{entry.at:%H:%M:%S.%f} {entry.state}: {entry.text}" for entry in shown.history(pages["history"])]
