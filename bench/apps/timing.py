"""A header on each answer of an application that says how long it waited for Microsoft, and what it asked.

`Server-Timing` (https://www.w3.org/TR/server-timing/) carries, for one page: `graph`, the milliseconds from a request
sent to the first byte of its answer; `cpu`, the milliseconds of processor time of the page's own thread; `sql`, how
many statements the database ran.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import requests
from django.db.backends.signals import connection_created
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Tally(threading.local):
    """Of the page that this thread is making."""

    graph = 0.0  # seconds
    sql = 0


tally = Tally()


class TimedConnection(HTTPConnection):
    def getresponse(self) -> Any:
        began = time.perf_counter()
        try:
            return super().getresponse()
        finally:
            tally.graph += time.perf_counter() - began


class TimedPool(HTTPConnectionPool):
    ConnectionCls = TimedConnection


def counted(execute: Callable[..., Any], *call: Any) -> Any:
    tally.sql += 1
    return execute(*call)


def count_statements(connection: Any, **signal: Any) -> None:
    if counted not in connection.execute_wrappers:
        connection.execute_wrappers.append(counted)


def timed(application: Application, session: requests.Session) -> Application:
    """`session` is the one that asks Microsoft: its pools are made of timed connections from now on."""
    for adapter in session.adapters.values():
        if isinstance(adapter, HTTPAdapter):
            adapter.poolmanager.pool_classes_by_scheme = {"http": TimedPool}
    connection_created.connect(count_statements)

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        tally.graph, tally.sql, began = 0.0, 0, time.thread_time()

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            busy = (time.thread_time() - began) * 1000
            timings = f"graph;dur={tally.graph * 1000:.3f}, cpu;dur={busy:.3f}, sql;dur={tally.sql}"
            return start_response(status, [*headers, ("Server-Timing", timings)], *failure)

        return application(environ, start)

    return answer
