"""Changes go through the journal: once, read back, and looked up when the answer did not come."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection as database
from django.db.models import F

from accounts.models import User
from accounts.tokens import SignInNeeded
from portal.changes import journal
from portal.changes.carry_out import Outcome, carry_out
from portal.changes.change_requests import ChangeRequest, CreateRule, DeleteRule, EditRule, SwitchRule, find_rule
from portal.changes.errors import (
    ChangedMeanwhile,
    EarlierInDoubt,
    InDoubt,
    RuleDiffers,
    RuleGone,
    TicketSpent,
    UnderWay,
)
from portal.changes.journal import Change, Kind, State, Ticket
from portal.connect import Connection, LeaseTaken, mailbox_lease, open_mailbox
from portal.graph.errors import Busy, ReadOnlyRule, Refused
from portal.graph.rules import StoredRule, list_rules
from portal.mailbox.rules import FormFields, Parts, Rule
from tests.simulator_control import Simulator

ADDRESS = "rule.collector@example.ac.jp"
NEW = Rule("", "課題", 0, True, False, False, Parts(subject_contains=("課題",)), Parts(), Parts(mark_as_read=True))


@pytest.fixture
def mailbox(signed_in: Callable[[str], object]) -> Connection:
    signed_in("rule.collector")
    return open_mailbox(User.objects.get(address=ADDRESS))


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


def test_a_new_rule_is_in_the_mailbox_and_in_the_journal(mailbox: Connection, simulator: Simulator) -> None:
    change = carried(mailbox, "t1", CreateRule(NEW))
    assert change.state == State.DONE
    assert names(simulator).count("課題") == 1
    assert change.contents["after"]["displayName"] == "課題"
    assert change.rule_id == change.contents["after"]["id"]


def test_what_the_journal_holds_is_sealed(mailbox: Connection) -> None:
    change = carried(mailbox, "t1", CreateRule(NEW))
    with database.cursor() as cursor:
        cursor.execute("select * from changes_change where id = %s", [change.pk])
        assert "課題" not in str(cursor.fetchone())


def test_a_rule_can_be_put_first(mailbox: Connection, simulator: Simulator) -> None:
    carried(mailbox, "t1", CreateRule(NEW, kind=Kind.START_FORWARDING, first=True))
    assert list_rules(mailbox.graph)[0].rule.name == "課題"


def test_a_rule_whose_creation_was_lost_and_found_is_put_first_too(mailbox: Connection, simulator: Simulator) -> None:
    simulator.fault("POST */messageRules", drop=True, apply=True, times=1)
    carried(mailbox, "t1", CreateRule(NEW, kind=Kind.START_FORWARDING, first=True))
    assert list_rules(mailbox.graph)[0].rule.name == "課題"


def test_a_rule_that_cannot_be_put_first_is_made_all_the_same(mailbox: Connection, simulator: Simulator) -> None:
    simulator.fault("PATCH */messageRules/*", status=429)
    assert carried(mailbox, "t1", CreateRule(NEW, first=True)).state == State.DONE
    assert names(simulator).count("課題") == 1


def test_the_same_form_sent_twice_is_carried_out_once(mailbox: Connection, simulator: Simulator) -> None:
    first = carried(mailbox, "t1", CreateRule(NEW))
    again = carried(mailbox, "t1", CreateRule(NEW))
    assert again.pk == first.pk
    assert names(simulator).count("課題") == 1


def test_a_lost_answer_to_a_creation_is_looked_up_and_found(mailbox: Connection, simulator: Simulator) -> None:
    simulator.switch(rule_strings="upper")
    simulator.fault("POST */messageRules", drop=True, apply=True, times=1)
    assert carried(mailbox, "t1", CreateRule(NEW)).state == State.DONE
    assert names(simulator).count("課題") == 1


@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 504}, {"status": 200, "body": "<html>"}])
def test_a_write_that_was_lost_on_the_way_is_in_doubt_until_it_cannot_come_any_more(
    mailbox: Connection, simulator: Simulator, fault: dict[str, object]
) -> None:
    simulator.fault("POST */messageRules", times=1, **fault)
    for _ in range(2):
        with pytest.raises(InDoubt):
            carried(mailbox, "t1", CreateRule(NEW))
    assert "課題" not in names(simulator)
    wait()
    assert carried(mailbox, "t1", CreateRule(NEW)).state == State.DONE
    assert names(simulator).count("課題") == 1
    assert [change.state for change in journal.list_changes(mailbox.person)] == [State.DONE, State.NOT_DONE]


def wait() -> None:
    """As if all changes had been begun so much earlier that none can come any more."""
    Change.objects.update(began=F("began") - journal.doubt_period())


def test_a_rule_that_microsoft_makes_after_the_lost_answer_is_made_once(
    mailbox: Connection, simulator: Simulator
) -> None:
    simulator.fault("POST */messageRules", status=504, apply_after_ms=300, times=1)
    with pytest.raises(InDoubt):
        carried(mailbox, "t1", CreateRule(NEW))
    with pytest.raises(InDoubt):
        carried(mailbox, "t1", CreateRule(NEW))
    come = time.monotonic() + 5
    while "課題" not in names(simulator) and time.monotonic() < come:
        time.sleep(0.05)
    assert carried(mailbox, "t1", CreateRule(NEW)).state == State.DONE
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


def test_a_deletion_is_remembered_with_what_was_deleted(mailbox: Connection, simulator: Simulator) -> None:
    stored = plain_rule(mailbox)
    change = carried(mailbox, "t1", DeleteRule(stored.rule.id, stored.digest))
    assert stored.rule.name not in names(simulator)
    assert change.contents["before"]["displayName"] == stored.rule.name
    assert change.contents["after"] is None


def test_a_lost_answer_to_a_deletion_is_looked_up(mailbox: Connection, simulator: Simulator) -> None:
    stored = plain_rule(mailbox)
    simulator.fault("DELETE */messageRules/*", drop=True, apply=True, times=1)
    assert carried(mailbox, "t1", DeleteRule(stored.rule.id, stored.digest)).state == State.DONE


@pytest.mark.parametrize(("status", "problem"), [(429, Busy), (400, Refused), (403, Exception)])
def test_a_refusal_is_raised_and_the_form_can_be_sent_again(
    mailbox: Connection, simulator: Simulator, status: int, problem: type[Exception]
) -> None:
    simulator.fault("POST */messageRules", status=status, times=1, body={"error": {"code": "x", "message": "y"}})
    with pytest.raises(problem):
        carried(mailbox, "t1", CreateRule(NEW))
    assert journal.list_changes(mailbox.person).get().state == State.NOT_DONE
    assert carried(mailbox, "t1", CreateRule(NEW)).state == State.DONE
    assert names(simulator).count("課題") == 1


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


def test_a_new_rule_that_microsoft_words_otherwise_is_made_once(mailbox: Connection, simulator: Simulator) -> None:
    """Microsoft says yes, and the rule reads otherwise: the person is told, and the same form makes no second rule."""
    made = {
        "id": "AQAAAJ5dNEW=",
        "displayName": "課題",
        "sequence": 99,
        "isEnabled": True,
        "conditions": {"subjectContains": ["レポート"]},
        "actions": {"markAsRead": True},
    }
    before = simulator.rules(ADDRESS)
    simulator.fault("GET */messageRules", times=1)
    simulator.fault("POST */messageRules", status=201, body=made, apply=True)
    simulator.fault("GET */messageRules", status=200, body={"value": [*before, made]})
    with pytest.raises(RuleDiffers):
        carried(mailbox, "t1", CreateRule(NEW))
    change = Change.objects.get()
    assert (change.state, change.rule_id, change.contents["after"]) == (State.DONE, made["id"], made)
    with pytest.raises(RuleDiffers):
        carried(mailbox, "t1", CreateRule(NEW))
    simulator.heal()
    assert names(simulator).count("課題") == 1


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


CHALLENGE = {"WWW-Authenticate": 'Bearer error="insufficient_claims", claims="eyJhIjoxfQ=="'}
REFUSED_REFRESH = {"status": 400, "body": {"error": "invalid_grant", "error_description": "AADSTS50173: no."}}


def test_a_write_that_graph_refused_for_its_token_was_not_made_and_can_be_sent_again(
    mailbox: Connection, simulator: Simulator
) -> None:
    simulator.fault("POST */messageRules", status=401, headers=CHALLENGE, times=1)
    simulator.fault("POST /oauth2/v2.0/token", times=1, **REFUSED_REFRESH)
    with pytest.raises(SignInNeeded):
        carried(mailbox, "t1", CreateRule(NEW))
    assert journal.list_changes(mailbox.person).get().state == State.DOUBTFUL  # until somebody can read the mailbox
    assert carried(open_mailbox(mailbox.person), "t1", CreateRule(NEW)).state == State.DONE
    assert names(simulator).count("課題") == 1


def test_a_write_after_which_no_token_is_to_be_had_is_in_doubt(mailbox: Connection, simulator: Simulator) -> None:
    simulator.fault("GET */messageRules", times=1)
    simulator.fault("GET */messageRules", status=401, headers=CHALLENGE)
    simulator.fault("POST /oauth2/v2.0/token", **REFUSED_REFRESH)
    with pytest.raises(InDoubt):
        carried(mailbox, "t1", CreateRule(NEW))
    assert journal.list_changes(mailbox.person).get().state == State.DOUBTFUL
    simulator.heal()
    assert names(simulator).count("課題") == 1


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
