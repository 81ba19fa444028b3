"""Messages, read."""

from __future__ import annotations

import pytest

from tests.graph_person import GraphPerson, code
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


PREFERRED = {"Prefer": 'outlook.body-content-type="text", IdType="ImmutableId"'}


def test_a_body_is_html_unless_text_is_preferred(person: GraphPerson) -> None:
    """https://learn.microsoft.com/graph/api/user-list-messages"""
    found = person.get("/me/messages?$filter=subject eq '課題3の講評について'")["value"][0]
    assert found["body"]["contentType"] == "html"
    assert "受講者の皆さん<br>" in found["body"]["content"]
    answer = person.ask("GET", f"/me/messages/{found['id']}?$select=body,uniqueBody", headers=PREFERRED)
    assert answer.headers["Preference-Applied"] == 'IdType="ImmutableId", outlook.body-content-type="text"'
    assert answer.json()["body"] == answer.json()["uniqueBody"]
    assert answer.json()["body"]["content"].startswith("受講者の皆さん\n")


def test_some_properties_come_only_when_they_are_selected(person: GraphPerson) -> None:
    found = person.get("/me/messages?$top=1")["value"][0]
    rare = ("internetMessageHeaders", "uniqueBody", "conversationIndex")
    assert not set(rare) & set(found)
    assert set(rare) <= set(person.get(f"/me/messages/{found['id']}?$select={','.join(rare)}"))


def test_messages_are_counted(person: GraphPerson) -> None:
    assert person.ask("GET", "/me/messages/$count").text == "13"
    assert person.ask("GET", "/me/mailFolders/inbox/messages/$count").text == "6"
    assert person.get("/me/messages?$count=true&$top=1")["@odata.count"] == 13


def test_a_page_begins_where_it_is_told_to(person: GraphPerson) -> None:
    every = [row["id"] for row in person.get("/me/messages?$top=100")["value"]]
    assert [row["id"] for row in person.get("/me/messages?$skip=4&$top=2")["value"]] == every[4:6]
    assert person.get("/me/messages?$skip=100")["value"] == []


def test_what_lies_in_recoverable_items_is_not_among_all_messages(simulator: Simulator) -> None:
    person = GraphPerson(simulator, "rule.collector", ("Mail.ReadWrite",))
    found = person.get("/me/messages?$top=1")["value"][0]["id"]
    target = {"destinationId": "recoverableitemsdeletions"}
    moved = person.ask("POST", f"/me/messages/{found}/move", json=target).json()["id"]
    assert moved not in [row["id"] for row in person.every("/me/messages?$top=100")]
    assert person.get(f"/me/messages/{moved}")["id"] == moved


def test_the_store_has_properties_of_its_own(person: GraphPerson) -> None:
    names = ("String 0x0037", "Boolean 0x0E1B", "Long 0x0E08", "Integer 0x1234")
    wanted = " or ".join(f"id eq '{name}'" for name in names)
    query = {
        "$filter": "subject eq '課題3の講評について'",
        "$expand": f"singleValueExtendedProperties($filter={wanted})",
    }
    found = person.get("/me/messages", params=query)["value"][0]
    shown = {it["id"]: it["value"] for it in found["singleValueExtendedProperties"]}
    assert list(shown) == ["String 0x37", "Boolean 0xe1b", "Long 0xe08"]
    assert (shown["String 0x37"], shown["Boolean 0xe1b"]) == ("課題3の講評について", "true")
    assert int(shown["Long 0xe08"]) > 3600
