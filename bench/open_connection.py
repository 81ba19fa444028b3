"""A connection that stays open, with as little around it as can be: what is timed here is the site, not the reader."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from bench.person import PATIENCE

TIMING = re.compile(r"(\w+);dur=([\d.]+)")


@dataclass(frozen=True)
class Visit:
    """One answer, times in milliseconds: `whole` for the reader, `graph` waited for Microsoft, `cpu` of our thread.

    `size` is bytes as sent, `statements` those that the database ran.
    """

    whole: float
    graph: float
    cpu: float
    statements: int
    size: int

    @property
    def own(self) -> float:
        return self.whole - self.graph


class WrongStatus(Exception):
    """The page was not answered with 200."""


class OpenConnection:
    """From somebody signed in to an application of bench/apps/timing.py; `cookie` is the header's value."""

    def __init__(self, site: str, cookie: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", urlsplit(site).port, timeout=PATIENCE)
        self.connection.connect()
        self.headers = {"Host": urlsplit(site).netloc, "Accept-Encoding": "gzip", "Cookie": cookie}

    def visit(self, path: str) -> Visit:
        """Raises WrongStatus."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        whole = (time.perf_counter() - began) * 1000
        if answer.status != 200:
            raise WrongStatus(f"{path} answered {answer.status}")
        timings = {name: float(value) for name, value in TIMING.findall(answer.headers["Server-Timing"])}
        return Visit(whole, timings["graph"], timings["cpu"], int(timings["sql"]), len(body))
