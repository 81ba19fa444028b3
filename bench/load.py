"""Load by wrk: as many requests as a server answers in a second or two, over connections that stay open."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.servers import BenchServer

REPORT = Path(__file__).with_name("report.lua")


class WrongAnswers(Exception):
    """The server did not answer as it was expected to; the figures would mean nothing."""


@dataclass(frozen=True)
class Load:
    """`per_second` as wrk saw it; `processor_us`: of the server's time, a request."""

    per_second: float
    processor_us: float


def put_on(server: BenchServer, path: str, headers: Mapping[str, str], *, connections: int, seconds: int = 1) -> Load:
    """Raises WrongAnswers when one answer had a status of 400 or more, or a connection broke."""
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
    command += ["--timeout", "30s", "--script", str(REPORT)]
    command += [word for name, value in headers.items() for word in ("--header", f"{name}: {value}")]
    before = server.processor_seconds
    done = subprocess.run([*command, server.address + path], capture_output=True, text=True, check=True)
    return read(done.stdout, server.processor_seconds - before)


def read(printed: str, processor_seconds: float) -> Load:
    """What report.lua printed last: one line of JSON."""
    seen = json.loads(printed.splitlines()[-1])
    if seen["refused"] or seen["broken"] or not seen["requests"]:
        raise WrongAnswers(printed)
    return Load(
        per_second=seen["requests"] / seen["seconds"],
        processor_us=processor_seconds / seen["requests"] * 1e6,
    )
