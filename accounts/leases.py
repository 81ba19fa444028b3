"""Locks that many processes share and that a crash cannot keep: rows with a unique key and an expiry.

Each step is one short transaction; none is open while the holder talks to Microsoft.
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Lease

# Seconds between two tries of one who waits.
PAUSE = 0.03


class LeaseTaken(Exception):
    """Somebody else holds it and did not give it back in time."""


@contextmanager
def lease(key: str, seconds: float, wait: float = 0) -> Iterator[None]:
    """Hold `key` (up to 200 characters) while the block runs, for at most `seconds`.

    Whoever finds it taken tries again for `wait` seconds, then LeaseTaken is raised. The block must
    end within `seconds`: after that somebody else may hold the key.
    """
    holder = secrets.token_hex(16)
    until = time.monotonic() + wait
    while not take(key, holder, seconds):
        if time.monotonic() >= until:
            raise LeaseTaken(key)
        time.sleep(PAUSE * random.uniform(0.5, 1.5))  # noqa: S311  # nosec B311  # only spreads the tries
    try:
        yield
    finally:
        Lease.objects.filter(key=key, holder=holder).delete()


def take(key: str, holder: str, seconds: float) -> bool:
    """Whether `holder` has the lease now. An expired one is cleared away first."""
    now = timezone.now()
    try:
        with transaction.atomic():
            Lease.objects.filter(key=key, expires_at__lte=now).delete()
            Lease.objects.create(key=key, holder=holder, expires_at=now + timedelta(seconds=seconds))
    except IntegrityError:
        return False
    return True
