"""Requests printed on Microsoft's pages are taken by the simulator, and answered as printed there.

A file in pages/ has the page's address and its examples: the request as it is printed; what its ids
and addresses stand for; the status, the type and the members of the printed answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.graph_person import GraphPerson
from tests.published.arranged import Arranged, ask
from tests.published.types import element, members, misfits
from tests.simulator_control import Simulator

PAGES: dict[str, list[dict[str, Any]]] = {
    path.stem: json.loads(path.read_text())["examples"] for path in sorted((Path(__file__).parent / "pages").iterdir())
}


def printed() -> Iterator[Any]:
    for page, examples in PAGES.items():
        for number, example in enumerate(examples, start=1):
            yield pytest.param(example, id=f"{page} {number}")


@pytest.fixture
def arranged(simulator: Simulator) -> Arranged:
    return Arranged(simulator, PAGES)


@pytest.mark.parametrize("example", list(printed()))
def test_a_printed_request_has_the_printed_answer(arranged: Arranged, example: dict[str, Any]) -> None:
    for need in example.get("needs", ()):
        arranged.make(need)
    answer = ask(arranged.person, request_of(example, arranged))
    expected = example["answer"]
    assert answer.status_code == expected["status"], answer.text
    for name, value in expected.get("headers", {}).items():
        assert answer.headers[name].startswith(value)
    if "members" in expected:
        body = whole(arranged.person, answer)
        assert list(missing(body, expected)) == []
        assert list(unprinted(body, expected, exactly=example.get("exactly", False))) == []


def request_of(example: dict[str, Any], arranged: Arranged) -> dict[str, Any]:
    """With what the page's ids and addresses stand for in this mailbox."""
    text = json.dumps(example["request"] | example.get("instead", {}))
    for printed_id, what in example.get("stands_for", {}).items():
        text = text.replace(printed_id, arranged.make(what))
    made: dict[str, Any] = json.loads(text)
    return made


def whole(person: GraphPerson, answer: requests.Response) -> dict[str, Any]:
    """The body; a list's first two pages as one, since a page prints few rows of many."""
    body: dict[str, Any] = answer.json()
    if "@odata.nextLink" in body:
        body["value"] += person.get(body["@odata.nextLink"])["value"]
    return body


def missing(body: dict[str, Any], expected: dict[str, Any]) -> Iterator[str]:
    there = set(members(body))
    return (name for name in expected["members"] if name not in there)


def unprinted(body: dict[str, Any], expected: dict[str, Any], *, exactly: bool) -> Iterator[str]:
    """What Graph does not declare; with `exactly` also what this page does not print."""
    if expected["type"] != "value":
        yield from misfits(body, expected["type"])
    if exactly:
        yield from (name for name in members(body) if name not in expected["members"] and "@odata." not in name)


def test_a_member_that_does_not_come_is_noticed() -> None:
    expected = {"members": ["id", "conditions", "conditions/subjectContains"]}
    assert list(missing({"id": "1", "conditions": {}}, expected)) == ["conditions/subjectContains"]


def test_a_member_that_graph_does_not_have_is_noticed() -> None:
    rule = {"id": "1", "actions": {"moveTo": "2"}, "sequence": "3", "owner": None}
    said = list(misfits({"value": [rule], "@odata.context": ""}, "Collection(messageRule)"))
    assert said[0] == "value[] has no member owner"
    assert set(said[1:]) == {"value[]/actions has no member moveTo", "value[]/sequence is no Edm.Int32: '3'"}


def test_every_type_that_is_printed_is_declared() -> None:
    plain = ("text", "value")
    types = [ex["answer"]["type"] for examples in PAGES.values() for ex in examples if "type" in ex["answer"]]
    for declared in types:
        assert declared in plain or list(misfits({"value": []} if element(declared) else {}, declared)) == []
