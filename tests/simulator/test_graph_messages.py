"""Messages, read."""

from __future__ import annotations

import pytest

from tests.simulator.graph_person import GraphPerson, code
from tests.simulator_control import Simulator


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "rule.collector")


def test_a_folder_lists_its_messages_the_newest_first(person: GraphPerson) -> None:
    rows = person.every("/me/mailFolders/inbox/messages?$top=4")
    times = [row["receivedDateTime"] for row in rows]
    assert len(rows) == 6
    assert times == sorted(times, reverse=True)
    assert "internetMessageHeaders" not in rows[0]


def test_all_messages_are_listed_and_selected(person: GraphPerson) -> None:
    rows = person.every("/me/messages?$select=subject,isRead")
    assert len(rows) == 13
    assert set(rows[0]) == {"@odata.etag", "id", "subject", "isRead"}


def test_a_message_has_its_japanese_text_headers_and_attachments(person: GraphPerson) -> None:
    folder = person.folder("課題")["id"]
    rows = person.every(f"/me/mailFolders/{folder}/messages?$filter=hasAttachments eq true")
    path = f"/me/messages/{rows[0]['id']}?$expand=attachments"
    whole = person.get(path)
    assert whole["subject"] == "課題3の講評について"
    assert "受講者の皆さん" in whole["body"]["content"]
    assert whole["from"]["emailAddress"] == {"name": "春日 隆", "address": "t.kasuga@example.ac.jp"}
    assert whole["attachments"][0]["name"] == "課題3講評.pdf"
    headers = person.get(f"/me/messages/{rows[0]['id']}?$select=internetMessageHeaders")["internetMessageHeaders"]
    assert "Subject" in [header["name"] for header in headers]


def test_an_immutable_id_is_another_id_of_the_same_message(person: GraphPerson) -> None:
    usual = person.every("/me/messages?$top=1")[0]["id"]
    path = f"/me/messages/{usual}"
    lasting = person.get(path, headers={"Prefer": 'IdType="ImmutableId"'})["id"]
    assert lasting != usual
    assert person.get(f"/me/messages/{lasting}")["id"] == usual


def test_a_message_is_in_its_own_folder_only(person: GraphPerson) -> None:
    found = person.get("/me/mailFolders/inbox/messages?$top=1")["value"][0]["id"]
    assert person.get(f"/me/mailFolders/inbox/messages/{found}")["id"] == found
    assert code(person.ask("GET", f"/me/mailFolders/drafts/messages/{found}")) == (404, "ErrorItemNotFound")


def test_a_message_tells_its_size_by_an_extended_property_only(person: GraphPerson) -> None:
    found = person.get("/me/messages?$top=1")["value"][0]["id"]
    path = f"/me/messages/{found}?$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x0E08')"
    assert int(person.get(path)["singleValueExtendedProperties"][0]["value"]) > 100
    assert person.ask("GET", f"/me/messages/{found}?$select=size").status_code == 400


@pytest.mark.behaviour(22)
def test_ids_are_told_apart(person: GraphPerson) -> None:
    inbox = person.get("/me/mailFolders/inbox")["id"]
    assert code(person.ask("GET", "/me/messages/nonsense")) == (400, "ErrorInvalidIdMalformed")
    assert code(person.ask("GET", f"/me/messages/{inbox}")) == (404, "ErrorItemNotFound")
