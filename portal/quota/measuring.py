"""How full a mailbox is, and when it was asked. The figures are kept for a while, for the home page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from portal.connect import Connection, Person
from portal.graph.usage import read_usage
from portal.mailbox.quota import Usage

SECONDS_KEPT = 5 * 60


@dataclass(frozen=True)
class Measured:
    """The usage as Microsoft gave it at a time (UTC)."""

    usage: Usage
    at: datetime.datetime


def measure_usage(connection: Connection) -> Measured:
    """Ask Microsoft, in two round trips, and keep the figures. Raises GraphProblem.

    Nothing that this site changes takes or frees space, so what is kept is as old as its time says and no older.
    """
    limit = settings.SERVICE.limits.mailbox_bytes or None
    measured = Measured(read_usage(connection.graph, connection.person.address, limit), timezone.now())
    cache.set(_key(connection.person), remove_names(measured), SECONDS_KEPT)
    return measured


def find_measured(person: Person) -> Measured | None:
    """What was measured in the last five minutes; of the folders it knows Deleted Items alone."""
    found = cache.get(_key(person))
    return found if isinstance(found, Measured) else None


def remove_names(measured: Measured) -> Measured:
    """The names of folders are the person's own and stay out of the cache."""
    deleted = measured.usage.deleted
    folders = (replace(deleted, id="", name="", parent_id=None),) if deleted else ()
    return replace(measured, usage=replace(measured.usage, folders=folders))


def _key(person: Person) -> str:
    return f"usage:{person.pk}"
