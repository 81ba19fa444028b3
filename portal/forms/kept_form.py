"""A form that a sign-in came in between of: what was typed waits in the session, sealed, and is shown again once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, QueryDict

from portal.connect import SealBroken, drop_kept_form, get_kept_form, keep_form, seal, unseal

# Seconds that a sign-in may take, and characters of a form that is kept.
LONGEST_WAIT = 15 * 60
LONGEST_FORM = 20_000

View = TypeVar("View", bound=Callable[..., object])


def can_be_kept(view: View) -> View:
    """For a view whose form can be shown again after a sign-in: only those are kept."""
    view.can_be_kept = True  # type: ignore[attr-defined]
    return view


def place_of(request: HttpRequest, *names: str) -> list[str]:
    """A page in any language: its view's name and the values in its address. `names` are other views of that place."""
    match = request.resolver_match
    if match is None:
        return []
    return [f"{name} {sorted(match.kwargs.items())}" for name in (match.view_name, *names)]


def keep_posted(request: HttpRequest) -> None:
    """Keep what was posted, for the person who is signed in; nobody else will see it, a new session starts empty."""
    match = request.resolver_match
    if request.method != "POST" or match is None or not hasattr(match.func, "can_be_kept"):
        return
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    length = sum(len(text) for _, texts in fields.lists() for text in texts)
    if request.user.is_authenticated and length <= LONGEST_FORM:
        until = time.time() + LONGEST_WAIT
        keep_form(request, {"place": place_of(request)[0], "fields": seal(fields.urlencode()), "until": until})


def take_posted(request: HttpRequest, *names: str) -> QueryDict | None:
    """What was posted to this page, or to the views `names`, before the sign-in; it is forgotten with this."""
    kept = get_kept_form(request)
    if not kept or kept.get("place") not in place_of(request, *names):
        return None
    drop_kept_form(request)
    if kept["until"] < time.time():
        return None
    try:
        return QueryDict(unseal(kept["fields"]))
    except SealBroken:
        return None
