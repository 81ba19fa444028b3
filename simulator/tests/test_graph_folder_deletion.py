"""Folders, deleted: to Deleted Items, or for good."""

from __future__ import annotations

import pytest

from tests.graph_person import GraphPerson, code
from tests.letter import letter
from tests.simulator_control import Simulator


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "new.student", ("Mail.ReadWrite", "MailboxSettings.ReadWrite"))


def make(person: GraphPerson, name: str, parent: str = "msgfolderroot") -> str:
    body = {"displayName": name}
    return person.right(person.ask("POST", f"/me/mailFolders/{parent}/childFolders", json=body), 201)["id"]


def names(person: GraphPerson, parent: str) -> list[str]:
    return [row["displayName"] for row in person.every(f"/me/mailFolders/{parent}/childFolders?$top=100")]


@pytest.mark.behaviour(29)
@pytest.mark.parametrize("folder", ["inbox", "deleteditems", "msgfolderroot", "recoverableitemsdeletions"])
def test_the_folders_that_exchange_makes_stay(student: GraphPerson, folder: str) -> None:
    path = f"/me/mailFolders/{folder}"
    assert code(student.ask("DELETE", path)) == (400, "ErrorDeleteDistinguishedFolder")
    assert code(student.ask("POST", f"{path}/permanentDelete")) == (400, "ErrorDeleteDistinguishedFolder")
    moved = student.ask("POST", f"{path}/move", json={"destinationId": "archive"})
    assert code(moved) == (400, "ErrorMoveDistinguishedFolder")
    assert student.get(path)


def test_a_deleted_folder_goes_to_deleted_items_and_then_for_good(student: GraphPerson) -> None:
    made = make(student, "Receipts")
    make(student, "Receipts", "deleteditems")
    path = f"/me/mailFolders/{made}"
    assert student.ask("DELETE", path).status_code == 204
    assert names(student, "deleteditems") == ["Receipts", "Receipts1"]
    assert student.get(path)["id"] == made
    assert student.ask("DELETE", path).status_code == 204
    assert code(student.ask("GET", path)) == (404, "ErrorItemNotFound")


def test_a_folder_can_also_be_deleted_at_once(simulator: Simulator, student: GraphPerson) -> None:
    simulator.switch(deleted_folder="gone")
    made = make(student, "Receipts")
    assert student.ask("DELETE", f"/me/mailFolders/{made}").status_code == 204
    assert names(student, "deleteditems") == []
    assert code(student.ask("GET", f"/me/mailFolders/{made}")) == (404, "ErrorItemNotFound")


@pytest.mark.behaviour(29)
def test_what_was_in_a_folder_deleted_for_good_is_gone_too(simulator: Simulator, student: GraphPerson) -> None:
    simulator.deliver(student.address, letter("Hello", to=student.address))
    outer = make(student, "Outer")
    inner = make(student, "Inner", outer)
    message = student.get("/me/messages")["value"][0]["id"]
    student.ask("POST", f"/me/messages/{message}/move", json={"destinationId": inner})
    assert student.ask("POST", f"/me/mailFolders/{outer}/permanentDelete").status_code == 204
    assert code(student.ask("GET", f"/me/mailFolders/{inner}")) == (404, "ErrorItemNotFound")
    assert student.get("/me/messages")["value"] == []


@pytest.mark.behaviour(37)
def test_a_rule_is_in_error_when_its_folder_is_gone_and_not_before(student: GraphPerson) -> None:
    made = make(student, "Receipts")
    student.made_rule(actions={"moveToFolder": made})
    student.ask("PATCH", f"/me/mailFolders/{made}", json={"displayName": "Bills"})
    student.ask("DELETE", f"/me/mailFolders/{made}")
    assert student.rules()[0]["hasError"] is False
    student.ask("POST", f"/me/mailFolders/{made}/permanentDelete")
    assert student.rules()[0]["hasError"] is True
