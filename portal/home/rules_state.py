"""How the rules stand, in a few counts, and those to be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.graph.rules import StoredRule
from portal.mailbox.forwarding import Policy
from portal.rules.lines import Line, lines


@dataclass(frozen=True)
class RulesState:
    """Counts of rules. `broken` are those that Microsoft has marked as in error, `suspicious` hide mail."""

    on: int
    off: int
    unreached: int
    broken: tuple[Line, ...]
    suspicious: tuple[Line, ...]

    @property
    def total(self) -> int:
        return self.on + self.off


def rules_state(rules: Sequence[StoredRule], tree: object, policy: Policy, rule_names: Iterable[str]) -> RulesState:
    """`tree` is a Tree, or not known."""
    listed = lines(rules, tree, policy, rule_names)
    on = [line for line in listed if line.rule.enabled]
    return RulesState(
        on=len(on),
        off=len(listed) - len(on),
        unreached=sum(line.cut_by is not None for line in on),
        broken=tuple(line for line in listed if line.rule.has_error),
        suspicious=tuple(line for line in listed if line.suspicious),
    )
