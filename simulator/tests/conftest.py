"""The simulator is asked over the wire, as anybody else would ask it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from m365_simulator.testing import running_simulator
from tests.administrator import Administrator
from tests.application import Application
from tests.simulator_control import Simulator


@pytest.fixture(scope="session", autouse=True)
def _running() -> Iterator[None]:
    """One simulator for the whole run, or for each process of a run on several cores."""
    with running_simulator() as address:
        os.environ["SIMULATOR"] = address
        yield


@pytest.fixture(autouse=True)
def simulator() -> Iterator[Simulator]:
    """As it is at its start."""
    control = Simulator(os.environ["SIMULATOR"])
    control.reset()
    yield control
    control.session.close()


@pytest.fixture
def application() -> Iterator[Application]:
    made = Application()
    yield made
    made.browser.close()


@pytest.fixture
def administrator(simulator: Simulator) -> Administrator:
    return Administrator(simulator)
