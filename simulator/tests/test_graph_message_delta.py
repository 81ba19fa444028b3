"""The messages of a folder, then what changed: https://learn.microsoft.com/graph/api/message-delta"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.graph_person import GraphPerson, code
from tests.letter import letter
from tests.simulator_control import Simulator

DELTA = "/me/mailFolders/inbox/messages/delta"
ALL = {"Prefer": "odata.maxpagesize=100"}


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    """Five messages in the Inbox."""
    person = GraphPerson(simulator, "new.student", ("Mail.ReadWrite",))
    for subject in "ABCDE":
        simulator.deliver(person.address, letter(subject, to=person.address))
    return person


def subjects(body: dict[str, Any]) -> list[str]:
    return [row.get("subject", "gone") for row in body["value"]]


def by_subject(person: GraphPerson, subject: str) -> str:
    return person.get(f"/me/messages?$filter=subject eq '{subject}'")["value"][0]["id"]


def all_told(person: GraphPerson, query: str = "") -> str:
    return person.get(f"{DELTA}?{query}", headers=ALL)["@odata.deltaLink"]


def act(person: GraphPerson) -> None:
    """A becomes read, B moves away, C is deleted for good, F arrives."""
    person.ask("PATCH", f"/me/messages/{by_subject(person, 'A')}", json={"isRead": True})
    person.ask("POST", f"/me/messages/{by_subject(person, 'B')}/move", json={"destinationId": "archive"})
    person.ask("POST", f"/me/messages/{by_subject(person, 'C')}/permanentDelete")
    person.simulator.deliver(person.address, letter("F", to=person.address))


def test_all_come_in_pages_first(student: GraphPerson) -> None:
    preference = {"Prefer": "odata.maxpagesize=2"}
    body = student.get(f"{DELTA}?$select=subject", headers=preference)
    told = subjects(body)
    assert set(body["value"][0]) == {"@odata.type", "@odata.etag", "id", "subject"}
    while "@odata.nextLink" in body:
        body = student.get(body["@odata.nextLink"], headers=preference)
        told += subjects(body)
    assert sorted(told) == list("ABCDE")
    assert student.get(body["@odata.deltaLink"])["value"] == []


def test_then_what_arrived_changed_and_went(student: GraphPerson) -> None:
    gone = {by_subject(student, subject) for subject in "BC"}
    link = all_told(student, "$select=subject")
    act(student)
    body = student.get(link)
    assert sorted(subjects(body)) == ["A", "F", "gone", "gone"]
    assert {row["id"] for row in body["value"] if "@removed" in row} == gone
    assert student.get(body["@odata.deltaLink"])["value"] == []


@pytest.mark.parametrize(
    ("kind", "told"), [("created", ["F"]), ("updated", ["A"]), ("deleted", ["gone", "gone"]), ("Created", ["F"])]
)
def test_one_kind_of_change_may_be_asked_for(student: GraphPerson, kind: str, told: list[str]) -> None:
    link = all_told(student, f"changeType={kind}")
    act(student)
    assert subjects(student.get(link)) == told


def test_the_newest_may_come_first(student: GraphPerson) -> None:
    body = student.get(f"{DELTA}?$orderby=receivedDateTime desc&$top=3")
    rest = student.get(body["@odata.nextLink"])
    times = [row["receivedDateTime"] for row in body["value"] + rest["value"]]
    assert (len(times), times) == (5, sorted(times, reverse=True))
    act(student)
    assert sorted(subjects(student.get(rest["@odata.deltaLink"], headers=ALL))) == ["A", "F", "gone", "gone"]


@pytest.mark.parametrize(("moment", "count"), [("2026-01-01T00:00:00Z", 5), ("2099-01-01T00:00:00Z", 0)])
def test_what_came_since_a_moment_may_be_asked_for(student: GraphPerson, moment: str, count: int) -> None:
    assert len(student.get(f"{DELTA}?$filter=receivedDateTime ge {moment}")["value"]) == count


@pytest.mark.parametrize(
    "query",
    [
        "$filter=isRead eq false",
        "$filter=receivedDateTime le 2026-01-01",
        "$orderby=receivedDateTime",
        "$orderby=subject desc",
        "$search=x",
        "$skip=1",
        "$count=true",
        "changeType=nonsense",
    ],
)
def test_other_queries_are_refused(student: GraphPerson, query: str) -> None:
    assert student.ask("GET", f"{DELTA}?{query}").status_code == 400


@pytest.mark.behaviour(30)
def test_a_lasting_id_is_told_of_as_gone_only_while_it_is_away(student: GraphPerson) -> None:
    lasting = {"Prefer": 'IdType="ImmutableId", odata.maxpagesize=100'}
    link = student.get(DELTA, headers=lasting)["@odata.deltaLink"]
    message = by_subject(student, "A")
    kept = student.get(f"/me/messages/{message}", headers=lasting)["id"]
    student.ask("POST", f"/me/messages/{message}/move", json={"destinationId": "archive"})
    assert [(row["id"], "@removed" in row) for row in student.get(link, headers=lasting)["value"]] == [(kept, True)]
    student.ask("POST", f"/me/messages/{by_subject(student, 'A')}/move", json={"destinationId": "inbox"})
    assert [(row["id"], "@removed" in row) for row in student.get(link, headers=lasting)["value"]] == [(kept, False)]


def test_a_token_is_good_for_its_own_folder_only(student: GraphPerson) -> None:
    token = quote(all_told(student).partition("$deltatoken=")[2])
    assert code(student.ask("GET", f"/me/mailFolders/archive/messages/delta?$deltatoken={token}")) == (
        400,
        "BadRequest",
    )


def test_attachments_may_be_expanded(student: GraphPerson) -> None:
    assert student.get(f"{DELTA}?$expand=attachments($select=name)&$top=1")["value"][0]["attachments"] == []
