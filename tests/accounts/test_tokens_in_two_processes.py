"""Two workers of the site and ten requests at once: one refresh at Microsoft.

On SQLite in every run. To see it elsewhere: `DATABASE_URL=postgres://… python -m pytest -rP` and this file.
"""

from __future__ import annotations

import pytest
from django.db import connection

from accounts.models import Lease
from tests.accounts.site_process import ended, start
from tests.accounts.test_tokens import let_the_token_end, person, refreshes
from tests.accounts.token_answer import TOKEN
from tests.front_door import sign_in_as
from tests.simulator_control import Simulator

WORKERS, REQUESTS = 2, 5


@pytest.mark.django_db(transaction=True)
def test_ten_requests_in_two_processes_make_one_refresh(simulator: Simulator) -> None:
    sign_in_as("full.mailbox")
    user = person()
    let_the_token_end(user)
    simulator.fault(TOKEN, delay_ms=500)
    command = ("-m", "tests.accounts.asking_process", str(user.pk), str(REQUESTS))
    workers = [start(*command) for _ in range(WORKERS)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    tokens = [token for worker in workers for token in ended(worker).split()]
    print(
        f"{connection.vendor}: {WORKERS} processes (pids {', '.join(str(worker.pid) for worker in workers)}), ", end=""
    )
    print(f"{len(tokens)} requests, {len(set(tokens))} token, {refreshes(simulator)} refresh")
    assert len(tokens) == WORKERS * REQUESTS
    assert len(set(tokens)) == 1
    assert refreshes(simulator) == 1
    assert not Lease.objects.exists()
