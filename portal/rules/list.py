"""The mailbox's rules as they are read for a page, and the list of them: one row a rule, with what there is to say."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from django.conf import settings
from django.utils import timezone

from portal.changes import journal
from portal.changes.journal import new_ticket
from portal.connect import NO_TOKEN, Connection
from portal.graph.errors import GraphProblem, SignInAgain
from portal.graph.rules import StoredRule, read_rules_and_folders
from portal.mailbox.folders import Tree
from portal.mailbox.forwarding import Policy, find_forwarding
from portal.mailbox.rules import Rule
from portal.mailbox.suspicion import is_suspicious
from portal.mailbox.vocabulary import FOLDER_ACTIONS
from portal.rules.fields import has_other_parts


class RuleId:
    """A rule's id in an address. Microsoft's ids hold / and =, and letter case matters: URL-safe base64, no padding."""

    regex = "[A-Za-z0-9_-]{1,700}"

    def to_python(self, value: str) -> str:
        """Raises ValueError (a 404) for what is no id of ours."""
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()

    def to_url(self, value: str) -> str:
        return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class RuleRow:
    """One rule of the list.

    `number` counts from 1. `stopped_by` is the number of the rule that keeps mail from this one; `stops_all`: no mail
    gets past this rule, and there are rules below. `is_site_rule`: this site made it, on the page Forwarding.
    `sends_outside`: it sends to addresses outside; `blocked` are those that the mail service returns. `lost_folder`: it
    names a folder that is not there. `has_other_parts`: it has parts that only Outlook can change. `is_suspicious`: it
    hides mail as an intruder's rule does. `ticket` is for the button that switches it.
    """

    number: int
    stored: StoredRule
    stopped_by: int | None
    stops_all: bool
    is_site_rule: bool
    sends_outside: bool
    blocked: tuple[str, ...]
    lost_folder: bool
    has_other_parts: bool
    is_suspicious: bool
    ticket: str = field(default_factory=new_ticket)

    @property
    def rule(self) -> Rule:
        return self.stored.rule

    @property
    def key(self) -> str:
        """The rule in its addresses; to ask Django for each of them would take a tenth of the list's time."""
        return RuleId().to_url(self.rule.id)

    @property
    def is_unusual(self) -> bool:
        """There is more to say about it than its sentence."""
        rule = self.rule
        return bool(
            not rule.enabled
            or rule.read_only
            or rule.has_error
            or self.stopped_by
            or self.is_site_rule
            or self.sends_outside
            or self.blocked
            or self.has_other_parts
            or self.is_suspicious
        )


def make_rows(
    rules: Sequence[StoredRule], tree: object, policy: Policy, rule_names: Iterable[str]
) -> tuple[RuleRow, ...]:
    """The rows in order. `rule_names` are those that the site rule may have; `tree` is a Tree, or not known."""
    last = next((number for number, stored in enumerate(rules, start=1) if stops_all_mail(stored.rule)), None)
    site_rule = find_forwarding((stored.rule for stored in rules), rule_names).site_rule

    def make_row(number: int, stored: StoredRule) -> RuleRow:
        addresses = tuple(person.address for person in stored.rule.recipients)
        return RuleRow(
            number=number,
            stored=stored,
            stopped_by=last if last and last < number else None,
            stops_all=number == last and last < len(rules),
            is_site_rule=stored.rule is site_rule,
            sends_outside=bool(policy.find_outside(addresses)),
            blocked=policy.find_blocked(addresses),
            lost_folder=stored.rule.has_error and _names_lost_folder(stored.rule, tree),
            has_other_parts=has_other_parts(stored.rule),
            is_suspicious=is_suspicious(stored.rule, tree if isinstance(tree, Tree) else None),
        )

    return tuple(make_row(number, stored) for number, stored in enumerate(rules, start=1))


def stops_all_mail(rule: Rule) -> bool:
    """Whether no message gets past this rule."""
    works = rule.enabled and not rule.has_error
    return works and rule.stops and rule.takes_everything and not rule.spares_some


def _names_lost_folder(rule: Rule, tree: object) -> bool:
    """Whether it names a folder that is not there."""
    if not isinstance(tree, Tree):
        return False
    folders = (rule.actions.get_text(name) for name in FOLDER_ACTIONS)
    return any(folder and not tree.get_path(folder) for folder in folders)


@dataclass(frozen=True)
class MailboxRules:
    """The rules and folders as they were at `read_at`.

    `tree` is None when the folders could not be read. With a `problem` nothing could.
    """

    connection: Connection
    rules: tuple[StoredRule, ...] = ()
    tree: Tree | None = None
    problem: GraphProblem | None = None
    read_at: datetime = field(default_factory=timezone.now)

    @classmethod
    def read(cls, connection: Connection) -> Self:
        """One round trip. Raises GraphProblem when the rules cannot be read."""
        read_at = timezone.now()
        answer = read_rules_and_folders(connection.graph)
        return cls(connection, answer.rules, answer.tree if isinstance(answer.tree, Tree) else None, read_at=read_at)

    @classmethod
    def read_or_keep_problem(cls, connection: Connection) -> Self:
        """As `read`, for a form that was sent: what somebody typed is not lost when the rules cannot be read.

        Raises only SignInAgain.
        """
        try:
            return cls.read(connection)
        except SignInAgain:
            raise
        except GraphProblem as problem:
            return cls(connection, problem=problem)

    def read_again(self) -> Self:
        """As the mailbox is after a change that failed, or as it was before if it cannot be read now."""
        try:
            return self.read(self.connection)
        except (GraphProblem, *NO_TOKEN):
            return self

    def find(self, rule_id: str) -> StoredRule | None:
        return next((stored for stored in self.rules if stored.rule.id == rule_id), None)

    @property
    def rows(self) -> tuple[RuleRow, ...]:
        return make_rows(self.rules, self.tree, settings.SERVICE.policy, settings.SERVICE.forwarding.rule_names)

    @property
    def on_count(self) -> int:
        """How many rules are on."""
        return sum(stored.rule.enabled for stored in self.rules)

    @property
    def off_count(self) -> int:
        return len(self.rules) - self.on_count

    @property
    def is_first_change(self) -> bool:
        """Whether this site has changed nothing in this mailbox so far."""
        return not journal.list_changes(self.connection.person).exists()
