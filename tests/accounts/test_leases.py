"""A lease is held by one, renewed while its holder lives, and survives nobody."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.leases import EXPIRY, RENEWAL, Held, LeaseLost, LeaseTaken, lease
from accounts.models import Lease

pytestmark = pytest.mark.django_db(transaction=True)


def left_by_a_dead_process(key: str, seconds: float) -> Held:
    """A lease that nobody renews, with `seconds` left."""
    held = Held(key)
    assert held.take()
    Lease.objects.filter(key=key).update(expires_at=timezone.now() + timedelta(seconds=seconds))
    return held


def test_a_lease_is_held_once_and_given_back():
    with lease("one"):
        assert Lease.objects.get().key == "one"
        with pytest.raises(LeaseTaken), lease("one"):
            pass
        with lease("another"):
            pass

    assert not Lease.objects.exists()
    with lease("one"):
        pass


def test_a_lease_is_given_back_when_its_block_fails():
    with pytest.raises(ZeroDivisionError), lease("one"):
        raise ZeroDivisionError

    assert not Lease.objects.exists()


def test_a_lease_is_renewed_while_its_holder_lives_so_nobody_else_gets_it():
    with lease("one"):
        expiry = Lease.objects.get().expires_at
        with pytest.raises(LeaseTaken), lease("one", wait=RENEWAL + 0.5):
            pass
        assert Lease.objects.get().expires_at > expiry


def test_the_lease_of_a_dead_process_is_waited_for_until_it_expires():
    left_by_a_dead_process("one", EXPIRY / 3)
    began = time.monotonic()
    with lease("one", wait=0.1):
        assert 1 < time.monotonic() - began < EXPIRY / 3 + 0.5


def test_who_has_little_time_does_not_wait_for_a_dead_process_either():
    left_by_a_dead_process("one", EXPIRY / 2)
    began = time.monotonic()
    with pytest.raises(LeaseTaken), lease("one", wait=0.1, most=0.5):
        pass
    assert time.monotonic() - began < 1


def test_who_does_not_wait_is_told_at_once():
    left_by_a_dead_process("one", EXPIRY / 3)
    with pytest.raises(LeaseTaken), lease("one"):
        pass


def test_what_has_run_out_is_lost_though_nobody_took_it():
    held = left_by_a_dead_process("one", -1)
    with pytest.raises(LeaseLost):
        held.renew()
    with pytest.raises(LeaseLost):
        held.renew()


def test_what_somebody_else_took_is_lost_and_stays_theirs():
    late = left_by_a_dead_process("one", -1)
    with lease("one"):
        with pytest.raises(LeaseLost):
            late.renew()
        late.give_back()
        assert Lease.objects.count() == 1


def test_nobody_is_in_the_block_together_with_another():
    inside, most, count = 0, 0, 0
    start = threading.Barrier(8)

    def work(_: int) -> None:
        nonlocal inside, most, count
        start.wait(5)
        for _ in range(3):
            with lease("one", wait=20):
                inside += 1
                most, count = max(most, inside), count + 1
                time.sleep(0.005)
                inside -= 1
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert (most, count) == (1, 24)


def test_no_transaction_is_open_inside():
    with lease("one"):
        assert not connection.in_atomic_block
