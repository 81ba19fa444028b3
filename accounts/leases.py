"""Locks that many processes share and that a crash cannot keep: rows with a unique key and an expiry.

Each step is one short transaction; none is open while the holder talks to Microsoft.
"""

from __future__ import annotations

import logging
import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Lease

log = logging.getLogger("accounts")

# Seconds between two tries of one who waits.
PAUSE = 0.03
# Seconds that a lease outlives its holder, and between two renewals by one who lives.
EXPIRY, RENEWAL = 6.0, 2.0
# A holder who lives has more than this left, also when a renewal was half a second late.
LEFT_TO_THE_LIVING = EXPIRY - RENEWAL - 0.5


class LeaseTaken(Exception):
    """Somebody else holds it and did not give it back in time."""


class LeaseLost(Exception):
    """It ran out before it was renewed: somebody else may hold it, or has held it, by now."""


class Held:
    """A lease that this process holds, until EXPIRY seconds after it was last renewed."""

    def __init__(self, key: str) -> None:
        self.key, self.holder = key, secrets.token_hex(16)
        self.ends = 0.0

    def take(self) -> bool:
        """Whether this process holds it now. An expired one is cleared away first."""
        began, now = time.monotonic(), timezone.now()
        try:
            with transaction.atomic():
                Lease.objects.filter(key=self.key, expires_at__lte=now).delete()
                Lease.objects.create(key=self.key, holder=self.holder, expires_at=now + timedelta(seconds=EXPIRY))
        except IntegrityError:
            return False
        self.ends = began + EXPIRY
        return True

    def renew(self) -> None:
        """Hold it for another EXPIRY seconds. Raises LeaseLost.

        What has run out is lost, though nobody may have taken it: a process that was stopped cannot know.
        """
        began, now = time.monotonic(), timezone.now()
        row = Lease.objects.filter(key=self.key, holder=self.holder, expires_at__gt=now)
        renewed = began < self.ends and row.update(expires_at=now + timedelta(seconds=EXPIRY))
        # The database may have let us wait for longer than the lease lasts.
        self.ends = began + EXPIRY if renewed else 0.0
        if time.monotonic() >= self.ends:
            raise LeaseLost(self.key)

    def give_back(self) -> None:
        """A row that cannot be deleted, on a full disk say, expires by itself."""
        try:
            Lease.objects.filter(key=self.key, holder=self.holder).delete()
        except DatabaseError as error:
            log.error("a lease could not be given back: %s", type(error).__name__)


@contextmanager
def lease(key: str, wait: float = 0, most: float = EXPIRY + 1) -> Iterator[Held]:
    """Hold `key` (up to 200 characters) while the block runs; it is renewed from a thread of its own.

    Whoever finds it taken tries again for `wait` seconds, then LeaseTaken is raised; but a lease that is not renewed
    any more, since its holder died, is waited for until it expires, up to `most` seconds. Before the block does what
    must be done once, it calls `renew` itself: a process that was stopped for a while has lost the lease unknowingly.
    """
    held = Held(key)
    began = time.monotonic()
    while not held.take():
        waited = time.monotonic() - began
        if waited >= wait and (not wait or waited >= most or is_renewed(key)):
            raise LeaseTaken(key)
        time.sleep(PAUSE * random.uniform(0.5, 1.5))  # noqa: S311  # nosec B311  # only spreads the tries
    over = Event()
    renewals = Thread(target=keep_renewing, args=(held, over), name=f"lease {key}", daemon=True)
    try:
        renewals.start()
        yield held
    finally:
        over.set()
        if renewals.is_alive():
            renewals.join()
        held.give_back()


def is_renewed(key: str) -> bool:
    """Whether somebody who lives holds it."""
    least = timezone.now() + timedelta(seconds=LEFT_TO_THE_LIVING)
    return Lease.objects.filter(key=key, expires_at__gt=least).exists()


def keep_renewing(held: Held, over: Event) -> None:
    """Most blocks are over before the first renewal; then no connection to the database is opened."""
    try:
        while not over.wait(RENEWAL):
            try:
                held.renew()
            except LeaseLost:
                return
            except DatabaseError as error:
                log.warning("a lease could not be renewed: %s", type(error).__name__)
                connection.close()  # the next renewal may do better on a new one
    finally:
        connection.close()
