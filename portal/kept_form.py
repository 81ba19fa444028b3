"""A form that a sign-in came in between of: what was typed waits in the session, sealed, and is shown again once."""

from __future__ import annotations

import time

from django.http import HttpRequest, QueryDict

from accounts.sealing import SealBroken, seal, unseal
from accounts.sessions import KEPT_FORM as KEPT

# Seconds that a sign-in may take, and characters of a form that is kept.
LONGEST_WAIT = 15 * 60
LONGEST_FORM = 20_000


def keep(request: HttpRequest) -> None:
    """Keep what was posted, for the person who is signed in; nobody else will see it, a new session starts empty."""
    if request.method != "POST" or not request.user.is_authenticated:
        return
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    typed = fields.urlencode()
    if len(typed) <= LONGEST_FORM:
        request.session[KEPT] = {"path": request.path, "fields": seal(typed), "until": time.time() + LONGEST_WAIT}


def take(request: HttpRequest, *paths: str) -> QueryDict | None:
    """What was posted to one of the paths before the sign-in; it is forgotten with this."""
    kept = request.session.get(KEPT)
    if not kept or kept["path"] not in paths:
        return None
    del request.session[KEPT]
    if kept["until"] < time.time():
        return None
    try:
        return QueryDict(unseal(kept["fields"]))
    except SealBroken:
        return None
