"""People who use the site, and the way they look at a page."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from tests.front_door import Reader, sign_in_as
from tests.simulator_control import Simulator

# The limits on forms. Tests send more in a minute than a person may; tests/web/test_limits.py turns them on.
LIMITS = settings.ACCOUNT_RATE_LIMITS


@pytest.fixture(autouse=True)
def _plain_static_files(settings: object) -> None:
    """Pages under test name the source files; tests/browser/ sees the built ones."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _no_limits(settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {}  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A database file of this run's own: threads share it as the site's processes do."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "portal.sqlite":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def simulator() -> Simulator:
    """The simulated Microsoft 365 as it is at its start."""
    from django.core.cache import cache

    from accounts.microsoft.entra import forget_answers
    from portal.status.health import findings

    cache.clear()
    forget_answers()
    findings.forget()
    control = Simulator(os.environ["SIMULATOR"])
    control.reset()
    return control


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
