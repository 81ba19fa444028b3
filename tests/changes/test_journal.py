"""What the journal holds, for whom, and for how long."""

from __future__ import annotations

import io
from datetime import timedelta

from django.core.management import call_command
from django.db import connection as database

from portal.changes import journal
from portal.changes.change_requests import CreateRule, DeleteRule, find_rule
from portal.changes.journal import Change
from portal.connect import Connection
from portal.graph.rules import list_rules
from tests.changes.direct_change import NEW, carried, names, plain_rule
from tests.simulator_control import Simulator


def test_what_the_journal_holds_is_sealed(mailbox: Connection) -> None:
    change = carried(mailbox, "t1", CreateRule(NEW))
    with database.cursor() as cursor:
        cursor.execute("select * from changes_change where id = %s", [change.pk])
        assert "課題" not in str(cursor.fetchone())


def test_a_deletion_is_remembered_with_what_was_deleted(mailbox: Connection, simulator: Simulator) -> None:
    stored = plain_rule(mailbox)
    change = carried(mailbox, "t1", DeleteRule(stored.rule.id, stored.digest))
    assert stored.rule.name not in names(simulator)
    assert change.contents["before"]["displayName"] == stored.rule.name
    assert change.contents["after"] is None


def test_old_entries_are_hidden_at_once_and_gone_with_the_next_change(mailbox: Connection) -> None:
    change = carried(mailbox, "t1", CreateRule(NEW))
    Change.objects.filter(pk=change.pk).update(began=change.began - timedelta(days=181))
    assert not journal.list_changes(mailbox.person).exists()
    carried(mailbox, "t2", DeleteRule(change.rule_id, find_rule(list_rules(mailbox.graph), change.rule_id).digest))
    assert not Change.objects.filter(pk=change.pk).exists()


def test_old_entries_can_be_purged_by_the_clock(mailbox: Connection) -> None:
    change = carried(mailbox, "t1", CreateRule(NEW))
    Change.objects.update(began=change.began - timedelta(days=181))
    said = io.StringIO()
    call_command("purge_journal", stdout=said)
    assert said.getvalue() == "Deleted as older than 180 days: 1\n"
    assert not Change.objects.exists()
