"""The site is killed while a change of each of a few people is under way, and started again."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from tests.sequences.sites import Server

MEETING = 90.0  # seconds until all have a form to send
IN_FLIGHT = 1.4  # seconds until all requests have come to Microsoft; they are held for 1.5
DOWN = 30.0


class Killing:
    """The main thread kills; each of so many people meets the others first, so that all of them are hit by one."""

    def __init__(self, people: int) -> None:
        self.missing = self.landing = people
        self.lock = threading.Lock()
        self.ready, self.flying, self.over = threading.Event(), threading.Event(), threading.Event()
        self.at = 0.0

    def meet(self) -> None:
        with self.lock:
            self.missing -= 1
            if self.missing <= 0:
                self.ready.set()
        self.ready.wait(MEETING)

    def in_flight(self) -> None:
        with self.lock:
            self.landing -= 1
            if self.landing <= 0:
                self.flying.set()
        self.over.wait(DOWN)

    def stay_away(self) -> None:
        """For who comes to no form, or to no end."""
        with self.lock:
            self.missing -= 1
            self.landing -= 1
            if self.missing <= 0:
                self.ready.set()
            if self.landing <= 0:
                self.flying.set()

    def carry_out(self, servers: Sequence[Server]) -> None:
        """Call from the main thread, which outlives what it starts."""
        self.ready.wait(MEETING)
        self.flying.wait(IN_FLIGHT)
        for server in servers:
            server.kill()
        self.at = time.monotonic()
        for server in servers:
            server.start()
        for server in servers:
            server.wait()
        self.over.set()
