"""People who use the site, and the way they look at a page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tests.front_door import Reader, sign_in_as
from tests.simulator_control import Simulator


@pytest.fixture(autouse=True)
def _plain_static_files(settings: object) -> None:
    """Pages under test name the source files; tests/browser/ sees the built ones."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def simulator() -> Iterator[Simulator]:
    """The simulated Microsoft 365 as it is at its start."""
    from accounts.microsoft.entra import forget_answers
    from django.core.cache import cache

    cache.clear()
    forget_answers()
    control = Simulator(os.environ["SIMULATOR"])
    control.reset()
    yield control


@pytest.fixture
def visitor(db: object) -> Reader:
    """Somebody who has not signed in."""
    return Reader(Client(SERVER_NAME="localhost", SERVER_PORT="8000", enforce_csrf_checks=True))


@pytest.fixture
def signed_in(db: object) -> Callable[[str], Reader]:
    """Signs one of the simulated people in, through the front door: signed_in("full.mailbox")."""
    return sign_in_as


PEOPLE = ("new.student", "full.mailbox", "over.quota", "forwarder", "rule.collector", "helpdesk", "no.licence")


def _person(name: str) -> Callable[..., Reader]:
    @pytest.fixture(name=name.replace(".", "_"))
    def person(db: object) -> Reader:
        return sign_in_as(name)

    return person


for _name in PEOPLE:
    globals()[_name.replace(".", "_")] = _person(_name)
