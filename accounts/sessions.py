"""Sessions: whose they are, how long they last, what a recent sign-in allows, and how they end.

Django's own store in the database, with columns for the person and the times:
https://docs.djangoproject.com/en/5.2/topics/http/sessions/#extending-database-backed-session-engines
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from accounts import audit
from accounts.models import Session, TokenCache, User
from accounts.paths import page_in_front, sign_in_path
from accounts.tokens import SignInNeeded

# In a session's data: when its person signed in here and when they last showed Microsoft who they are (both in seconds
# since 1970), and Entra's name for that sign-in.
SIGNED_IN, AUTHENTICATED, SID = "signed_in", "authenticated", "sid"
# What stays in the session when its person signs in again; the portal keeps a form there that waits for it.
KEPT_FORM = "kept_form"
# `seen` is written down this often (seconds), not at every request.
SEEN_EVERY = 60


class SessionStore(db.SessionStore):
    """Ends SESSION_AGE after the sign-in, and SESSION_IDLE after the last request (seconds)."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _validate_session_key(self, key: str) -> bool:
        """A cookie may hold anything, a NUL among it, which PostgreSQL refuses; our keys have letters and digits."""
        return bool(super()._validate_session_key(key)) and set(key) <= set(VALID_KEY_CHARS)  # type: ignore[misc]

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast("Session", super().create_model_instance(data))
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.sid = data.get(SID, "")
        if SIGNED_IN in data:
            session.began = datetime.fromtimestamp(data[SIGNED_IN], UTC)
            session.expire_date = session.began + timedelta(seconds=settings.SESSION_AGE)
        return session

    def _get_session_from_db(self) -> Session | None:
        session = cast("Session | None", super()._get_session_from_db())  # type: ignore[misc]
        if session is None:
            return None
        now = timezone.now()
        if session.seen <= idle_since(now):
            self._session_key = None
            return None
        if session.seen < now - timedelta(seconds=SEEN_EVERY):
            Session.objects.filter(pk=session.pk).update(seen=now)
        return session

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what has ended, and the tokens of everybody who has no session left."""
        super().clear_expired()
        Session.objects.filter(seen__lte=idle_since(timezone.now())).delete()
        TokenCache.objects.exclude(user__in=live_sessions().values("user")).delete()


class BackendWithTokens(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's, except that a person comes with their tokens in one query: every page about the mailbox needs them."""

    def get_user(self, user_id: Any) -> User | None:
        person = User.objects.select_related("token_cache").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None


def idle_since(now: datetime) -> datetime:
    """Who was last seen then or earlier has been away too long."""
    return now - timedelta(seconds=settings.SESSION_IDLE)


def live_sessions() -> QuerySet[Session]:
    now = timezone.now()
    return Session.objects.filter(user__isnull=False, expire_date__gt=now, seen__gt=idle_since(now))


def authenticated_at(session: Mapping[str, Any]) -> datetime:
    """When the person of a signed-in session last showed Microsoft who they are."""
    return datetime.fromtimestamp(session.get(AUTHENTICATED, 0), UTC)


class ConfirmationNeeded(SignInNeeded):
    """The last sign-in is too long ago for this: the person shows Microsoft once more that it is they."""


def require_recent_sign_in(request: HttpRequest) -> None:
    """Raises ConfirmationNeeded when the person showed Microsoft who they are more than STEP_UP_AGE seconds ago."""
    if timezone.now() - authenticated_at(request.session) > timedelta(seconds=settings.STEP_UP_AGE):
        raise ConfirmationNeeded("sign-in too long ago")


def end_sessions(sessions: QuerySet[Session], how: str) -> None:
    """End these sessions; tokens of people who have none left go with them. `how` is for the audit line."""
    people = list(User.objects.filter(sessions__in=sessions).distinct())
    sessions.delete()
    TokenCache.objects.filter(user__in=people).exclude(user__in=live_sessions().values("user")).delete()
    for person in people:
        audit.record(audit.Action.SIGN_OUT, how, person.oid)


def sign_out_everywhere(request: HttpRequest, person: User, how: str) -> None:
    """Sign a person out of everywhere, here too."""
    end_sessions(live_sessions().filter(user=person).exclude(pk=request.session.session_key), how)
    sign_out_here(request, person, how)


def sign_out_here(request: HttpRequest, person: User, how: str) -> None:
    """Sign a person out of this browser; the tokens go with their last session, of two that end at once too."""
    logout(request)
    TokenCache.objects.filter(user=person).exclude(user__in=live_sessions().values("user")).delete()
    audit.record(audit.Action.SIGN_OUT, how, person.oid)


class SessionEnded:
    """Leads to the sign-in page and back to the page that the person sees, not to the address they posted to.

    htmx would put the sign-in page into a part of the open one; HX-Redirect lets it go there instead.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.answer(request)
        if not leads_to_sign_in(response) or request.user.is_authenticated:
            return response
        there = sign_in_path(page_in_front(request))
        if comes_from_htmx(request):
            response = leave_page_for(there)
        elif request.method not in ("GET", "HEAD"):
            response["Location"] = there
        patch_vary_headers(response, ["HX-Request"])
        return response


def comes_from_htmx(request: HttpRequest) -> bool:
    """Whether the answer would be put into a part of the open page."""
    return request.headers.get("HX-Request") == "true"


def leave_page_for(target: str) -> HttpResponse:
    """Lets htmx leave the open page; a redirect it would follow into the part."""
    return HttpResponse(status=204, headers={"HX-Redirect": target, "Cache-Control": "no-store"})


def leads_to_sign_in(response: HttpResponseBase) -> bool:
    """Whether login_required, say, has answered."""
    return response.status_code == 302 and urlsplit(response["Location"]).path == reverse("accounts:sign-in")


def remember_sign_out(response: HttpResponse) -> None:
    """In a cookie: known to this browser alone, for the few minutes of the way back from Microsoft's sign-out."""
    response.set_cookie(
        settings.SIGNED_OUT_COOKIE_NAME,
        "1",
        max_age=settings.SIGNED_OUT_COOKIE_AGE,
        secure=settings.SIGNED_OUT_COOKIE_SECURE,
        httponly=settings.SIGNED_OUT_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def has_just_signed_out(request: HttpRequest) -> bool:
    return bool(request.COOKIES.get(settings.SIGNED_OUT_COOKIE_NAME))


def forget_sign_out(response: HttpResponse) -> None:
    """The page says it once."""
    response.delete_cookie(settings.SIGNED_OUT_COOKIE_NAME, samesite="Lax")
