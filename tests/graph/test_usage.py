"""How full a mailbox is, by the sizes of its folders and by Microsoft's own word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.graph import errors
from portal.graph.client import Graph
from portal.graph.folders import read_tree
from portal.graph.usage import Tips, decode_size, decode_tips, make_tips_read, measure_folders, read_usage
from portal.mailbox.folders import FolderRole
from portal.mailbox.quota import QuotaState
from tests.graph.request_log import count_round_trips
from tests.simulator_control import Simulator

USUAL = 50 * 2**30
OpenGraph = Callable[..., Graph]


def test_a_nearly_full_mailbox_is_measured_in_two_round_trips(open_graph: OpenGraph, simulator: Simulator) -> None:
    usage = read_usage(open_graph("full.mailbox"), "full.mailbox@example.ac.jp", USUAL)
    assert count_round_trips(simulator) == 2
    assert (usage.percent, usage.state, usage.unmeasured) == (98, QuotaState.NEARLY_FULL, 0)
    assert usage.folders[0].role is FolderRole.DELETED
    assert usage.folders[0].items == 18204
    sizes = [folder.size or 0 for folder in usage.folders[1:]]
    assert sizes == sorted(sizes, reverse=True)
    assert usage.used == sum(sizes) + (usage.folders[0].size or 0)


def test_microsofts_word_makes_it_full(open_graph: OpenGraph) -> None:
    usage = read_usage(open_graph("over.quota"), "over.quota@example.ac.jp", USUAL)
    assert (usage.full, usage.state) == (True, QuotaState.FULL)


def test_without_tips_it_is_not_known_whether_it_is_full(open_graph: OpenGraph, simulator: Simulator) -> None:
    simulator.fault("POST */getMailTips", status=500)
    usage = read_usage(open_graph("over.quota"), "over.quota@example.ac.jp", USUAL)
    assert (usage.full, usage.state) == (None, QuotaState.NEARLY_FULL)


def test_an_empty_mailbox_has_a_size_of_nothing(open_graph: OpenGraph) -> None:
    usage = read_usage(open_graph("new.student"), "new.student@example.ac.jp", USUAL)
    assert (usage.used is not None, usage.percent, usage.state) == (True, 0, QuotaState.OK)


def test_without_folders_there_is_no_usage(open_graph: OpenGraph, simulator: Simulator) -> None:
    simulator.fault("GET */delta*", status=500)
    with pytest.raises(errors.Unavailable):
        read_usage(open_graph("full.mailbox"), "full.mailbox@example.ac.jp", USUAL)


def test_a_folder_whose_size_cannot_be_read_is_left_unmeasured(graph: Graph, simulator: Simulator) -> None:
    tree = read_tree(graph)
    simulator.fault("GET /me/mailFolders/*", status=500, times=1)
    measured = measure_folders(graph, tree.folders)
    assert sum(folder.size is None for folder in measured) == 1


def test_without_any_size_it_is_a_problem(graph: Graph, simulator: Simulator) -> None:
    tree = read_tree(graph)
    simulator.fault("GET /me/mailFolders/*", status=503, headers={"Retry-After": "60"})
    with pytest.raises(errors.Unavailable):
        measure_folders(graph, tree.folders)
    assert measure_folders(graph, []) == ()


@pytest.mark.parametrize(
    ("properties", "size"),
    [
        ([{"id": "Long 0xe08", "value": "33501302784"}], 33501302784),
        ([{"id": "Integer 0x666e", "value": "1"}, {"id": "long 0x0E08", "value": "0"}], 0),
        ([{"id": "Long 0xe08", "value": "-1"}], None),
        ([{"id": "Long", "value": "1"}, "x"], None),
        ([], None),
        (None, None),
        ("x", None),
    ],
)
def test_a_size_is_text_under_a_normalised_id(properties: Any, size: int | None) -> None:
    assert decode_size({"singleValueExtendedProperties": properties}) == size


@pytest.mark.parametrize(("name", "full"), [("over.quota", True), ("full.mailbox", False), ("new.student", False)])
def test_microsoft_says_who_is_full(open_graph: Callable[..., Graph], name: str, full: bool) -> None:
    answer = open_graph(name).batch([make_tips_read(f"{name}@example.ac.jp")])
    tips = decode_tips(answer[0])
    assert tips.full is full
    assert tips.max_message


@pytest.mark.parametrize("value", [[], [{"error": {"code": "x"}}], [{"mailboxFull": "yes", "maxMessageSize": True}], 7])
def test_tips_that_say_nothing_are_not_known(value: Any) -> None:
    assert decode_tips({"value": value}) == Tips()
