"""The one door out: every request to Microsoft leaves through `session()`.

With SIMULATOR set, Microsoft's two hosts are played by a simulator on this machine. All else is refused
in either case, so no address that came from elsewhere can make the site call a third host.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import BaseAdapter, HTTPAdapter

CONNECTIONS = 32

# When (time.monotonic) the answers must have come that the page in hand waits for.
_ends: ContextVar[float] = ContextVar("ends", default=math.inf)


class HostRefused(requests.RequestException):
    """Not a host that this site talks to."""


@lru_cache(maxsize=1)
def session() -> requests.Session:
    """This process's session: pooled connections, no retries, nothing taken from the environment."""
    door = requests.Session()
    door.trust_env = False
    door.verify = settings.OUTBOUND_CA or True
    door.proxies = {"https": settings.OUTBOUND_PROXY} if settings.OUTBOUND_PROXY else {}
    # Microsoft's cookies would be shared by everybody who uses this process.
    door.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    door.adapters.clear()
    door.mount("http://", Refuse())
    door.mount("https://", Refuse())
    for origin, prefix in list_hosts().items():
        door.mount(f"{origin}/", Simulate(settings.SIMULATOR, prefix) if settings.SIMULATOR else Send())
    return door


@contextmanager
def limit_seconds(seconds: float) -> Iterator[None]:
    """What the block asks of Microsoft, through whatever library, is waited for no longer than this."""
    token = _ends.set(min(_ends.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _ends.reset(token)


def left() -> float:
    """Seconds that the page in hand still has for Microsoft's answers; infinite where nobody set a limit."""
    return _ends.get() - time.monotonic()


def list_hosts() -> dict[str, str]:
    """Microsoft's hosts, and where the simulator has each."""
    graph = urlsplit(settings.GRAPH_URL)
    return {settings.LOGIN_HOST: "/login", f"{graph.scheme}://{graph.netloc}": "/graph"}


def visible(url: str) -> str:
    """An address of Microsoft's as a browser reaches it: unchanged, or the simulator's."""
    for origin, prefix in list_hosts().items():
        if settings.SIMULATOR and url.startswith(f"{origin}/"):
            return settings.SIMULATOR + prefix + url.removeprefix(origin)
    return url


class Send(HTTPAdapter):
    """The pool, with our timeouts (connect, read) where the caller names none, and none beyond the page's time."""

    def __init__(self) -> None:
        super().__init__(pool_connections=1, pool_maxsize=CONNECTIONS, max_retries=0)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        remaining = left()
        if remaining <= 0:
            raise requests.ConnectTimeout("the page's time is over", request=request)
        timeout = options.get("timeout") or settings.OUTBOUND_TIMEOUTS
        connect, read = timeout if isinstance(timeout, tuple) else (timeout, timeout)
        options["timeout"] = (min(connect, remaining), min(read, remaining))
        return super().send(request, **options)


class Simulate(Send):
    """Sends the same request to the simulator, under a prefix, with Microsoft's Host header."""

    def __init__(self, simulator: str, prefix: str) -> None:
        super().__init__()
        self.place = simulator + prefix

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        address = urlsplit(request.url or "")
        simulated = request.copy()
        simulated.url = self.place + address._replace(scheme="", netloc="").geturl()
        simulated.headers["Host"] = address.netloc
        response = super().send(simulated, **{**options, "proxies": {}})
        response.url, response.request = request.url or "", request
        return response


class Refuse(BaseAdapter):
    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]
        raise HostRefused(f"this site does not talk to {urlsplit(request.url or '').hostname}", request=request)

    def close(self) -> None:
        """Nothing is open."""
