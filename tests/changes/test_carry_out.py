"""Changes go through the journal: one at a time, each form once, made from the rules as they are."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from django.db import connection as database

from portal.changes import journal
from portal.changes.carry_out import carry_out
from portal.changes.change_requests import ChangeRequest, CreateRule, DeleteRule, SwitchRule
from portal.changes.errors import (
    ChangedMeanwhile,
    EarlierInDoubt,
    InDoubt,
    RuleGone,
    TicketSpent,
    UnderWay,
)
from portal.changes.journal import Change, Kind, State, Ticket
from portal.connect import Connection, LeaseTaken, mailbox_lease, open_mailbox
from portal.graph.errors import ReadOnlyRule
from portal.graph.rules import StoredRule, list_rules
from tests.changes.direct_change import ADDRESS, NEW, carried, edited, names, outcome, plain_rule, wait
from tests.simulator_control import Simulator


def test_a_new_rule_is_in_the_mailbox_and_in_the_journal(mailbox: Connection, simulator: Simulator) -> None:
    change = carried(mailbox, "t1", CreateRule(NEW))
    assert change.state == State.DONE
    assert names(simulator).count("課題") == 1
    assert change.contents["after"]["displayName"] == "課題"
    assert change.rule_id == change.contents["after"]["id"]


def test_the_same_form_sent_twice_is_carried_out_once(mailbox: Connection, simulator: Simulator) -> None:
    first = carried(mailbox, "t1", CreateRule(NEW))
    again = carried(mailbox, "t1", CreateRule(NEW))
    assert again.pk == first.pk
    assert names(simulator).count("課題") == 1


def test_while_a_new_rule_is_in_doubt_no_other_is_made(mailbox: Connection, simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", drop=True, times=1)
    with pytest.raises(InDoubt):
        carried(mailbox, "t1", CreateRule(NEW))
    with pytest.raises(EarlierInDoubt):
        carried(mailbox, "t2", CreateRule(NEW))
    stored = plain_rule(mailbox)
    assert carried(mailbox, "t3", edited(stored, "変更")).state == State.DONE
    wait()
    assert carried(mailbox, "t2", CreateRule(NEW)).state == State.DONE
    assert names(simulator).count("課題") == 1


def test_a_doubtful_write_is_settled_before_the_next_one(mailbox: Connection, simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", status=504, apply=True, times=1)
    doubtful = lose_the_look(mailbox, simulator)
    assert doubtful.state == State.DOUBTFUL
    simulator.heal()
    carried(mailbox, "t2", SwitchRule(plain_rule(mailbox).rule.id, plain_rule(mailbox).digest, enabled=False))
    doubtful.refresh_from_db()
    assert doubtful.state == State.DONE
    assert names(simulator).count("課題") == 1


def lose_the_look(mailbox: Connection, simulator: Simulator) -> Change:
    """Make a rule while Microsoft stops answering right after the write."""
    simulator.fault("GET */messageRules", times=1)
    simulator.fault("GET */messageRules", status=500)
    with pytest.raises(InDoubt):
        carried(mailbox, "t1", CreateRule(NEW))
    return journal.list_changes(mailbox.person).get()


def test_a_process_that_died_leaves_an_intent_that_the_next_change_settles(
    mailbox: Connection, simulator: Simulator
) -> None:
    ids = [stored.rule.id for stored in list_rules(mailbox.graph)]
    body = {"displayName": "課題", "isEnabled": True, "actions": {"markAsRead": True}}
    journal.begin_change(
        mailbox.person,
        Ticket.of("t0"),
        Kind.CREATE_RULE,
        "",
        {"before": None, "wanted": body, "after": None, "ids": ids},
    )
    simulator.graph(ADDRESS, "POST", "/me/mailFolders/inbox/messageRules", {**body, "sequence": 1})
    carried(mailbox, "t1", CreateRule(NEW))
    assert [change.state for change in journal.list_changes(mailbox.person)] == [State.DONE, State.DONE]


def test_a_rule_that_outlook_changed_meanwhile_is_left_alone(mailbox: Connection, simulator: Simulator) -> None:
    stored = plain_rule(mailbox)
    path = f"/me/mailFolders/inbox/messageRules/{stored.rule.id}"
    simulator.graph(ADDRESS, "PATCH", path, {"displayName": "Outlook で変更"})
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        carried(mailbox, "t1", edited(stored, "ここで変更"))
    assert meanwhile.value.now.rule.name == "Outlook で変更"
    assert "Outlook で変更" in names(simulator)
    assert not journal.list_changes(mailbox.person).exists()


def test_a_rule_that_is_gone_is_said_to_be_gone(mailbox: Connection, simulator: Simulator) -> None:
    stored = plain_rule(mailbox)
    simulator.graph(ADDRESS, "DELETE", f"/me/mailFolders/inbox/messageRules/{stored.rule.id}")
    with pytest.raises(RuleGone):
        carried(mailbox, "t1", DeleteRule(stored.rule.id, stored.digest))


def test_a_read_only_rule_is_not_written_to(mailbox: Connection) -> None:
    stored = next(each for each in list_rules(mailbox.graph) if each.rule.read_only)
    with pytest.raises(ReadOnlyRule):
        carried(mailbox, "t1", SwitchRule(stored.rule.id, stored.digest, enabled=False))


@pytest.mark.django_db(transaction=True)
def test_one_change_at_a_time(mailbox: Connection, simulator: Simulator) -> None:
    with mailbox_lease(mailbox.person), pytest.raises(UnderWay):
        carried(mailbox, "t1", CreateRule(NEW))
    assert "課題" not in names(simulator)


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_ten_threads_at_once_makes_one_rule(mailbox: Connection, simulator: Simulator) -> None:
    person = mailbox.person
    seen: list[object] = []

    def send() -> None:
        try:
            seen.append(carried(open_mailbox(person), "t1", CreateRule(NEW)).pk)
        except UnderWay:
            seen.append("under way")
        finally:
            database.close()

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(simulator).count("課題") == 1
    assert len({pk for pk in seen if pk != "under way"}) == 1
    assert len(seen) == 10


def test_a_change_that_no_key_opens_any_more_stops_no_other(mailbox: Connection) -> None:
    lost = journal.begin_change(
        mailbox.person,
        Ticket.of("lost", repr(CreateRule(NEW))),
        Kind.CREATE_RULE,
        "",
        {"before": None, "wanted": {}, "ids": []},
    )
    Change.objects.filter(pk=lost.pk).update(sealed="not of ours")
    wait()
    assert carried(mailbox, "t1", CreateRule(NEW)).state == State.DONE
    with pytest.raises(TicketSpent):
        carried(mailbox, "lost", CreateRule(NEW))


class RulesDoNotAllowIt(Exception):
    """What a view raises when the rules do not allow what was typed."""


def test_a_request_is_made_from_the_rules_under_the_lease_and_what_it_refuses_leaves_nothing(
    mailbox: Connection, simulator: Simulator
) -> None:
    read: list[list[str]] = []

    def refuse(rules: Sequence[StoredRule]) -> ChangeRequest:
        with pytest.raises(LeaseTaken), mailbox_lease(mailbox.person):
            pass
        read.append([stored.rule.name for stored in rules])
        raise RulesDoNotAllowIt

    with pytest.raises(RulesDoNotAllowIt):
        carry_out(mailbox, Ticket.of("t1"), refuse)
    assert read == [names(simulator)]
    assert not Change.objects.exists()
    assert outcome(mailbox, "t1", CreateRule(NEW)).change.state == State.DONE
