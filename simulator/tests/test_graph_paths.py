"""Paths, as OData spells them."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.graph_person import GraphPerson, code
from tests.simulator_control import Simulator


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox")


@pytest.mark.behaviour(20)
@pytest.mark.parametrize(
    "path",
    [
        "/me/mailFolders/inbox",
        "/me/mailFolders('inbox')",
        "/me/mailFolders('Inbox')/",
        "/Me/MAILFOLDERS/Inbox",
        "/users/full.mailbox@example.ac.jp/mailFolders/inbox",
        "/users('full.mailbox@example.ac.jp')/mailFolders('inbox')",
        "/me/mailFolders%28%27inbox%27%29",
    ],
)
def test_a_key_stands_alone_or_in_brackets(person: GraphPerson, path: str) -> None:
    assert person.get(path)["displayName"] == "受信トレイ"


def test_whole_ways_may_be_spelled_with_keys(person: GraphPerson) -> None:
    found = person.get("/me/mailFolders('inbox')/messages?$top=1")["value"][0]["id"]
    assert person.get(f"/me/mailFolders('inbox')/messages('{found}')")["id"] == found
    assert person.get(f"/me/messages('{quote(found, safe='')}')/attachments")["value"] == []


def test_a_folder_may_be_named_by_the_way_to_it(person: GraphPerson) -> None:
    outer = person.get("/me/mailFolders/inbox/childFolders")["value"][0]
    inner = person.get(f"/me/mailFolders/inbox/childFolders/{outer['id']}/childFolders")["value"][0]
    way = f"/me/mailFolders/inbox/childFolders/{outer['id']}/childFolders/{inner['id']}"
    assert person.get(way)["displayName"] == inner["displayName"]
    assert person.get(f"{way}/messages")["value"] == []


def test_a_quote_in_a_key_is_doubled(person: GraphPerson) -> None:
    assert code(person.ask("GET", "/me/mailFolders('in''box')")) == (400, "ErrorInvalidIdMalformed")


@pytest.mark.parametrize(
    ("path", "segment"),
    [
        ("/me/nonsense", "nonsense"),
        ("/me/nonsense/messages", "nonsense"),
        ("/nonsense", "nonsense"),
        ("/me/mailFolders/inbox/nonsense", "nonsense"),
        ("/me/mailFolders/inbox/messages/x/y", "y"),
        ("/me//mailFolders", ""),
        ("/users", "users"),
        ("/me('x')", "x"),
        ("/me/messages('x','y')", "messages('x','y')"),
        ("", "v1.0"),
    ],
)
def test_an_unknown_segment_is_named(person: GraphPerson, path: str, segment: str) -> None:
    answer = person.ask("GET", path)
    assert code(answer) == (400, "BadRequest")
    assert answer.json()["error"]["message"] == f"Resource not found for the segment '{segment}'."


@pytest.mark.behaviour(39)
def test_rules_have_no_delta_and_are_no_search(person: GraphPerson) -> None:
    rules = "/me/mailFolders/inbox/messageRules"
    assert code(person.ask("GET", f"{rules}/delta")) == (400, "ErrorInvalidIdMalformed")
    for query in ("$search=x", "$expand=conditions", "$skiptoken=x"):
        assert person.ask("GET", f"{rules}?{query}").status_code == 400


@pytest.mark.behaviour(13)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/me/messages"),
        ("GET", "/me/getMailTips"),
        ("DELETE", "/me/mailFolders"),
        ("POST", "/me/mailFolders/inbox"),
        ("GET", "/me/mailFolders/inbox/move"),
        ("DELETE", "/me/mailboxSettings"),
        ("POST", "/reports/getMailboxUsageDetail(period='D7')"),
        ("OPTIONS", "/me"),
        ("HEAD", "/me"),
        ("BREW", "/me/mailFolders"),
    ],
)
def test_a_method_that_is_not_there_is_405(person: GraphPerson, method: str, path: str) -> None:
    answer = person.ask(method, path)
    assert answer.status_code == 405
    if method != "HEAD":
        assert code(answer) == (405, "Request_BadRequest")


def test_a_stranger_learns_nothing_of_what_there_is(person: GraphPerson) -> None:
    person.token = ""
    for path in ("/me", "/nonsense", "/me/mailFolders/nonsense", "/$batch"):
        assert code(person.ask("GET", path)) == (401, "InvalidAuthenticationToken")


def test_somebody_else_in_the_directory_has_the_directorys_refusal(person: GraphPerson) -> None:
    assert code(person.ask("GET", "/users/forwarder@example.ac.jp")) == (403, "Authorization_RequestDenied")
    assert person.get(f"/users/{person.address}")["mail"] == person.address
