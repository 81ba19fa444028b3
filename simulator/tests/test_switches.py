"""Every undocumented choice is a named switch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from m365_simulator import switches
from tests.simulator_control import Simulator


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    yield
    switches.reset()


@pytest.mark.parametrize("switch", switches.TABLE, ids=lambda switch: switch.name)
def test_a_switch_says_what_it_does_and_where_that_comes_from(switch: switches.Switch) -> None:
    assert switch.says
    assert switch.source.startswith("https://")
    assert switch.admits(switch.default)
    assert all(switch.admits(value) for value in switch.alternatives)


def test_a_value_holds_until_the_reset() -> None:
    switches.put("rule_strings", "upper")
    assert switches.value("rule_strings") == "upper"
    switches.reset()
    assert switches.value("rule_strings") == "as_sent"


def test_unknown_names_and_values_are_refused() -> None:
    with pytest.raises(KeyError):
        switches.put("nonsense", 1)
    for name, value in (("rule_strings", "nonsense"), ("quota_properties", 1), ("rules_page_size", "5")):
        with pytest.raises(ValueError, match="does not take"):
            switches.put(name, value)


def test_a_reset_of_the_simulator_puts_all_back(simulator: Simulator) -> None:
    simulator.switch(rules_page_size=3)
    simulator.reset()
    listed = simulator.session.get(f"{simulator.address}/control/switches", timeout=10).json()["switches"]
    assert all(row["value"] == row["default"] for row in listed)
