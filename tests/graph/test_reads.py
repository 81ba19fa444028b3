"""What each page reads, and in how many round trips."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.graph import errors
from portal.graph.client import Graph
from portal.graph.reads import read_forwarding, read_home, read_rules, read_usage
from portal.mailbox.folders import FolderRole, Tree
from portal.mailbox.forwarding import find_forwarding
from portal.mailbox.quota import QuotaState
from tests.graph.request_log import count_round_trips
from tests.simulator_control import Simulator

USUAL = 50 * 2**30
Opening = Callable[..., Graph]


def test_the_rules_page_takes_one_round_trip(open_graph: Opening, simulator: Simulator) -> None:
    read = read_rules(open_graph("rule.collector"))
    assert (len(read.rules), count_round_trips(simulator)) == (14, 1)
    assert isinstance(read.tree, Tree)
    rules = [stored.rule for stored in read.rules]
    assert [rule.hidden for rule in rules].count(True) == 1
    assert [rule.has_error for rule in rules].count(True) == 1


def test_rules_and_folders_beyond_one_page_are_followed(open_graph: Opening, simulator: Simulator) -> None:
    simulator.switch(rules_page_size=5)
    assert len(read_rules(open_graph("rule.collector")).rules) == 14


def test_the_rules_page_does_without_folders(open_graph: Opening, simulator: Simulator) -> None:
    simulator.fault("GET */delta*", status=503, headers={"Retry-After": "60"})
    read = read_rules(open_graph("rule.collector"))
    assert isinstance(read.tree, errors.Unavailable)
    assert read.rules


def test_the_rules_page_does_not_do_without_rules(open_graph: Opening, simulator: Simulator) -> None:
    simulator.fault("GET */messageRules", status=429, headers={"Retry-After": "9"})
    with pytest.raises(errors.Busy):
        read_rules(open_graph("rule.collector"))


def test_forwarding_takes_one_round_trip_and_sees_what_outlook_made(open_graph: Opening, simulator: Simulator) -> None:
    found = find_forwarding([stored.rule for stored in read_forwarding(open_graph("forwarder"))], "ours")
    assert count_round_trips(simulator) == 1
    assert found.is_on
    assert found.conditional
    assert found.ours is None


def test_home_takes_one_round_trip_and_each_part_fails_alone(open_graph: Opening, simulator: Simulator) -> None:
    home = read_home(open_graph("forwarder"), "forwarder@example.ac.jp")
    assert count_round_trips(simulator) == 1
    assert not isinstance(home.rules, errors.GraphProblem)
    assert not isinstance(home.tips, errors.GraphProblem)
    simulator.fault("GET */messageRules", status=500)
    home = read_home(open_graph("forwarder"), "forwarder@example.ac.jp")
    assert isinstance(home.rules, errors.Unavailable)
    assert not isinstance(home.tips, errors.GraphProblem)


def test_home_without_a_mailbox_says_so(open_graph: Opening) -> None:
    home = read_home(open_graph("no.licence"), "no.licence@example.ac.jp")
    assert isinstance(home.rules, errors.NoMailbox)


def test_a_token_that_is_not_taken_concerns_the_whole_page(open_graph: Opening) -> None:
    with pytest.raises(errors.SignInAgain):
        read_home(open_graph("forwarder", token="old"), "forwarder@example.ac.jp")


def test_a_nearly_full_mailbox_is_measured_in_two_round_trips(open_graph: Opening, simulator: Simulator) -> None:
    usage = read_usage(open_graph("full.mailbox"), "full.mailbox@example.ac.jp", USUAL)
    assert count_round_trips(simulator) == 2
    assert (usage.percent, usage.state, usage.unmeasured) == (98, QuotaState.LOOK, 0)
    assert usage.folders[0].role is FolderRole.DELETED
    assert usage.folders[0].items == 18204
    sizes = [folder.size or 0 for folder in usage.folders[1:]]
    assert sizes == sorted(sizes, reverse=True)
    assert usage.used == sum(sizes) + (usage.folders[0].size or 0)


def test_microsofts_word_makes_it_full(open_graph: Opening) -> None:
    usage = read_usage(open_graph("over.quota"), "over.quota@example.ac.jp", USUAL)
    assert (usage.full, usage.state) == (True, QuotaState.FULL)
    assert usage.limit_is_usual


def test_without_tips_it_is_not_known_whether_it_is_full(open_graph: Opening, simulator: Simulator) -> None:
    simulator.fault("POST */getMailTips", status=500)
    usage = read_usage(open_graph("over.quota"), "over.quota@example.ac.jp", USUAL)
    assert (usage.full, usage.state) == (None, QuotaState.LOOK)


def test_an_empty_mailbox_has_a_size_of_nothing(open_graph: Opening) -> None:
    usage = read_usage(open_graph("new.student"), "new.student@example.ac.jp", USUAL)
    assert (usage.used is not None, usage.percent, usage.state) == (True, 0, QuotaState.OK)


def test_without_folders_there_is_no_usage(open_graph: Opening, simulator: Simulator) -> None:
    simulator.fault("GET */delta*", status=500)
    with pytest.raises(errors.Unavailable):
        read_usage(open_graph("full.mailbox"), "full.mailbox@example.ac.jp", USUAL)
