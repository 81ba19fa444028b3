"""The whole folder tree, then what changed."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.graph_person import GraphPerson, code
from tests.simulator_control import Simulator

DELTA = "/me/mailFolders/delta"


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox", ("Mail.ReadWrite",))


@pytest.mark.behaviour(27)
def test_the_tree_comes_in_pages_and_ends_with_a_delta_link(person: GraphPerson) -> None:
    preference = {"Prefer": "odata.maxpagesize=7"}
    answer = person.ask("GET", f"{DELTA}?$select=displayName", headers=preference)
    assert answer.headers["Preference-Applied"] == "odata.maxpagesize=7"
    body = answer.json()
    rows, pages = body["value"], 1
    while "@odata.nextLink" in body:
        assert "$skiptoken=" in body["@odata.nextLink"]
        body = person.get(body["@odata.nextLink"], headers=preference)
        rows, pages = rows + body["value"], pages + 1
    assert (len(rows), pages) == (25, 4)
    assert "$deltatoken=" in body["@odata.deltaLink"]
    assert all(set(row) - {"@odata.type"} == {"id", "displayName"} for row in rows)


@pytest.mark.behaviour(27)
def test_nested_folders_are_in_it_and_the_top_and_hidden_ones_are_not(
    simulator: Simulator, person: GraphPerson
) -> None:
    names = [row["displayName"] for row in person.every(DELTA)]
    assert "情報処理演習" in names
    assert "インフォメーション ストアの先頭" not in names
    assert "Conversation Action Settings" not in names
    simulator.switch(delta_includes_hidden=True)
    assert "Conversation Action Settings" in [row["displayName"] for row in person.every(DELTA)]


def at_the_end(person: GraphPerson) -> str:
    """The link that tells of what changes from now on."""
    return person.get(DELTA, headers={"Prefer": "odata.maxpagesize=200"})["@odata.deltaLink"]


@pytest.mark.behaviour(27)
def test_only_changes_come_after_the_delta_link(person: GraphPerson) -> None:
    link = at_the_end(person)
    assert person.get(link)["value"] == []
    made = person.ask("POST", "/me/mailFolders", json={"displayName": "新しいフォルダー"}).json()
    body = person.get(link)
    assert [row["displayName"] for row in body["value"]] == ["新しいフォルダー"]
    person.ask("PATCH", f"/me/mailFolders/{made['id']}", json={"displayName": "改名"})
    after = person.get(body["@odata.deltaLink"])
    assert [row["displayName"] for row in after["value"]] == ["改名"]
    assert person.get(after["@odata.deltaLink"])["value"] == []


def test_moved_folders_are_told_of_and_lost_ones_too(person: GraphPerson) -> None:
    link, lab, club = at_the_end(person), person.folder("研究室")["id"], person.folder("サークル")["id"]
    person.ask("DELETE", f"/me/mailFolders/{club}")
    inside = [row["id"] for row in person.every(f"/me/mailFolders/{lab}/childFolders")]
    person.ask("POST", f"/me/mailFolders/{lab}/permanentDelete")
    rows = {row["id"]: row for row in person.get(link, headers={"Prefer": "odata.maxpagesize=200"})["value"]}
    assert rows[club]["parentFolderId"] == person.get("/me/mailFolders/deleteditems")["id"]
    assert rows[lab] == {
        "@odata.type": "#microsoft.graph.mailFolder",
        "id": lab,
        "@removed": {"reason": "deleted"},
    }
    assert all("@removed" in rows[folder] for folder in inside)


def test_what_changes_between_two_pages_is_not_lost(person: GraphPerson) -> None:
    first = person.get(DELTA, headers={"Prefer": "odata.maxpagesize=20"})
    person.ask("PATCH", f"/me/mailFolders/{first['value'][-1]['id']}", json={"displayName": "改名"})
    rest = person.get(first["@odata.nextLink"], headers={"Prefer": "odata.maxpagesize=200"})
    told = {row["id"] for row in first["value"]} | {row["id"] for row in rest["value"]}
    assert len(told) == 25
    assert "改名" in [row["displayName"] for row in rest["value"]]


def forged(**changed: Any) -> str:
    told = {"of": "mailFolders", "query": {}, "since": 0, "until": 1, "after": None} | changed
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode()


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        "e30=",
        "W10=",
        "eyJvZmZzZXQiOiAie",
        forged(of="other"),
        forged(since="x"),
        forged(after=[1e999, 0]),
        forged(after=3),
        forged(query=[]),
    ],
)
def test_a_token_that_is_none_is_refused(person: GraphPerson, token: str) -> None:
    for name in ("$skiptoken", "$deltatoken"):
        assert code(person.ask("GET", f"{DELTA}?{name}={token}")) == (400, "BadRequest")


@pytest.mark.parametrize("query", ["$expand=childFolders", "$top=5", "$filter=displayName eq 'x'", "$select=nonsense"])
def test_other_options_than_a_selection_are_refused(person: GraphPerson, query: str) -> None:
    assert person.ask("GET", f"{DELTA}?{query}").status_code == 400


def test_the_function_may_have_its_brackets_and_its_namespace(person: GraphPerson) -> None:
    for name in ("delta()", "microsoft.graph.delta()", "Delta"):
        assert len(person.get(f"/me/mailFolders/{name}")["value"]) == 10
