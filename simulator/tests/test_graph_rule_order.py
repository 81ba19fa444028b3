"""The places of rules."""

from __future__ import annotations

import pytest

from tests.graph_person import GraphPerson
from tests.simulator_control import Simulator


@pytest.fixture
def collector(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "rule.collector")


def test_moving_a_rule_to_the_front_moves_the_others_down(collector: GraphPerson) -> None:
    before = [rule["displayName"] for rule in collector.rules()]
    made = collector.made_rule(displayName="first")
    assert collector.right(collector.change_rule(made["id"], sequence=1), 200)["sequence"] == 1
    rules = collector.rules()
    assert [rule["displayName"] for rule in rules] == ["first", *before]
    assert [rule["sequence"] for rule in rules] == list(range(1, 16))


def test_places_can_also_collide(simulator: Simulator, collector: GraphPerson) -> None:
    simulator.switch(sequence_collision="duplicate")
    made = collector.made_rule(displayName="first")
    collector.change_rule(made["id"], sequence=1)
    assert [rule["sequence"] for rule in collector.rules()][:3] == [1, 1, 2]
