"""The whole folder tree."""

from __future__ import annotations

import pytest

from tests.simulator.graph_person import GraphPerson, code
from tests.simulator_control import Simulator

DELTA = "/me/mailFolders/delta"


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox", ("Mail.ReadWrite",))


@pytest.mark.behaviour(27)
def test_the_tree_comes_in_pages_and_ends_with_a_delta_link(person: GraphPerson) -> None:
    preference = {"Prefer": "odata.maxpagesize=7"}
    body = person.get(f"{DELTA}?$select=displayName", headers=preference)
    rows, pages = body["value"], 1
    while "@odata.nextLink" in body:
        assert "$skiptoken=" in body["@odata.nextLink"]
        body = person.get(body["@odata.nextLink"], headers=preference)
        rows, pages = rows + body["value"], pages + 1
    assert (len(rows), pages) == (25, 4)
    assert "$deltatoken=" in body["@odata.deltaLink"]
    assert all(set(row) - {"@odata.type"} == {"id", "displayName"} for row in rows)


@pytest.mark.behaviour(27)
def test_nested_folders_are_in_it_and_the_top_and_hidden_ones_are_not(person: GraphPerson) -> None:
    names = [row["displayName"] for row in person.every(DELTA)]
    assert "情報処理演習" in names
    assert "インフォメーション ストアの先頭" not in names
    assert "Conversation Action Settings" not in names


@pytest.mark.behaviour(27)
def test_only_changes_come_after_the_delta_link(person: GraphPerson) -> None:
    link = person.get(DELTA, headers={"Prefer": "odata.maxpagesize=200"})["@odata.deltaLink"]
    assert person.get(link)["value"] == []
    person.ask("POST", "/me/mailFolders", json={"displayName": "新しいフォルダー"})
    assert [row["displayName"] for row in person.get(link)["value"]] == ["新しいフォルダー"]


@pytest.mark.parametrize("token", ["nonsense", "e30=", "W10=", "eyJvZmZzZXQiOiAie"])
def test_a_token_that_is_none_is_refused(person: GraphPerson, token: str) -> None:
    assert code(person.ask("GET", f"{DELTA}?$skiptoken={token}")) == (400, "BadRequest")


def test_expand_is_refused(person: GraphPerson) -> None:
    assert person.ask("GET", f"{DELTA}?$expand=childFolders").status_code == 400
