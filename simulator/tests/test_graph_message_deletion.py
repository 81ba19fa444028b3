"""Messages, deleted: to Deleted Items, to Recoverable Items, or for good."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph_person import GraphPerson, code
from tests.letter import letter
from tests.simulator_control import Simulator


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    """One unread message in the Inbox."""
    person = GraphPerson(simulator, "new.student", ("Mail.ReadWrite",))
    simulator.deliver(person.address, letter("Hello", to=person.address))
    return person


def only(student: GraphPerson, folder: str = "inbox") -> dict[str, Any]:
    [message] = student.get(f"/me/mailFolders/{folder}/messages")["value"]
    return message


def delete(student: GraphPerson, folder: str = "inbox") -> None:
    answer = student.ask("DELETE", f"/me/messages/{only(student, folder)['id']}")
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.behaviour(28)
def test_a_deleted_message_goes_to_deleted_items_and_then_out_of_sight(student: GraphPerson) -> None:
    delete(student)
    assert student.get("/me/mailFolders/deleteditems")["totalItemCount"] == 1
    delete(student, "deleteditems")
    assert student.get("/me/messages")["value"] == []
    message = only(student, "recoverableitemsdeletions")
    again = student.ask("DELETE", f"/me/mailFolders/recoverableitemsdeletions/messages/{message['id']}")
    assert code(again) == (400, "ErrorCannotDeleteObject")
    back = student.ask("POST", f"/me/messages/{message['id']}/move", json={"destinationId": "inbox"})
    assert student.right(back, 201)["subject"] == "Hello"


@pytest.mark.behaviour(28)
def test_a_deletion_can_also_skip_deleted_items(simulator: Simulator, student: GraphPerson) -> None:
    simulator.switch(deleted_message="recoverable")
    delete(student)
    assert student.get("/me/mailFolders/deleteditems")["totalItemCount"] == 0
    assert only(student, "recoverableitemsdeletions")["subject"] == "Hello"


@pytest.mark.behaviour(29)
def test_what_is_deleted_for_good_is_nowhere(student: GraphPerson) -> None:
    message = only(student)
    answer = student.ask("POST", f"/me/mailFolders/inbox/messages/{message['id']}/permanentDelete")
    assert (answer.status_code, answer.content) == (204, b"")
    for folder in ("inbox", "deleteditems", "recoverableitemsdeletions"):
        assert student.get(f"/me/mailFolders/{folder}/messages")["value"] == []
    assert code(student.ask("GET", f"/me/messages/{message['id']}")) == (404, "ErrorItemNotFound")


def test_an_emptied_folder_gives_its_room_back(simulator: Simulator) -> None:
    person = GraphPerson(simulator, "full.mailbox", ("Mail.ReadWrite",))
    size = "?$expand=singleValueExtendedProperties($filter=id eq 'Long 0x0E08')"

    def used() -> int:
        return int(person.get(f"/me/mailFolders/deleteditems{size}")["singleValueExtendedProperties"][0]["value"])

    before, messages = used(), person.every("/me/mailFolders/deleteditems/messages")
    for message in messages:
        person.ask("DELETE", f"/me/messages/{message['id']}")
    assert person.get("/me/mailFolders/deleteditems/messages")["value"] == []
    assert before - used() > 0
