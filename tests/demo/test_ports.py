"""A taken port is noticed before a server could share it."""

from __future__ import annotations

import socket

import pytest

from demo.ports import find_free_port, require_free
from demo.settings import read_port


@pytest.mark.parametrize("shared", [False, True])
def test_a_taken_port_names_the_variable(shared: bool) -> None:
    with socket.socket() as taken:
        if shared:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {number} is taken; choose another with SIMULATOR_PORT="):
            require_free("SIMULATOR_PORT", number)


def test_a_free_port_is_left_free() -> None:
    number = find_free_port()
    require_free("PORT", number)
    require_free("PORT", number)


def test_a_port_that_is_just_closing_counts_as_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", number)) as visitor:
            server.accept()[0].close()
            visitor.recv(1)
    require_free("PORT", number)


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1", "8000x"])
def test_a_port_that_is_none_is_refused_by_name(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", value)
    with pytest.raises(SystemExit, match="PORT must be a port from 1 to 65535"):
        read_port("PORT", 8000)
