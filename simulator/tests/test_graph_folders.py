"""Mail folders."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.graph_person import GraphPerson, code
from tests.simulator_control import Simulator

SIZE = "$expand=singleValueExtendedProperties($filter=id eq 'Long 0x0E08')"


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox")


def size(row: dict) -> int:
    return int(row["singleValueExtendedProperties"][0]["value"])


@pytest.mark.behaviour(18)
def test_only_the_top_level_is_listed_ten_at_a_time(person: GraphPerson) -> None:
    first = person.get("/me/mailFolders")
    assert len(first["value"]) == 10
    assert "$skip=10" in first["@odata.nextLink"]
    rows = person.every("/me/mailFolders")
    assert len(rows) == 14
    assert "課題" not in [row["displayName"] for row in rows]


@pytest.mark.behaviour(18)
def test_top_is_honoured_and_the_link_keeps_the_query(person: GraphPerson) -> None:
    body = person.get("/me/mailFolders?$top=3&$select=displayName")
    assert len(body["value"]) == 3
    after = person.get(body["@odata.nextLink"])
    assert len(after["value"]) == 3
    assert set(after["value"][0]) == {"id", "displayName"}
    assert len({row["id"] for row in person.every("/me/mailFolders?$top=3")}) == 14


@pytest.mark.parametrize("query", ["$top=0", "$top=-1", "$top=x", "$top=1001", "$skip=-1", "$top=９"])
def test_a_page_size_that_is_none_is_refused(person: GraphPerson, query: str) -> None:
    assert person.ask("GET", f"/me/mailFolders?{query}").status_code == 400


@pytest.mark.behaviour(19)
def test_hidden_folders_come_on_request_only(person: GraphPerson) -> None:
    usual = person.every("/me/mailFolders?$top=100")
    every = person.every("/me/mailFolders?$top=100&includeHiddenFolders=true")
    assert not any(row["isHidden"] for row in usual)
    assert [row["displayName"] for row in every if row["isHidden"]] == ["Conversation Action Settings"]


@pytest.mark.behaviour(20)
@pytest.mark.parametrize(
    ("alias", "name", "shown"),
    [
        ("full.mailbox", "inbox", "受信トレイ"),
        ("full.mailbox", "deleteditems", "削除済みアイテム"),
        ("full.mailbox", "DeletedItems", "削除済みアイテム"),
        ("new.student", "inbox", "Inbox"),
        ("new.student", "sentitems", "Sent Items"),
    ],
)
def test_a_well_known_name_stands_for_an_id_in_any_language(
    simulator: Simulator, alias: str, name: str, shown: str
) -> None:
    person = GraphPerson(simulator, alias)
    folder = person.get(f"/me/mailFolders/{name}")
    assert folder["displayName"] == shown
    assert person.get(f"/me/mailFolders/{quote(folder['id'], safe='')}")["id"] == folder["id"]


@pytest.mark.behaviour(21)
def test_a_search_folder_is_marked_and_others_are_not(person: GraphPerson) -> None:
    rows = person.every("/me/mailFolders?$select=displayName")
    marked = [row for row in rows if "@odata.type" in row]
    assert [row["displayName"] for row in marked] == ["未読のメール"]
    assert marked[0]["@odata.type"] == "#microsoft.graph.mailSearchFolder"


@pytest.mark.behaviour(22)
def test_a_malformed_id_and_an_unknown_one_differ(simulator: Simulator, person: GraphPerson) -> None:
    foreign = GraphPerson(simulator, "forwarder").get("/me/mailFolders/inbox")["id"]
    assert code(person.ask("GET", "/me/mailFolders/nonsense")) == (400, "ErrorInvalidIdMalformed")
    assert code(person.ask("GET", f"/me/mailFolders/{foreign}")) == (404, "ErrorItemNotFound")


def test_ids_are_case_sensitive(person: GraphPerson) -> None:
    found = person.get("/me/mailFolders/inbox")["id"]
    assert person.ask("GET", f"/me/mailFolders/{found.swapcase()}").status_code in (400, 404)


@pytest.mark.behaviour(23)
def test_a_size_is_a_string_under_a_normalised_id(person: GraphPerson) -> None:
    folder = person.get(f"/me/mailFolders/deleteditems?{SIZE}")
    assert folder["singleValueExtendedProperties"] == [{"id": "Long 0xe08", "value": "33500744909"}]


@pytest.mark.behaviour(23)
def test_several_properties_may_be_asked_and_absent_ones_are_left_out(person: GraphPerson) -> None:
    both = "$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x666E' or id eq 'Long 0xE08')"
    none = "$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x666E')"
    assert len(person.get(f"/me/mailFolders/inbox?{both}")["singleValueExtendedProperties"]) == 1
    assert "singleValueExtendedProperties" not in person.get(f"/me/mailFolders/inbox?{none}")


@pytest.mark.behaviour(23)
def test_the_collection_takes_the_size_with_a_selection(person: GraphPerson) -> None:
    rows = person.every(f"/me/mailFolders?$select=id&$top=50&{SIZE}")
    assert all(set(row) - {"@odata.type"} == {"id", "singleValueExtendedProperties"} for row in rows)


@pytest.mark.behaviour(24)
def test_the_limit_is_absent_unless_the_tenant_shows_it(simulator: Simulator, person: GraphPerson) -> None:
    root = person.get("/me/mailFolders/msgfolderroot")["parentFolderId"]
    path = f"/me/mailFolders/{root}?$expand=singleValueExtendedProperties($filter=id eq 'Integer 0x666E')"
    assert "singleValueExtendedProperties" not in person.get(path)
    simulator.switch(quota_properties=True)
    shown = person.get(path)["singleValueExtendedProperties"]
    assert shown == [{"id": "Integer 0x666e", "value": str(50 * 1024 * 1024)}]


@pytest.mark.behaviour(25)
def test_sizes_are_per_folder_and_exceed_32_bits(person: GraphPerson) -> None:
    lab = next(row for row in person.every("/me/mailFolders") if row["displayName"] == "研究室")
    children = person.every(f"/me/mailFolders/{lab['id']}/childFolders?{SIZE}")
    assert size(person.get(f"/me/mailFolders/{lab['id']}?{SIZE}")) == round(2.3 * 1024**3)
    assert sum(size(row) for row in children) > 0
    assert size(person.get(f"/me/mailFolders/deleteditems?{SIZE}")) > 2**31


@pytest.mark.behaviour(26)
def test_child_folders_are_listed_and_expanded_one_level(person: GraphPerson) -> None:
    inbox = person.get("/me/mailFolders/inbox?$expand=childFolders($select=displayName)")
    assert [row["displayName"] for row in inbox["childFolders"]] == ["課題", "図書館", "教務課"]
    assert "childFolders" not in inbox["childFolders"][0]
    below = person.every("/me/mailFolders/inbox/childFolders")
    assert [row["childFolderCount"] for row in below] == [2, 0, 0]
    deep = person.ask("GET", "/me/mailFolders/inbox?$expand=childFolders($expand=childFolders)")
    assert deep.status_code == 400


@pytest.mark.behaviour(26)
def test_child_folders_come_ten_at_a_time_and_an_expansion_is_cut_there(person: GraphPerson) -> None:
    listed = person.get("/me/mailFolders/msgfolderroot/childFolders")
    assert (len(listed["value"]), "$skip=10" in listed["@odata.nextLink"]) == (10, True)
    top = person.get("/me/mailFolders/msgfolderroot?$expand=childFolders")
    assert top["childFolderCount"] == 14
    assert len(top["childFolders"]) == 10


@pytest.mark.behaviour(39)
def test_rules_cannot_be_expanded(person: GraphPerson) -> None:
    assert person.ask("GET", "/me/mailFolders/inbox?$expand=messageRules").status_code == 400


def test_a_folder_is_found_by_its_name(person: GraphPerson) -> None:
    rows = person.get("/me/mailFolders?$filter=displayName eq '研究室'")["value"]
    assert [row["displayName"] for row in rows] == ["研究室"]
    rows = person.get("/me/mailFolders?$filter=startswith(displayName,'研') or displayName eq 'サークル'")["value"]
    assert [row["displayName"] for row in rows] == ["研究室", "サークル"]


def test_size_in_bytes_is_shown_by_a_switch(simulator: Simulator, person: GraphPerson) -> None:
    assert "sizeInBytes" not in person.get("/me/mailFolders/inbox")
    simulator.switch(folder_size_in_bytes="number")
    assert person.get("/me/mailFolders/deleteditems")["sizeInBytes"] == 33500744909
