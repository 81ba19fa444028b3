"""What the home page reads of a mailbox."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.graph import errors
from portal.graph.client import Graph
from portal.graph.home import read_home
from tests.graph.request_log import count_round_trips
from tests.simulator_control import Simulator

OpenGraph = Callable[..., Graph]


def test_home_takes_one_round_trip_and_each_part_fails_alone(open_graph: OpenGraph, simulator: Simulator) -> None:
    home = read_home(open_graph("forwarder"), "forwarder@example.ac.jp")
    assert count_round_trips(simulator) == 1
    assert not isinstance(home.rules, errors.GraphProblem)
    assert not isinstance(home.tips, errors.GraphProblem)
    simulator.fault("GET */messageRules", status=500)
    home = read_home(open_graph("forwarder"), "forwarder@example.ac.jp")
    assert isinstance(home.rules, errors.Unavailable)
    assert not isinstance(home.tips, errors.GraphProblem)


def test_home_without_a_mailbox_says_so(open_graph: OpenGraph) -> None:
    home = read_home(open_graph("no.licence"), "no.licence@example.ac.jp")
    assert isinstance(home.rules, errors.NoMailbox)


def test_a_token_that_is_not_taken_concerns_the_whole_page(open_graph: OpenGraph) -> None:
    with pytest.raises(errors.SignInAgain):
        read_home(open_graph("forwarder", token="old"), "forwarder@example.ac.jp")
