"""The mailbox's rules and folders, read for one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from django.conf import settings
from django.utils import timezone

from portal.changes import journal
from portal.connect import NO_TOKEN, Connection
from portal.graph.errors import GraphProblem, SignInAgain
from portal.graph.rules import StoredRule, read_rules_and_folders
from portal.mailbox.folders import Tree
from portal.rules.forms import RuleForm
from portal.rules.lines import Line, lines
from portal.service import policy


@dataclass(frozen=True)
class Desk:
    """As they were at `read_at`. `tree` is None when the folders could not be read; `problem`: when nothing could."""

    connection: Connection
    rules: tuple[StoredRule, ...] = ()
    tree: Tree | None = None
    problem: GraphProblem | None = None
    read_at: datetime = field(default_factory=timezone.now)

    @classmethod
    def read(cls, connection: Connection) -> Self:
        """One round trip. Raises GraphProblem when the rules cannot be read."""
        read_at = timezone.now()
        found = read_rules_and_folders(connection.graph)
        return cls(connection, found.rules, found.tree if isinstance(found.tree, Tree) else None, read_at=read_at)

    @classmethod
    def read_again(cls, before: Self) -> Self:
        """As the mailbox is after a change that failed, or as it was before if it cannot be read now."""
        try:
            return cls.read(before.connection)
        except (GraphProblem, *NO_TOKEN):
            return before

    @classmethod
    def read_for(cls, form_sent: bool, connection: Connection) -> Self:
        """As `read`; but what somebody typed is never lost: with a form sent, the problem is kept for it."""
        try:
            return cls.read(connection)
        except SignInAgain:
            raise
        except GraphProblem as problem:
            if not form_sent:
                raise
            return cls(connection, problem=problem)

    def find(self, rule_id: str) -> StoredRule | None:
        return next((stored for stored in self.rules if stored.rule.id == rule_id), None)

    def new_form(self, data: Mapping[str, str] | None) -> RuleForm:
        """The form of a new rule."""
        return self._form(data, None, is_new=True)

    def form(self, data: Mapping[str, str] | None, stored: StoredRule | None) -> RuleForm:
        """The form of a rule; without `stored` that of one which is gone or could not be read."""
        return self._form(data, stored, is_new=False)

    def _form(self, data: Mapping[str, str] | None, stored: StoredRule | None, *, is_new: bool) -> RuleForm:
        return RuleForm(
            data,
            stored=stored,
            is_new=is_new,
            tree=self.tree,
            policy=policy(),
            own_address=self.connection.person.address,
        )

    @property
    def lines(self) -> tuple[Line, ...]:
        return lines(self.rules, self.tree, policy(), settings.SERVICE.forwarding.rule_names)

    @property
    def on(self) -> int:
        """How many rules are on."""
        return sum(stored.rule.enabled for stored in self.rules)

    @property
    def off(self) -> int:
        return len(self.rules) - self.on

    @property
    def is_first_change(self) -> bool:
        """Whether this site has changed nothing in this mailbox so far."""
        return not journal.list_changes(self.connection.person).exists()
