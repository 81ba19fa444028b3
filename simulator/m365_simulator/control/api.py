"""Who may steer: programs on this machine, never a web page.

A page could send a simple request here, but not one with these content types (the browser asks
first, and nobody answers), and not with a loopback Host after rebinding a name of its own.
"""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

from m365_simulator.settings import LOOPBACK_HOSTS

ACCEPTED = ("application/json", "message/rfc822")
View = Callable[[HttpRequest], HttpResponse]


class ControlError(Exception):
    """Answered as `{"error": text}` with this status."""

    def __init__(self, status: int, text: str) -> None:
        self.status, self.text = status, text
        super().__init__(text)


def for_programs(*methods: str) -> Callable[[View], View]:
    """403 for another Host, 405, 415 for a write without one of the content types."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest) -> HttpResponse:
            try:
                check(request, methods)
                return view(request)
            except ControlError as error:
                return answer({"error": error.text}, error.status)

        checked.methods = methods  # type: ignore[attr-defined]  # for the list of all
        return checked

    return wrap


def answer(content: Any, status: int = 200) -> HttpResponse:
    """JSON for the eyes too: Japanese as it is, and a line of its own; half a surrogate pair stays escaped."""
    body = json.dumps(content, ensure_ascii=False, cls=DjangoJSONEncoder).encode("utf-8", "backslashreplace") + b"\n"
    return HttpResponse(body, status=status, content_type="application/json")


def check(request: HttpRequest, methods: tuple[str, ...]) -> None:
    host, _ = split_domain_port(request.get_host())
    if host not in LOOPBACK_HOSTS:
        raise ControlError(403, "Steering works on a loopback address only.")
    if request.method not in methods:
        raise ControlError(405, f"Use {' or '.join(methods)}.")
    if request.method != "GET" and request.content_type not in ACCEPTED:
        raise ControlError(415, f"Send Content-Type {' or '.join(ACCEPTED)}.")


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The body. Raises ControlError 400 unless it is a JSON object."""
    try:
        body = json.loads(request.body or b"{}")
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise ControlError(400, "The body must be a JSON object.")
    return body
