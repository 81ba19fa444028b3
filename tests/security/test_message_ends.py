"""The server and a proxy before it agree where a request ends: nothing can be hidden behind one (request smuggling)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.demo_site import DemoSite, running_demo

SECOND = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as site:
        yield site


def statuses(demo: DemoSite, headers: str, body: str) -> list[int]:
    """Of all answers to a form with these headers and this body, with a second request behind it."""
    host, port = urlsplit(demo.site).hostname, urlsplit(demo.site).port
    with socket.create_connection((host, port), timeout=10) as line:
        line.sendall(f"POST /ja/nowhere/ HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n{body}{SECOND}".encode("latin-1"))
        said = b"".join(iter(lambda: line.recv(65536), b""))
    return [int(part.split()[0]) for part in said.split(b"HTTP/1.1 ")[1:]]


def test_a_length_counts(demo: DemoSite) -> None:
    assert statuses(demo, "Content-Length: 3\r\n", "a=b")[1:] == [200]


def test_chunks_count_and_a_length_beside_them_does_not(demo: DemoSite) -> None:
    body = "3\r\na=b\r\n0\r\n\r\n"
    assert statuses(demo, CHUNKED, body)[1:] == [200]
    for length in (0, 3, 500):
        answered = statuses(demo, f"Content-Length: {length}\r\n{CHUNKED}", body)
        # The connection may be closed after such a request (RFC 9112, section 6.1).
        assert answered[1:] in ([], [200]), answered


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: 3\r\nContent-Length: 4\r\n",
        "Content-Length: 3, 4\r\n",
        "Content-Length: +3\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x3\r\n",
        "Content-Length : 3\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding : chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "Content-Length: 3\r\n\x00: x\r\n",
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(demo: DemoSite, headers: str) -> None:
    assert statuses(demo, headers, "a=b") == [400]
