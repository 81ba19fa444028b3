"""The machine that the figures were taken on, and how quiet it was."""

from __future__ import annotations

import datetime
import os
import platform
import time
from pathlib import Path
from typing import Any


def description() -> dict[str, Any]:
    """Date (UTC), processor, cores, memory (GB), kernel, Python, load average of the last minute."""
    return {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def calibration() -> float:
    """Milliseconds that a loop of fixed length takes: how far the machine itself wanders between two rounds."""
    began = time.perf_counter()
    for _ in range(1_000_000):
        pass
    return (time.perf_counter() - began) * 1000
