"""What the home page asks of Microsoft: one round trip, each part a value or the problem that it failed with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from portal.connect import Person, SignInUnavailable, open_mailbox
from portal.forwarding.change import get_rule_names
from portal.forwarding.state import Overview, make_overview
from portal.graph.errors import GraphProblem, NoMailbox
from portal.graph.home import read_home
from portal.graph.rules import StoredRule
from portal.mailbox.forwarding import Policy
from portal.rules.list import RuleRow, make_rows
from portal.web.problems import ProblemPage, explain_problem


@dataclass(frozen=True)
class RulesSummary:
    """Counts of rules. `broken` are those that Microsoft has marked as in error, `suspicious` hide mail."""

    on: int
    off: int
    unreached: int
    broken: tuple[RuleRow, ...]
    suspicious: tuple[RuleRow, ...]

    @property
    def total(self) -> int:
        return self.on + self.off


def sum_up_rules(rules: Sequence[StoredRule], tree: object, policy: Policy, rule_names: Iterable[str]) -> RulesSummary:
    """`tree` is a Tree, or not known."""
    rows = make_rows(rules, tree, policy, rule_names)
    on = [row for row in rows if row.rule.enabled]
    return RulesSummary(
        on=len(on),
        off=len(rows) - len(on),
        unreached=sum(row.stopped_by is not None for row in on),
        broken=tuple(row for row in rows if row.rule.has_error),
        suspicious=tuple(row for row in rows if row.is_suspicious),
    )


@dataclass(frozen=True)
class MailboxState:
    """Rules and forwarding, else `rules_problem`; Microsoft's word on `full`, else `full_problem`.

    `no_mailbox`: the account has none, and nothing else is known.
    """

    rules: RulesSummary | None = None
    forwarding: Overview | None = None
    rules_problem: ProblemPage | None = None
    full: bool | None = None
    full_problem: ProblemPage | None = None
    no_mailbox: ProblemPage | None = None


def read_mailbox_state(request: HttpRequest, person: Person) -> MailboxState:
    """Raises SignInNeeded and SignInAgain: those concern the whole page."""
    try:
        read = read_home(open_mailbox(person).graph, person.address)
    except SignInUnavailable as error:
        problem = explain_problem(request, error)
        return MailboxState(rules_problem=problem, full_problem=problem)
    if isinstance(read.rules, NoMailbox):
        return MailboxState(no_mailbox=explain_problem(request, read.rules))
    full, full_problem = None, None
    if isinstance(read.tips, GraphProblem):
        full_problem = explain_problem(request, read.tips)
    else:
        full = read.tips.full
    if isinstance(read.rules, GraphProblem):
        return MailboxState(rules_problem=explain_problem(request, read.rules), full=full, full_problem=full_problem)
    return MailboxState(
        rules=sum_up_rules(read.rules, read.tree, settings.SERVICE.policy, get_rule_names()),
        forwarding=make_overview(read.rules),
        full=full,
        full_problem=full_problem,
    )
