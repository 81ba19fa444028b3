"""The simulated Microsoft 365 as the bench wants it."""

from __future__ import annotations

from bench.plan import BenchPlan
from tests.simulator_control import Simulator

NO_LIMIT = 100_000_000


def calm(plan: BenchPlan) -> Simulator:
    """The simulator as at its start. Its limits for one mailbox are lifted: a few people stand for many."""
    simulator = Simulator(plan.simulator)
    simulator.reset()
    simulator.switch(mailbox_concurrency=NO_LIMIT, mailbox_rate=NO_LIMIT)
    return simulator


SCOPES = ["User.Read", "Mail.Read", "MailboxSettings.ReadWrite"]


def token(plan: BenchPlan, address: str) -> str:
    """Lets its bearer read the mailbox of that address."""
    wanted = {"address": address, "scopes": SCOPES}
    answer = Simulator(plan.simulator).session.post(f"{plan.simulator}/control/token", json=wanted, timeout=10)
    answer.raise_for_status()
    return str(answer.json()["access_token"])
