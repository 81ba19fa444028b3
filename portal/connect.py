"""A signed-in person's mailbox, opened for one page."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from accounts import outbound, tokens
from accounts.leases import Held, LeaseLost, LeaseTaken, lease
from accounts.models import User
from accounts.sealing import SealBroken, seal, unseal
from accounts.tokens import SignInUnavailable
from portal.graph.client import Graph

__all__ = [
    "NO_TOKEN",
    "Connection",
    "Held",
    "LeaseLost",
    "LeaseTaken",
    "SealBroken",
    "SignInUnavailable",
    "mailbox_lease",
    "mailbox_page",
    "open_mailbox",
    "seal",
    "unseal",
]

P = ParamSpec("P")

# Microsoft's answers for one page must come within this many seconds.
PAGE_SECONDS = 10.0
# Microsoft gives no token (any more), which may turn out in the middle of a page.
NO_TOKEN = (tokens.SignInNeeded, SignInUnavailable)


@dataclass(frozen=True)
class Connection:
    """Whose mailbox it is, and the way to it."""

    person: User
    graph: Graph


def open_mailbox(person: User, seconds: float = PAGE_SECONDS) -> Connection:
    """A connection for one page, or for `seconds` of it; what a token takes is part of that.

    Raises accounts.tokens.SignInNeeded or SignInUnavailable, and so does whatever is asked of Graph later: a token that
    it does not take any more is renewed.
    """
    ends = time.monotonic() + seconds

    def token_for(refused: str = "", claims: str | None = None) -> str:
        with outbound.within(ends - time.monotonic()):
            return tokens.access_token(person, settings.MAILBOX_SCOPES, refused=refused, claims=claims)

    token = token_for()

    def renew(claims: str | None) -> str:
        return token_for(token, claims)

    left = ends - time.monotonic()
    return Connection(person, Graph(outbound.session(), token, url=settings.GRAPH_URL, deadline=left, renew=renew))


def mailbox_lease(person: User, wait: float = 0) -> AbstractContextManager[Held]:
    """The right to change this person's mailbox, while the block runs: one change at a time. Raises LeaseTaken."""
    return lease(f"mailbox:{person.pk}", wait)


def mailbox_page(view: Callable[Concatenate[HttpRequest, Connection, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """For signed-in people: the view gets the mailbox as its second argument."""

    @login_required
    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, open_mailbox(request.user), *args, **kwargs)  # type: ignore[arg-type]

    return opened
