"""What can go wrong with a request to Microsoft Graph: one family, told apart by status and code, never by message.

Source: https://learn.microsoft.com/graph/errors
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Trace:
    """What Microsoft's support asks for. `status` is 0 when no answer came; `at` is UTC."""

    status: int = 0
    code: str = ""
    request_id: str = ""
    client_request_id: str = ""
    at: datetime.datetime = field(default_factory=partial(datetime.datetime.now, datetime.UTC))


class GraphProblem(Exception):
    """A request failed. The text holds no address and no word of a message, so it may be logged."""

    def __init__(self, trace: Trace) -> None:
        super().__init__(trace)
        self.trace = trace

    @property
    def code(self) -> str:
        """Graph's word for it, for the log and the sign-in page; "" when there was no answer."""
        return self.trace.code

    @property
    def request_id(self) -> str:
        """Microsoft's number of the request, for the problem page."""
        return self.trace.request_id

    def __str__(self) -> str:
        trace = self.trace
        ids = f"request-id={trace.request_id} client-request-id={trace.client_request_id}"
        return f"{type(self).__name__} {trace.status} {trace.code} {ids}"


class SignInAgain(GraphProblem):
    """401: the token is no longer taken. `claims` is JSON to hand to the sign-in, when Microsoft asks for more.

    https://learn.microsoft.com/entra/identity-platform/claims-challenge
    """

    def __init__(self, trace: Trace, claims: str | None = None) -> None:
        super().__init__(trace)
        self.claims = claims


class Forbidden(GraphProblem):
    """403: a scope is missing, or Exchange refuses the mailbox; Microsoft does not tell these apart."""


class NoMailbox(GraphProblem):
    """The account has no mailbox in Exchange Online."""


class Missing(GraphProblem):
    """There is no such rule or folder (any more)."""


class QuotaExceeded(GraphProblem):
    """The mailbox is too full even for this request."""


class Busy(GraphProblem):
    """429: too many requests. `retry_after` is in seconds, None when Microsoft did not say."""

    def __init__(self, trace: Trace, retry_after: int | None = None) -> None:
        super().__init__(trace)
        self.retry_after = retry_after


class Unavailable(GraphProblem):
    """No usable answer: 5xx, too late, connection lost, or something that is not Graph's JSON.

    A write raises it only when nothing was sent (else Doubtful).
    """

    def __init__(self, trace: Trace, retry_after: int | None = None) -> None:
        super().__init__(trace)
        self.retry_after = retry_after


class NotSent(Unavailable):
    """The request did not leave: no connection, or no time left for the page."""


class NoAnswer(Unavailable):
    """The request left and no whole answer came. `lost`: the connection ended, rather than the time."""

    def __init__(self, trace: Trace, *, lost: bool) -> None:
        super().__init__(trace)
        self.lost = lost


class Refused(GraphProblem):
    """Another 4xx: Microsoft does not accept what was sent."""


class ReadOnlyRule(Refused):
    """Only Outlook can change this rule."""


class Doubtful(GraphProblem):
    """A write was sent and no usable answer came: it is not known whether Microsoft did it."""


def catch_problem(read: Callable[[], T]) -> T | GraphProblem:
    """What `read` returns, or the problem it raised, as a value: the page shows its other parts without it.

    Raises SignInAgain: a token that is no longer taken concerns the whole page.
    """
    try:
        return read()
    except SignInAgain:
        raise
    except GraphProblem as problem:
        return problem
