"""What Microsoft leaves open, in each way that a client may meet it; more is tested beside what it changes."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.graph_person import GraphPerson, code
from tests.simulator_control import Simulator


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox")


@pytest.mark.parametrize(
    ("how", "shown"), [("absent", {}), ("null", {"sizeInBytes": None}), ("number", {"sizeInBytes": 33500744909})]
)
def test_a_folder_may_come_with_a_size_that_no_type_declares(
    simulator: Simulator, person: GraphPerson, how: str, shown: dict[str, Any]
) -> None:
    """https://github.com/microsoftgraph/microsoft-graph-docs-contrib/pull/9463"""
    simulator.switch(folder_size_in_bytes=how)
    folder = person.get("/me/mailFolders/deleteditems")
    assert {name: value for name, value in folder.items() if name == "sizeInBytes"} == shown
    assert "sizeInBytes" not in person.get("/me/mailFolders/deleteditems?$select=displayName")
    assert person.ask("GET", "/me/mailFolders/deleteditems?$select=sizeInBytes").status_code == 400


@pytest.mark.behaviour(12)
@pytest.mark.parametrize("refusal", ["RequestBroker--ParseUri", "BadRequest"])
def test_an_unknown_property_has_one_code_or_the_other(simulator: Simulator, person: GraphPerson, refusal: str) -> None:
    simulator.switch(unknown_select_code=refusal)
    for query in ("$select=nonsense", "$filter=nonsense eq 1", "$orderby=nonsense", "$expand=nonsense"):
        assert code(person.ask("GET", f"/me/messages?{query}")) == (400, refusal)


@pytest.mark.parametrize(("required", "status"), [(True, 400), (False, 201)])
def test_a_rule_without_a_sequence(simulator: Simulator, person: GraphPerson, required: bool, status: int) -> None:
    simulator.switch(rule_sequence_required=required)
    assert person.make_rule(sequence=None).status_code == status


@pytest.mark.parametrize("longest", [10, 256])
def test_a_rules_name_has_a_longest(simulator: Simulator, person: GraphPerson, longest: int) -> None:
    simulator.switch(rule_name_limit=longest)
    assert person.make_rule(displayName="あ" * longest).status_code == 201
    assert person.make_rule(displayName="あ" * (longest + 1)).status_code == 400


@pytest.mark.parametrize(("taken", "status"), [(True, 201), (False, 400)])
def test_a_rule_may_name_a_folder_by_its_role(
    simulator: Simulator, person: GraphPerson, taken: bool, status: int
) -> None:
    simulator.switch(move_to_well_known=taken)
    answer = person.make_rule(actions={"moveToFolder": "Archive"})
    assert answer.status_code == status
    if taken:
        assert answer.json()["actions"]["moveToFolder"] == person.get("/me/mailFolders/archive")["id"]


@pytest.mark.parametrize("side_by_side", [1, 2, 4])
def test_items_of_a_batch_run_side_by_side(simulator: Simulator, person: GraphPerson, side_by_side: int) -> None:
    """Eight items of 100 ms each take no less than the rows they form."""
    simulator.switch(batch_parallelism=side_by_side)
    simulator.fault("GET /me/mailFolders/inbox", delay_ms=100)
    started = time.monotonic()
    items = ({"id": str(number), "method": "GET", "url": "/me/mailFolders/inbox"} for number in range(8))
    assert {answer["status"] for answer in person.answers(*items).values()} == {200}
    assert time.monotonic() - started >= 0.8 / side_by_side
    requests = [row for row in simulator.requests()["requests"] if row["batch"]]
    most = max(sum(it["started"] <= row["started"] < it["ended"] for it in requests) for row in requests)
    assert most == side_by_side


@pytest.mark.behaviour(8)
@pytest.mark.parametrize("at_once", [1, 2])
def test_a_mailbox_takes_so_many_requests_at_once(simulator: Simulator, person: GraphPerson, at_once: int) -> None:
    simulator.switch(mailbox_concurrency=at_once)
    simulator.fault("GET /me/mailFolders*", delay_ms=400)
    others = [GraphPerson(simulator, "full.mailbox") for _ in range(at_once + 1)]
    with ThreadPoolExecutor(at_once + 1) as pool:
        answers = list(pool.map(lambda it: it.ask("GET", "/me/mailFolders").status_code, others))
    assert set(answers) <= {200, 429}
    assert 429 in answers
