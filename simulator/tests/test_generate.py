"""A tenant as large as one likes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from m365_simulator.generate.content import GeneratedContent
from m365_simulator.generate.draft import Key
from m365_simulator.mail.headers import Address
from m365_simulator.mail.message import parse_message
from tests.application import Application
from tests.graph_person import GraphPerson
from tests.letter import letter
from tests.mail_owner import Owner
from tests.simulator_control import Simulator

LARGE = "large.mailbox"
FACTS = (
    "size", "headers", "sender", "to", "cc", "reply_to", "subject", "text", "html", "attachments", "parts", "outcome",
    "preview", "has_attachments", "date",
)  # fmt: skip


def generate(simulator: Simulator, **plan: Any) -> requests.Response:
    return simulator.session.post(f"{simulator.address}/control/generate", json=plan, timeout=60)


@settings(max_examples=200, deadline=None)
@given(
    number=st.integers(0, 2**32),
    place=st.integers(0, 10**6),
    owner=st.sampled_from(
        [Address("森 大輔", "large.mailbox@example.ac.jp"), Address("Emma Clark", "e@example.ac.jp")]
    ),
    own=st.booleans(),
)
def test_a_generated_letter_says_what_reading_its_bytes_says(
    number: int, place: int, owner: Address, own: bool
) -> None:
    made = GeneratedContent(Key(number, place, owner, own))
    read = parse_message(made.raw)
    assert {name: getattr(made, name) for name in FACTS} == {name: getattr(read, name) for name in FACTS}
    assert [made.attached(at) for at, _ in enumerate(made.attachments)] == [
        read.attached(at) for at, _ in enumerate(read.attachments)
    ]


def test_there_are_as_many_messages_folders_and_people_as_asked_for(simulator: Simulator) -> None:
    before = len(GraphPerson(simulator, "helpdesk").every("/me/mailFolders/delta"))
    answer = generate(simulator, number=7, people=30, messages=400, folders=25).json()
    assert answer == {
        "number": 7,
        "people": 30,
        "addresses": ["s000001@example.ac.jp", "s000030@example.ac.jp"],
        "mailbox": "large.mailbox@example.ac.jp",
        "messages": 400,
        "folders": 25,
    }
    folders = GraphPerson(simulator, LARGE).every("/me/mailFolders/delta")
    usual = len(GraphPerson(simulator, "new.student").every("/me/mailFolders/delta"))
    assert before > usual
    assert len(folders) == usual + 25
    assert sum(row["totalItemCount"] for row in folders) == 400
    everybody = simulator.session.get(f"{simulator.address}/control/people?all=true", timeout=10).json()
    assert sum(row["address"].startswith("s0000") for row in everybody) == 30


def picture(simulator: Simulator, number: int) -> list[Any]:
    """What a tenant of this number looks like from outside."""
    simulator.reset()
    generate(simulator, number=number, people=3, messages=60, folders=6)
    large, small = GraphPerson(simulator, LARGE), GraphPerson(simulator, "s000002")
    listed = [person.every(f"/me/{what}?$top=100") for person in (large, small) for what in ("mailFolders", "messages")]
    names = [row["name"] for row in simulator.session.get(f"{simulator.address}/control/people?all=true").json()]
    return [listed, names, [rule | {"id": ""} for rule in large.rules()]]


def test_the_same_number_makes_the_same_tenant(simulator: Simulator) -> None:
    first, other, again = (picture(simulator, number) for number in (7, 8, 7))
    assert first == again
    assert first != other


def test_a_generated_person_signs_in_but_is_not_in_the_list(simulator: Simulator, application: Application) -> None:
    generate(simulator, number=7, people=5)
    assert "s000003@example.ac.jp" not in application.look(application.authorize_url()).text
    assert "s000003@example.ac.jp" not in {row["address"] for row in simulator.people()}
    token = application.sign_in("s000003")["access_token"]
    address = f"{simulator.address}/graph/v1.0/me"
    me = simulator.session.get(address, headers={"Authorization": f"Bearer {token}"}, timeout=10).json()
    assert me["mail"] == "s000003@example.ac.jp"
    assert me["displayName"]


def test_generated_mailboxes_take_mail_and_rules(simulator: Simulator) -> None:
    generate(simulator, number=7, people=5, messages=50, folders=5)
    for alias in (LARGE, "s000004"):
        owner = Owner(simulator, alias)
        folder = owner.every("/me/mailFolders?$filter=displayName eq '削除済みアイテム'")[0]["id"]
        owner.made_rule(
            displayName="made", conditions={"subjectContains": ["Arrived"]}, actions={"moveToFolder": folder}
        )
        assert "made" in owner.matched(letter("Arrived"))
        assert owner.subjects(folder)[0] == "Arrived"


def test_a_reset_takes_away_what_was_generated(simulator: Simulator) -> None:
    generate(simulator, number=7, people=5, messages=5)
    simulator.reset()
    everybody = simulator.session.get(f"{simulator.address}/control/people?all=true", timeout=10).json()
    assert everybody == simulator.people()
    assert LARGE not in {row["address"].partition("@")[0] for row in everybody}


@pytest.mark.parametrize(
    "wrong",
    [{}, {"number": 7}, {"people": -1}, {"people": 10**9}, {"people": "7"}, {"people": True}, {"peple": 7}],
    ids=str,
)
def test_a_plan_that_cannot_be_is_refused_with_a_reason(simulator: Simulator, wrong: dict[str, Any]) -> None:
    answer = generate(simulator, **wrong)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


def walk(person: GraphPerson, below: str = "/me/mailFolders") -> int:
    """How many folders there are, page by page and level by level."""
    rows = person.every(below)
    deeper = [row["id"] for row in rows if row["childFolderCount"]]
    return len(rows) + sum(walk(person, f"/me/mailFolders/{folder}/childFolders") for folder in deeper)


def delta(person: GraphPerson) -> int:
    return len(person.every("/me/mailFolders/delta"))


Listing = Callable[[GraphPerson], int]


def seconds_per_folder(simulator: Simulator, listing: Listing, folders: int) -> float:
    """Of listing them all: the quickest of five, for other programs are at work beside it."""
    simulator.reset()
    generate(simulator, number=7, messages=200, folders=folders)
    owner, quickest = GraphPerson(simulator, LARGE), float("inf")
    for _ in range(5):
        started = time.perf_counter()
        count = listing(owner)
        assert count > folders
        quickest = min(quickest, (time.perf_counter() - started) / count)
    return quickest


@pytest.mark.parametrize("listing", [walk, delta])
def test_listing_four_times_as_many_folders_takes_four_times_as_long(simulator: Simulator, listing: Listing) -> None:
    """With the square of their number, each folder would take four times as long."""
    assert seconds_per_folder(simulator, listing, 1000) < 3 * seconds_per_folder(simulator, listing, 250)


def test_a_folder_is_listed_as_quickly_beside_many_messages(simulator: Simulator) -> None:
    """Of the same hundred rows, in a mailbox with fifty times as many messages elsewhere."""

    def seconds(messages: int) -> float:
        simulator.reset()
        generate(simulator, number=7, messages=messages, folders=3)
        owner = GraphPerson(simulator, LARGE, ("Mail.ReadWrite",))
        folder = owner.ask("POST", "/me/mailFolders", json={"displayName": "hundred"}).json()["id"]
        for number in range(100):
            sent = {"subject": f"{number}", "body": {"content": "x"}}
            assert owner.ask("POST", f"/me/mailFolders/{folder}/messages", json=sent).status_code == 201
        quickest = float("inf")
        for _ in range(5):
            started = time.perf_counter()
            assert len(owner.get(f"/me/mailFolders/{folder}/messages?$top=100")["value"]) == 100
            quickest = min(quickest, time.perf_counter() - started)
        return quickest

    assert seconds(20_000) < 2 * seconds(400)
