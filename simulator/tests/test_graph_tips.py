"""Mail tips: the one live word on whether a mailbox is full."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph_person import GraphPerson, code
from tests.simulator_control import Simulator

TIPS = "/me/getMailTips"


def tips(person: GraphPerson, *addresses: str, wanted: str = "mailboxFullStatus, maxMessageSize") -> list[dict]:
    body = {"EmailAddresses": addresses or (person.address,), "MailTipsOptions": wanted}
    return person.right(person.ask("POST", TIPS, json=body), 200)["value"]


@pytest.mark.parametrize(("alias", "full"), [("new.student", False), ("full.mailbox", False), ("over.quota", True)])
def test_only_a_mailbox_over_its_limit_is_full(simulator: Simulator, alias: str, full: bool) -> None:
    tip = tips(GraphPerson(simulator, alias))[0]
    assert tip["mailboxFull"] is full
    assert tip["maxMessageSize"] == 36 * 1024 * 1024
    assert "recipientScope" not in tip


def test_the_scope_tells_inside_from_outside(simulator: Simulator) -> None:
    person = GraphPerson(simulator, "forwarder")
    found = tips(person, "helpdesk@example.ac.jp", "a@example.com", wanted="recipientScope")
    assert [tip["recipientScope"] for tip in found] == ["internal", "external"]
    assert "mailboxFull" not in found[0]


def test_an_unknown_address_inside_is_an_error_of_its_own(simulator: Simulator) -> None:
    found = tips(GraphPerson(simulator, "forwarder"), "nobody@example.ac.jp", "helpdesk@example.ac.jp")
    assert found[0]["error"]["code"] == "RecipientNotFound"
    assert found[1]["mailboxFull"] is False


def test_the_largest_message_is_the_one_that_mail_takes(simulator: Simulator) -> None:
    simulator.switch(receive_limit=150)
    assert tips(GraphPerson(simulator, "forwarder"))[0]["maxMessageSize"] == 150 * 1024 * 1024


def test_every_kind_of_tip_is_answered(simulator: Simulator) -> None:
    kinds = (
        "automaticReplies, mailboxFullStatus, customMailTip, externalMemberCount, totalMemberCount, maxMessageSize, "
        "deliveryRestriction, moderationStatus, recipientScope, recipientSuggestions"
    )
    tip = tips(GraphPerson(simulator, "forwarder"), "helpdesk@example.ac.jp", wanted=kinds)[0]
    assert tip == {
        "emailAddress": {"name": "", "address": "helpdesk@example.ac.jp"},
        "automaticReplies": {"message": ""},
        "customMailTip": "",
        "deliveryRestricted": False,
        "externalMemberCount": 0,
        "isModerated": False,
        "mailboxFull": False,
        "maxMessageSize": 36 * 1024 * 1024,
        "recipientScope": "internal",
        "recipientSuggestions": [],
        "totalMemberCount": 1,
    }


def test_names_of_tips_and_of_arguments_come_in_any_case(simulator: Simulator) -> None:
    body = {"emailAddresses": ["helpdesk@example.ac.jp"], "mailTipsOptions": "MailboxFullStatus"}
    answer = GraphPerson(simulator, "forwarder").ask("POST", "/me/microsoft.graph.getMailTips", json=body)
    assert answer.json()["value"][0]["mailboxFull"] is False


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"EmailAddresses": ["a@example.com"]},
        {"EmailAddresses": "a@example.com", "MailTipsOptions": "recipientScope"},
        {"EmailAddresses": ["a@example.com"], "MailTipsOptions": "nonsense"},
        {"EmailAddresses": [7], "MailTipsOptions": "recipientScope"},
        {"EmailAddresses": ["a@example.com"], "MailTipsOptions": "recipientScope", "nonsense": 1},
    ],
    ids=str,
)
def test_a_wrong_question_is_refused(simulator: Simulator, body: dict[str, Any]) -> None:
    answer = GraphPerson(simulator, "forwarder").ask("POST", TIPS, json=body)
    assert code(answer) == (400, "RequestBodyRead")


def test_a_person_without_a_mailbox_gets_none(simulator: Simulator) -> None:
    body = {"EmailAddresses": ["a@example.com"], "MailTipsOptions": "recipientScope"}
    answer = GraphPerson(simulator, "no.licence").ask("POST", TIPS, json=body)
    assert code(answer) == (404, "MailboxNotEnabledForRESTAPI")
