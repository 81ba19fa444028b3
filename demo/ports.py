"""Ports of this machine: whether one is free, asked by a plain bind, since some servers silently share a taken one."""

from __future__ import annotations

import errno
import socket
import sys

LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def require_free(name: str, port: int) -> None:
    """Ends with one sentence that names the variable when `port` cannot be used."""
    for family, host in LOOPBACK:
        problem = refusal(family, host, port)
        if problem == errno.EADDRINUSE:
            sys.exit(f"Port {port} is taken; choose another with {name}=, for example {name}={port + 1}.")
        if problem == errno.EACCES:
            sys.exit(f"Port {port} may not be used by this account; choose one from 1024 on with {name}=.")


def refusal(family: int, host: str, port: int) -> int | None:
    """The error number of a bind, None when it works; a machine without IPv6 has nothing there to be taken."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # Connections of a server that has just ended do not count; one that listens does.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        return error.errno
    return None
