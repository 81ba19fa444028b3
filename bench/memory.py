"""How much memory a process holds."""

from __future__ import annotations

from pathlib import Path


def resident(pid: int) -> float:
    """MB (1,000,000 bytes). https://man7.org/linux/man-pages/man5/proc_pid_status.5.html, VmRSS in KiB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise ProcessLookupError(f"process {pid} has ended")
