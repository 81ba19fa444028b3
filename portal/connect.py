"""The one way from the features to the accounts: who somebody is, their mailbox, and what their sign-in allows.

A feature imports this and nothing of `accounts`, which can change behind it. What it may catch has its name here too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from accounts import audit, leases, outbound, sealing, sessions, tokens
from accounts.models import User
from portal.graph.client import Graph

P = ParamSpec("P")

# A member who has signed in: `pk`, `address` (as Microsoft has it now) and `name`.
Person: TypeAlias = User
# The right to change one mailbox, and why it is not there: somebody else has it, or it ran out before it was renewed.
MailboxLease: TypeAlias = leases.Held
LeaseTaken: TypeAlias = leases.LeaseTaken
LeaseLost: TypeAlias = leases.LeaseLost
# What was sealed cannot be read any more: no key of ours opens it.
SealBroken: TypeAlias = sealing.SealBroken
# Microsoft gives no token now, which is not the person's fault.
SignInUnavailable: TypeAlias = tokens.SignInUnavailable
# No token (any more), for that reason or since the person must sign in again. It may turn out in the middle of a page.
NO_TOKEN = (tokens.SignInNeeded, SignInUnavailable)


@dataclass(frozen=True)
class Connection:
    """Whose mailbox it is, and the way to it."""

    person: Person
    graph: Graph


def get_person(request: HttpRequest) -> Person:
    """Who is signed in; for views that only a signed-in person reaches."""
    return cast("Person", request.user)


def open_mailbox(person: Person, seconds: float | None = None) -> Connection:
    """A connection for PAGE_SECONDS, or for `seconds`; what a token takes is part of that.

    Raises what NO_TOKEN lists, and so does whatever is asked of Graph later: a token that it does not take any more is
    renewed.
    """
    ends = time.monotonic() + (settings.PAGE_SECONDS if seconds is None else seconds)

    def token_for(refused: str = "", claims: str | None = None) -> str:
        with outbound.limit_seconds(ends - time.monotonic()):
            return tokens.get_access_token(person, settings.MAILBOX_SCOPES, refused=refused, claims=claims)

    token = token_for()

    def renew(claims: str | None) -> str:
        return token_for(token, claims)

    left = ends - time.monotonic()
    return Connection(person, Graph(outbound.session(), token, url=settings.GRAPH_URL, deadline=left, renew=renew))


def mailbox_page(view: Callable[Concatenate[HttpRequest, Connection, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """For signed-in people: the view gets the mailbox as its second argument."""

    @login_required
    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, open_mailbox(get_person(request)), *args, **kwargs)

    return opened


def mailbox_lease(person: Person, wait: float = 0) -> AbstractContextManager[MailboxLease]:
    """The right to change this person's mailbox, while the block runs: one change at a time. Raises LeaseTaken."""
    return leases.lease(f"mailbox:{person.pk}", wait)


def require_recent_sign_in(request: HttpRequest) -> None:
    """For what lets mail out: raises an error that leads to Microsoft and back, if the sign-in was too long ago."""
    sessions.require_recent_sign_in(request)


def record_change(person: Person, kind: str, outcome: str, detail: str = "") -> None:
    """Write a line about a change of the mailbox into the audit log (docs/audit.md)."""
    audit.record(kind, outcome, person.oid, code=detail)


def seal(text: str) -> str:
    """`text` as only this site can read it, for what must not be readable in the database."""
    return sealing.seal(text)


def unseal(sealed: str) -> str:
    """The text that was sealed. Raises SealBroken."""
    return sealing.unseal(sealed)


def keep_form(request: HttpRequest, form: dict[str, Any]) -> None:
    """Let `form` (JSON) wait in the session for the person to sign in again. A sign-in of somebody else drops it."""
    request.session[sessions.KEPT_FORM] = form


def get_kept_form(request: HttpRequest) -> dict[str, Any] | None:
    """The form that waits in the session."""
    form: dict[str, Any] | None = request.session.get(sessions.KEPT_FORM)
    return form


def drop_kept_form(request: HttpRequest) -> None:
    del request.session[sessions.KEPT_FORM]


def has_just_signed_out(request: HttpRequest) -> bool:
    """Whether somebody signed out in this browser in the last minutes."""
    return sessions.has_just_signed_out(request)


def forget_sign_out(response: HttpResponse) -> None:
    """The page that says so says it once."""
    sessions.forget_sign_out(response)
