"""One write: sent once, read back, and known by what the mailbox says, whatever was answered."""

from __future__ import annotations

import time

import pytest

from accounts.tokens import SignInNeeded
from portal.changes import journal
from portal.changes.change_requests import CreateRule, DeleteRule
from portal.changes.errors import (
    InDoubt,
    RuleDiffers,
)
from portal.changes.journal import Change, Kind, State
from portal.connect import Connection, open_mailbox
from portal.graph.errors import Busy, Refused
from portal.graph.rules import list_rules
from tests.changes.direct_change import ADDRESS, NEW, carried, names, plain_rule, wait
from tests.simulator_control import Simulator


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
