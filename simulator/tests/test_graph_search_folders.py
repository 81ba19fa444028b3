"""Search folders: https://learn.microsoft.com/graph/api/mailsearchfolder-post"""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph_person import GraphPerson, code
from tests.letter import letter
from tests.simulator_control import Simulator

KIND = "microsoft.graph.mailSearchFolder"


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    """Two digests and a letter in the Inbox."""
    person = GraphPerson(simulator, "new.student", ("Mail.ReadWrite",))
    for subject in ("Weekly digest 1", "Weekly digest 2", "Hello"):
        simulator.deliver(person.address, letter(subject, to=person.address))
    return person


def make(person: GraphPerson, parent: str = "inbox", **more: Any) -> Any:
    body = {
        "@odata.type": KIND,
        "displayName": "Weekly digests",
        "includeNestedFolders": True,
        "sourceFolderIds": ["inbox"],
        "filterQuery": "contains(subject, 'weekly digest')",
    }
    return person.ask("POST", f"/me/mailFolders/{parent}/childFolders", json=body | more)


@pytest.mark.behaviour(21)
def test_a_search_folder_shows_what_lies_elsewhere(student: GraphPerson) -> None:
    made = student.right(make(student), 201)
    source = student.get("/me/mailFolders/inbox")["id"]
    assert made["@odata.type"] == f"#{KIND}"
    assert (made["isSupported"], made["includeNestedFolders"], made["sourceFolderIds"]) == (True, True, [source])
    assert (made["totalItemCount"], made["unreadItemCount"]) == (2, 2)
    rows = student.get(f"/me/mailFolders/{made['id']}/messages")["value"]
    assert {row["subject"] for row in rows} == {"Weekly digest 1", "Weekly digest 2"}
    assert {row["parentFolderId"] for row in rows} == {source}
    assert student.get(f"/me/mailFolders/{made['id']}/messages/{rows[0]['id']}")
    assert len(student.get("/me/messages")["value"]) == 3


def test_it_follows_what_happens(simulator: Simulator, student: GraphPerson) -> None:
    path = f"/me/mailFolders/{make(student).json()['id']}"
    first = student.get(f"{path}/messages")["value"][0]["id"]
    student.ask("PATCH", f"/me/messages/{first}", json={"isRead": True})
    assert student.get(path)["unreadItemCount"] == 1
    student.ask("DELETE", f"/me/messages/{first}")
    assert student.get(path)["totalItemCount"] == 1
    simulator.deliver(student.address, letter("Weekly digest 3", to=student.address))
    assert student.get(path)["totalItemCount"] == 2


def test_it_looks_into_nested_folders_when_told_to(student: GraphPerson) -> None:
    below = student.ask("POST", "/me/mailFolders/inbox/childFolders", json={"displayName": "Below"}).json()["id"]
    first = student.get("/me/mailFolders/inbox/messages?$filter=contains(subject,'digest 1')")["value"][0]["id"]
    student.ask("POST", f"/me/messages/{first}/move", json={"destinationId": below})
    deep, flat = make(student).json(), make(student, displayName="Flat", includeNestedFolders=False).json()
    assert (deep["totalItemCount"], flat["totalItemCount"]) == (2, 1)


def test_its_search_is_changed(student: GraphPerson) -> None:
    path = f"/me/mailFolders/{make(student).json()['id']}"
    body = {"@odata.type": KIND, "filterQuery": "startswith(subject, 'H')", "displayName": "Greetings"}
    changed = student.right(student.ask("PATCH", path, json=body), 200)
    assert (changed["filterQuery"], changed["displayName"]) == ("startswith(subject, 'H')", "Greetings")
    assert student.subjects(changed["id"]) == ["Hello"]
    assert student.ask("PATCH", path, json={"filterQuery": "nonsense eq 1"}).status_code == 400
    assert student.get(path)["filterQuery"] == "startswith(subject, 'H')"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"filterQuery": "nonsense eq 1"}, (400, "RequestBroker--ParseUri")),
        ({"filterQuery": "subject"}, (400, "BadRequest")),
        ({"sourceFolderIds": ["nonsense"]}, (400, "ErrorInvalidIdMalformed")),
        ({"sourceFolderIds": "inbox"}, (400, "RequestBodyRead")),
        ({"includeNestedFolders": "yes"}, (400, "RequestBodyRead")),
        ({"@odata.type": "microsoft.graph.mailFolder"}, (400, "RequestBodyRead")),
    ],
    ids=str,
)
def test_a_search_that_cannot_be_is_refused(
    student: GraphPerson, changed: dict[str, Any], refusal: tuple[int, str]
) -> None:
    assert code(make(student, **changed)) == refusal
    assert student.get("/me/mailFolders/inbox/childFolders")["value"] == []


def test_nothing_is_put_into_a_search_folder(student: GraphPerson) -> None:
    made, other = make(student).json(), make(student, "archive", sourceFolderIds=None).json()
    message = student.get("/me/messages")["value"][0]["id"]
    for path in (f"/me/messages/{message}/move", f"/me/mailFolders/{other['id']}/copy"):
        assert code(student.ask("POST", path, json={"destinationId": made["id"]})) == (400, "ErrorMoveCopyFailed")
    draft = student.ask("POST", f"/me/mailFolders/{made['id']}/messages", json={})
    assert code(draft) == (400, "ErrorMoveCopyFailed")
    assert code(student.ask("GET", f"/me/mailFolders/{made['id']}/messages/delta")) == (400, "ErrorInvalidRequest")


def test_a_deleted_search_folder_takes_no_message_with_it(student: GraphPerson) -> None:
    made = make(student).json()
    assert student.ask("DELETE", f"/me/mailFolders/{made['id']}").status_code == 204
    assert code(student.ask("GET", f"/me/mailFolders/{made['id']}")) == (404, "ErrorItemNotFound")
    assert len(student.get("/me/messages")["value"]) == 3


def test_the_seeded_one_counts_every_unread_message_once(simulator: Simulator) -> None:
    person = GraphPerson(simulator, "full.mailbox")
    tree = person.every("/me/mailFolders/delta?$select=unreadItemCount,displayName")
    found = next(row for row in tree if "@odata.type" in row)
    assert found["unreadItemCount"] == sum(row["unreadItemCount"] for row in tree if "@odata.type" not in row)
