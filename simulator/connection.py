"""The connection that the running thread answers (one thread serves one connection)."""

import contextlib
import socket
import threading

_here = threading.local()


def serve(connection: socket.socket) -> None:
    _here.connection = connection


def drop() -> None:
    """Close it without an answer, as a broken network does."""
    connection: socket.socket | None = getattr(_here, "connection", None)
    if connection:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
