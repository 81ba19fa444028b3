from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.leases import LeaseTaken, lease
from accounts.models import Lease

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_lease_is_held_once_and_given_back():
    with lease("one", 30):
        assert Lease.objects.get().key == "one"
        with pytest.raises(LeaseTaken), lease("one", 30):
            pass
        with lease("another", 30):
            pass

    assert not Lease.objects.exists()
    with lease("one", 30):
        pass


def test_a_lease_is_given_back_when_its_block_fails():
    with pytest.raises(ZeroDivisionError), lease("one", 30):
        raise ZeroDivisionError

    assert not Lease.objects.exists()


def test_an_expired_lease_can_be_taken_and_its_old_holder_takes_nothing_away():
    with lease("one", 0.05):
        time.sleep(0.1)
        with lease("one", 30):
            holder = Lease.objects.get().holder
            Lease.objects.filter(key="one", holder="the first").delete()
        with lease("one", 30):
            assert Lease.objects.get().holder != holder


def test_the_late_end_of_an_expired_lease_leaves_the_new_one_alone():
    late = lease("one", 0.05)
    late.__enter__()
    time.sleep(0.1)
    with lease("one", 30):
        late.__exit__(None, None, None)
        assert Lease.objects.count() == 1


def test_nobody_is_in_the_block_together_with_another():
    inside, most, count = 0, 0, 0
    start = threading.Barrier(8)

    def work(_: int) -> None:
        nonlocal inside, most, count
        start.wait(5)
        for _ in range(3):
            with lease("one", 30, wait=20):
                inside += 1
                most, count = max(most, inside), count + 1
                time.sleep(0.005)
                inside -= 1
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))

    assert (most, count) == (1, 24)


def test_no_transaction_is_open_inside():
    with lease("one", 30):
        assert not connection.in_atomic_block
