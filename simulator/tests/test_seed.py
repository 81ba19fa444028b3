"""The seeded mailboxes, as the tables of the site's pages expect them."""

from __future__ import annotations

import json

import pytest

from m365_simulator.seed.mailboxes import make_mailbox
from m365_simulator.seed.people import PEOPLE
from tests.graph_person import GraphPerson
from tests.simulator_control import Simulator

SIZE = "$expand=singleValueExtendedProperties($filter=id eq 'Long 0x0E08')"
GIB = 1024**3


def size(row: dict) -> int:
    return int(row["singleValueExtendedProperties"][0]["value"])


def tree(person: GraphPerson, parent: str = "", depth: int = 1) -> list[dict]:
    """Every folder with its size and its depth."""
    below = f"/{parent}/childFolders" if parent else ""
    rows = person.every(f"/me/mailFolders{below}?$top=50&{SIZE}")
    deeper = [row for row in rows if row["childFolderCount"]]
    found = [{**row, "depth": depth} for row in rows if "@odata.type" not in row]
    return found + [each for row in deeper for each in tree(person, row["id"], depth + 1)]


def test_the_new_student_has_english_folders_and_no_mail(simulator: Simulator) -> None:
    student = GraphPerson(simulator, "new.student")
    folders = student.every("/me/mailFolders")
    assert [row["displayName"] for row in folders[:4]] == ["Inbox", "Drafts", "Sent Items", "Deleted Items"]
    assert sum(row["totalItemCount"] for row in folders) == 0
    assert student.rules() == []


def test_the_full_mailbox_is_98_percent_full_in_24_folders_on_three_levels(simulator: Simulator) -> None:
    folders = tree(GraphPerson(simulator, "full.mailbox"))
    assert sum(size(row) for row in folders) == 49 * GIB
    assert len(folders) == 24
    assert {row["depth"] for row in folders} == {1, 2, 3}
    assert sum(row["depth"] == 1 for row in folders) > 10


def test_most_of_the_full_mailbox_is_in_deleted_items(simulator: Simulator) -> None:
    deleted = GraphPerson(simulator, "full.mailbox").get(f"/me/mailFolders/deleteditems?{SIZE}")
    assert deleted["displayName"] == "削除済みアイテム"
    assert deleted["totalItemCount"] == 18204
    assert round(size(deleted) / GIB, 1) == 31.2


def test_over_quota_uses_130_percent(simulator: Simulator) -> None:
    folders = tree(GraphPerson(simulator, "over.quota"))
    assert sum(size(row) for row in folders) == 65 * GIB


def test_the_forwarder_forwards_everything_and_something(simulator: Simulator) -> None:
    every, some = GraphPerson(simulator, "forwarder").rules()
    assert "conditions" not in every
    assert every["actions"]["forwardTo"][0]["emailAddress"]["address"].endswith("@example.com")
    assert some["conditions"]
    assert some["actions"]["redirectTo"]


def test_the_collector_has_fourteen_rules_of_every_kind(simulator: Simulator) -> None:
    rules = GraphPerson(simulator, "rule.collector").rules()
    assert len(rules) == 14
    assert sum(rule["isReadOnly"] for rule in rules) == 1
    assert sum(rule["hasError"] for rule in rules) == 1
    assert "." in [rule["displayName"] for rule in rules]
    assert sum(not rule["isEnabled"] for rule in rules) == 3
    assert rules[-2]["actions"]["stopProcessingRules"]
    assert "conditions" not in rules[-2]


def test_what_outlook_made_has_parts_that_a_simple_form_lacks(simulator: Simulator) -> None:
    rare = GraphPerson(simulator, "rule.collector").rules()[2]
    assert {"headerContains", "categories", "importance", "withinSizeRange"} <= set(rare["conditions"])
    assert {"forwardAsAttachmentTo", "assignCategories"} <= set(rare["actions"])
    assert rare["exceptions"]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.address)
def test_a_mailbox_is_the_same_in_every_run(person: object) -> None:
    def shape() -> str:
        made = make_mailbox(person)
        rows = (made.folders, made.messages, made.rules) if made else ()
        return json.dumps(rows, default=lambda it: repr(it) if not hasattr(it, "__dict__") else vars(it))

    assert shape() == shape()


def test_who_has_no_licence_or_another_tenant_has_no_mailbox() -> None:
    without = {person.address for person in PEOPLE if make_mailbox(person) is None}
    assert without == {"no.licence@example.ac.jp", "other.tenant@other.example", "guest.lecturer@other.example"}
