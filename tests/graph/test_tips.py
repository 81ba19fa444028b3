"""Microsoft's word on whether a mailbox is full."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.graph.client import Graph
from portal.graph.tips import Tips, tips_of, tips_read


@pytest.mark.parametrize(("name", "full"), [("over.quota", True), ("full.mailbox", False), ("new.student", False)])
def test_microsoft_says_who_is_full(open_graph: Callable[..., Graph], name: str, full: bool) -> None:
    answer = open_graph(name).batch([tips_read(f"{name}@example.ac.jp")])
    tips = tips_of(answer[0])
    assert tips.full is full
    assert tips.max_message


@pytest.mark.parametrize("value", [[], [{"error": {"code": "x"}}], [{"mailboxFull": "yes", "maxMessageSize": True}], 7])
def test_tips_that_say_nothing_are_not_known(value: Any) -> None:
    assert tips_of({"value": value}) == Tips()
