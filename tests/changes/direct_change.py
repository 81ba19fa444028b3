"""Changes that are made without a page: `carried(mailbox, number, request)`."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import F

from portal.changes import journal
from portal.changes.carry_out import Outcome, carry_out
from portal.changes.change_requests import ChangeRequest, EditRule
from portal.changes.journal import Change, Ticket
from portal.connect import Connection
from portal.graph.rules import StoredRule, list_rules
from portal.mailbox.rules import FormFields, Parts, Rule
from tests.simulator_control import Simulator

# (action, outcome, detail) of the audit log's lines, as the fixture `audited` reads them.
Audited = Callable[[], list[tuple[str, str, str]]]
ADDRESS = "rule.collector@example.ac.jp"
NEW = Rule("", "課題", 0, True, False, False, Parts(subject_contains=("課題",)), Parts(), Parts(mark_as_read=True))


def carried(mailbox: Connection, number: str, request: ChangeRequest) -> Change:
    """The change that a form of this number makes, which asks for just that."""
    return outcome(mailbox, number, request).change


def outcome(mailbox: Connection, number: str, request: ChangeRequest) -> Outcome:
    return carry_out(mailbox, Ticket.of(number, repr(request)), lambda rules: request)


def plain_rule(mailbox: Connection) -> StoredRule:
    """A rule that can be changed and does not send."""
    rules = list_rules(mailbox.graph)
    return next(each for each in rules if not (each.rule.read_only or each.rule.sends or each.rule.has_error))


def names(simulator: Simulator) -> list[str]:
    return [rule["displayName"] for rule in simulator.rules(ADDRESS)]


def edited(stored: StoredRule, name: str) -> EditRule:
    rule = stored.rule
    changed = Rule(
        rule.id, name, rule.sequence, rule.enabled, False, False, rule.conditions, rule.exceptions, rule.actions
    )
    return EditRule(changed, stored.digest, FormFields(settings=frozenset({"name"})))


def wait() -> None:
    """As if all changes had been begun so much earlier that none can come any more."""
    Change.objects.update(began=F("began") - journal.get_doubt_period())
