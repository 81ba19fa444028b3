"""Messages: marked, moved, copied."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graph_person import GraphPerson, code
from tests.letter import letter
from tests.simulator_control import Simulator

LASTING = {"Prefer": 'IdType="ImmutableId"'}


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    """One unread message in the Inbox."""
    person = GraphPerson(simulator, "new.student", ("Mail.ReadWrite",))
    simulator.deliver(person.address, letter("Hello", to=person.address))
    return person


def only(student: GraphPerson, folder: str = "inbox", **sent: Any) -> dict[str, Any]:
    [message] = student.get(f"/me/mailFolders/{folder}/messages", **sent)["value"]
    return message


def change(student: GraphPerson, **body: Any) -> dict[str, Any]:
    return student.right(student.ask("PATCH", f"/me/messages/{only(student)['id']}", json=body), 200)


def test_a_message_is_marked_as_read_and_the_folder_counts_it(student: GraphPerson) -> None:
    assert student.get("/me/mailFolders/inbox")["unreadItemCount"] == 1
    before = only(student)
    assert change(student, isRead=True)["isRead"] is True
    assert student.get("/me/mailFolders/inbox")["unreadItemCount"] == 0
    after = only(student)
    assert after["changeKey"] != before["changeKey"]
    assert after["@odata.etag"] == f'W/"{after["changeKey"]}"'
    assert change(student, isRead=False)["isRead"] is False
    assert student.get("/me/mailFolders/inbox")["unreadItemCount"] == 1


def test_categories_importance_flag_and_inference_are_changed(student: GraphPerson) -> None:
    due = {"dateTime": "2026-12-01T00:00:00.0000000", "timeZone": "UTC"}
    flag = {"flagStatus": "Flagged", "startDateTime": due, "dueDateTime": due}
    body = {"categories": ["ゼミ", "ゼミ"], "importance": "High", "flag": flag, "inferenceClassification": "other"}
    changed = change(student, **body)
    assert changed["categories"] == ["ゼミ"]
    assert (changed["importance"], changed["inferenceClassification"]) == ("high", "other")
    assert changed["flag"] == {"flagStatus": "flagged", "startDateTime": due, "dueDateTime": due}
    assert only(student)["categories"] == ["ゼミ"]
    assert change(student, categories=[], flag={"flagStatus": "notFlagged"})["flag"] == {"flagStatus": "notFlagged"}


def test_extended_properties_are_written_and_read(student: GraphPerson) -> None:
    name = "String {66F5A359-4659-4830-9070-00047EC6AC6E} Name Color"
    change(student, singleValueExtendedProperties=[{"id": name, "value": "Green"}])
    message = only(student, params={"$expand": f"singleValueExtendedProperties($filter=id eq '{name}')"})
    shown = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color"
    assert message["singleValueExtendedProperties"] == [{"id": shown, "value": "Green"}]
    test = f"singleValueExtendedProperties/Any(ep: ep/id eq '{name}' and ep/value eq 'green')"
    assert len(student.get("/me/messages", params={"$filter": test})["value"]) == 1


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({"subject": "Another"}, "ErrorInvalidPropertyUpdateSentMessage"),
        ({"body": {"contentType": "text", "content": "x"}}, "ErrorInvalidPropertyUpdateSentMessage"),
        ({"isRead": True, "toRecipients": []}, "ErrorInvalidPropertyUpdateSentMessage"),
        ({"receivedDateTime": "2026-01-01T00:00:00Z"}, "ErrorInvalidPropertySet"),
        ({"nonsense": 1}, "RequestBodyRead"),
        ({"isRead": "true"}, "RequestBodyRead"),
        ({"isRead": 1}, "RequestBodyRead"),
        ({"categories": "x"}, "RequestBodyRead"),
        ({"categories": [None]}, "RequestBodyRead"),
        ({"flag": {"nonsense": 1}}, "RequestBodyRead"),
        ({"flag": "flagged"}, "RequestBodyRead"),
        ({"importance": "urgent"}, "InvalidArguments"),
        ({"singleValueExtendedProperties": {}}, "RequestBodyRead"),
        ({"singleValueExtendedProperties": [{"id": "String 0x1", "value": 3}]}, "RequestBodyRead"),
        ({"singleValueExtendedProperties": [{"id": "nonsense", "value": ""}]}, "ErrorInvalidUrlQueryFilter"),
    ],
    ids=str,
)
def test_what_cannot_be_changed_is_refused_whole(student: GraphPerson, body: dict[str, Any], refusal: str) -> None:
    before = only(student)
    answer = student.ask("PATCH", f"/me/messages/{before['id']}", json=body)
    assert code(answer) == (400, refusal)
    assert only(student) == before


def to(student: GraphPerson, verb: str, target: str, message: str = "") -> Any:
    name = message or only(student)["id"]
    return student.ask("POST", f"/me/messages/{name}/{verb}", json={"destinationId": target})


@pytest.mark.behaviour(30)
def test_the_id_changes_with_the_folder_and_the_lasting_id_does_not(student: GraphPerson) -> None:
    before, lasting = only(student)["id"], only(student, headers=LASTING)["id"]
    moved = student.right(to(student, "move", "archive"), 201)
    assert moved["id"] not in (before, lasting)
    assert code(student.ask("GET", f"/me/messages/{before}")) == (404, "ErrorItemNotFound")
    assert student.get(f"/me/messages/{lasting}", headers=LASTING)["id"] == lasting
    assert student.get(f"/me/messages/{lasting}")["id"] == moved["id"]
    archive = student.get("/me/mailFolders/archive")
    assert (archive["totalItemCount"], archive["id"]) == (1, moved["parentFolderId"])


@pytest.mark.behaviour(30)
def test_a_folder_keeps_its_id_when_it_moves(student: GraphPerson) -> None:
    made = student.right(student.ask("POST", "/me/mailFolders", json={"displayName": "Receipts"}), 201)
    moved = student.ask("POST", f"/me/mailFolders/{made['id']}/move", json={"destinationId": "archive"})
    assert moved.json()["id"] == made["id"]
    assert student.get(f"/me/mailFolders/{made['id']}", headers=LASTING)["id"] == made["id"]


def test_a_lasting_id_may_be_asked_for_from_the_start(student: GraphPerson) -> None:
    answer = student.ask("GET", "/me/messages", headers=LASTING)
    assert answer.headers["Preference-Applied"] == 'IdType="ImmutableId"'
    lasting = answer.json()["value"][0]["id"]
    assert student.right(to(student, "move", "archive", lasting), 201)["id"] != lasting
    assert student.get(f"/me/messages/{lasting}")


def test_a_copy_is_another_message(student: GraphPerson) -> None:
    first = only(student)
    twin = student.right(to(student, "copy", "archive"), 201)
    assert twin["id"] != first["id"]
    assert only(student)["id"] == first["id"]
    assert twin["subject"] == "Hello"
    change(student, categories=["mine"])
    assert only(student, "archive")["categories"] == []


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ({}, (400, "ErrorInvalidArgument")),
        ({"destinationId": 3}, (400, "ErrorInvalidArgument")),
        ({"destinationId": "nonsense"}, (400, "ErrorInvalidIdMalformed")),
        ({"destinationId": "clutter"}, (404, "ErrorItemNotFound")),
        ({"destinationId": "archive", "nonsense": 1}, (400, "RequestBodyRead")),
    ],
    ids=str,
)
def test_a_move_to_nowhere_is_refused(student: GraphPerson, body: dict[str, Any], refusal: tuple[int, str]) -> None:
    assert code(student.ask("POST", f"/me/messages/{only(student)['id']}/move", json=body)) == refusal


def test_the_destination_is_named_in_any_case_and_the_namespace_may_be(student: GraphPerson) -> None:
    path = f"/me/messages/{only(student)['id']}/microsoft.graph.move"
    assert student.ask("POST", path, json={"DestinationId": "archive"}).status_code == 201


def test_whoever_may_only_read_changes_nothing(simulator: Simulator, student: GraphPerson) -> None:
    reader, path = GraphPerson(simulator, "new.student", ("Mail.Read",)), f"/me/messages/{only(student)['id']}"
    for method, where in (("PATCH", ""), ("DELETE", ""), ("POST", "/move"), ("POST", "/permanentDelete")):
        assert code(reader.ask(method, path + where, json={})) == (403, "ErrorAccessDenied")
    assert only(student)["isRead"] is False


def test_who_may_read_the_basics_sees_no_body(simulator: Simulator, student: GraphPerson) -> None:
    """https://learn.microsoft.com/graph/permissions-reference"""
    basic = GraphPerson(simulator, "new.student", ("Mail.ReadBasic",))
    message = only(basic)
    assert message["subject"] == "Hello"
    assert (message["body"], message["bodyPreview"]) == (None, None)
    path = f"/me/messages/{message['id']}"
    for where in ("?$expand=attachments", "/attachments", "/$value"):
        assert code(basic.ask("GET", path + where)) == (403, "ErrorAccessDenied")
