"""Folders: made, renamed, moved, copied."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.graph_person import GraphPerson, code
from tests.letter import letter
from tests.simulator_control import Simulator


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "new.student", ("Mail.ReadWrite", "MailboxSettings.ReadWrite"))


def make(person: GraphPerson, name: str, parent: str = "", **more: Any) -> dict[str, Any]:
    path = f"/me/mailFolders/{parent}/childFolders" if parent else "/me/mailFolders"
    return person.right(person.ask("POST", path, json={"displayName": name, **more}), 201)


def act(person: GraphPerson, folder: str, verb: str, target: str = "") -> Any:
    body = {"json": {"destinationId": target}} if target else {}
    return person.ask("POST", f"/me/mailFolders/{folder}/{verb}", **body)


def names(person: GraphPerson, parent: str) -> list[str]:
    return [row["displayName"] for row in person.every(f"/me/mailFolders/{parent}/childFolders?$top=100")]


def test_a_folder_is_made_once(student: GraphPerson) -> None:
    made = make(student, "Receipts")
    assert code(student.ask("POST", "/me/mailFolders", json={"displayName": "receipts"})) == (409, "ErrorFolderExists")
    assert make(student, "2026", made["id"])["parentFolderId"] == made["id"]
    assert student.get("/me/mailFolders/" + made["id"])["childFolderCount"] == 1


@pytest.mark.parametrize("body", [{}, {"displayName": ""}, {"displayName": 3}, {"displayName": "x" * 256}, {"x": 1}])
def test_a_folder_without_a_proper_name_is_refused(student: GraphPerson, body: dict[str, Any]) -> None:
    assert student.ask("POST", "/me/mailFolders", json=body).status_code == 400


@pytest.mark.behaviour(19)
def test_a_folder_may_be_made_hidden_and_cannot_be_hidden_later(student: GraphPerson) -> None:
    hidden, plain = make(student, "Hidden", isHidden=True), make(student, "Plain")
    assert hidden["isHidden"] is True
    assert "Hidden" not in [row["displayName"] for row in student.every("/me/mailFolders?$top=100")]
    changed = student.ask("PATCH", f"/me/mailFolders/{plain['id']}", json={"isHidden": True})
    assert changed.json()["isHidden"] is False


def test_a_folder_is_renamed_unless_the_name_is_taken(student: GraphPerson) -> None:
    made, path = make(student, "Receipts"), "/me/mailFolders/"
    make(student, "Bills")
    assert student.ask("PATCH", path + made["id"], json={"displayName": "RECEIPTS"}).json()["displayName"] == "RECEIPTS"
    taken = student.ask("PATCH", path + made["id"], json={"displayName": "bills"})
    assert code(taken) == (409, "ErrorFolderExists")
    for body in ({"displayName": None}, {"displayName": " "}, {"nonsense": 1}, {"displayName": ["x"]}):
        assert student.ask("PATCH", path + made["id"], json=body).status_code == 400
    assert student.get(path + made["id"])["displayName"] == "RECEIPTS"


def test_the_inbox_keeps_its_name(simulator: Simulator, student: GraphPerson) -> None:
    refused = student.ask("PATCH", "/me/mailFolders/inbox", json={"displayName": "Post"})
    assert code(refused) == (400, "ErrorAccessDenied")
    simulator.switch(rename_default_code="ErrorInvalidOperation")
    refused = student.ask("PATCH", "/me/mailFolders/inbox", json={"displayName": "Post"})
    assert code(refused) == (400, "ErrorInvalidOperation")
    assert student.get("/me/mailFolders/inbox")["displayName"] == "Inbox"


def test_a_folder_moves_with_all_that_is_in_it(simulator: Simulator, student: GraphPerson) -> None:
    outer, inner = make(student, "Outer"), None
    inner = make(student, "Inner", outer["id"])
    moved = student.right(act(student, outer["id"], "move", "archive"), 200)
    assert moved["id"] == outer["id"]
    assert names(student, "archive") == ["Outer"]
    assert student.get(f"/me/mailFolders/{inner['id']}")["parentFolderId"] == outer["id"]


def test_a_copy_has_ids_of_its_own(simulator: Simulator, student: GraphPerson) -> None:
    simulator.deliver(student.address, letter("Hello", to=student.address))
    outer = make(student, "Outer")
    make(student, "Inner", outer["id"])
    student.ask("POST", f"/me/messages/{inbox(student)[0]['id']}/move", json={"destinationId": outer["id"]})
    twin = student.right(act(student, outer["id"], "copy", "archive"), 200)
    assert twin["id"] != outer["id"]
    assert (twin["totalItemCount"], twin["unreadItemCount"], twin["childFolderCount"]) == (1, 1, 1)
    assert student.subjects(twin["id"]) == student.subjects(outer["id"]) == ["Hello"]
    assert len(student.get("/me/messages")["value"]) == 2


def inbox(person: GraphPerson) -> list[dict[str, Any]]:
    return person.get("/me/mailFolders/inbox/messages")["value"]


def test_a_folder_goes_neither_into_itself_nor_where_its_name_is_taken(student: GraphPerson) -> None:
    outer = make(student, "Outer")
    inner = make(student, "Inner", outer["id"])
    make(student, "outer", "archive")
    for verb in ("move", "copy"):
        assert code(act(student, outer["id"], verb, outer["id"])) == (400, "ErrorMoveCopyFailed")
        assert code(act(student, outer["id"], verb, inner["id"])) == (400, "ErrorMoveCopyFailed")
        assert code(act(student, outer["id"], verb, "archive")) == (409, "ErrorFolderExists")
        assert code(act(student, outer["id"], verb, "nonsense")) == (400, "ErrorInvalidIdMalformed")


def test_folders_nest_only_so_deep(student: GraphPerson) -> None:
    """https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits"""
    parent, depth = "inbox", 2
    while True:
        path = f"/me/mailFolders/{parent}/childFolders"
        answer = student.ask("POST", path, json={"displayName": str(depth)})
        if answer.status_code != 201:
            break
        parent, depth = answer.json()["id"], depth + 1
    assert (code(answer), depth) == ((400, "ErrorFolderSaveFailed"), 300)
    assert len(student.every("/me/mailFolders/delta?$select=displayName")) > 290
    outer = student.get("/me/mailFolders/inbox/childFolders")["value"][0]["id"]
    target = make(student, "Below", make(student, "Target")["id"])
    assert code(act(student, outer, "copy", target["id"])) == (400, "ErrorFolderSaveFailed")
    assert act(student, outer, "permanentDelete").status_code == 204


def test_a_folder_has_extended_properties_of_its_own(student: GraphPerson) -> None:
    name = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color"
    made = make(student, "Receipts", singleValueExtendedProperties=[{"id": name, "value": "Green"}])
    wanted = f"singleValueExtendedProperties($filter=id eq '{name}' or id eq 'String 0x3001')"
    shown = student.get(f"/me/mailFolders/{made['id']}", params={"$expand": wanted})["singleValueExtendedProperties"]
    assert {it["id"]: it["value"] for it in shown} == {name: "Green", "String 0x3001": "Receipts"}
    test = f"singleValueExtendedProperties/Any(ep: ep/id eq '{name}' and ep/value eq 'Green')"
    found = student.get("/me/mailFolders", params={"$filter": test})["value"]
    assert [row["displayName"] for row in found] == ["Receipts"]


def test_folders_are_found_by_their_size(simulator: Simulator) -> None:
    person = GraphPerson(simulator, "full.mailbox")
    test = f"singleValueExtendedProperties/any(p: p/id eq 'Long 0x0E08' and cast(p/value, Edm.Int64) gt {4 * 1024**3})"
    found = person.every(f"/me/mailFolders?$filter={quote(test)}")
    assert [row["displayName"] for row in found] == [
        "受信トレイ",
        "送信済みアイテム",
        "削除済みアイテム",
        "未読のメール",
    ]


def test_folders_are_ordered_and_counted(simulator: Simulator, student: GraphPerson) -> None:
    rows = student.every("/me/mailFolders?$orderby=displayName desc&$select=displayName&$top=4")
    assert [row["displayName"] for row in rows] == sorted((row["displayName"] for row in rows), reverse=True)
    assert student.ask("GET", "/me/mailFolders/$count").text == "8"
    assert student.ask("GET", "/me/mailFolders/$count?includeHiddenFolders=true").text == "9"
    assert student.ask("GET", "/me/mailFolders/inbox/childFolders/$count").text == "0"
    answer = student.ask("GET", "/me/mailFolders/$count?$filter=startswith(displayName,'D')")
    assert (answer.text, answer.headers["Content-Type"]) == ("2", "text/plain")
    top = student.get("/me/mailFolders/msgfolderroot?$expand=childFolders($orderby=displayName;$top=2)")
    assert [row["displayName"] for row in top["childFolders"]] == ["Archive", "Conversation History"]
