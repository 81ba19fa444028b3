"""Sessions in the database: Django's own store, with columns for whose they are and how long they may last.

https://docs.djangoproject.com/en/5.2/topics/http/sessions/#extending-database-backed-session-engines
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts import audit
from accounts.models import Session, TokenCache, User

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


def idle_since(now: datetime) -> datetime:
    """Who was last seen then or earlier has been away too long."""
    return now - timedelta(seconds=settings.SESSION_IDLE)


def live_sessions() -> QuerySet[Session]:
    now = timezone.now()
    return Session.objects.filter(user__isnull=False, expire_date__gt=now, seen__gt=idle_since(now))


def authenticated_at(session: Mapping[str, Any]) -> datetime:
    """When the person of a signed-in session last showed Microsoft who they are."""
    return datetime.fromtimestamp(session.get(AUTHENTICATED, 0), UTC)


def end(sessions: QuerySet[Session], how: str) -> None:
    """End these sessions; tokens of people who have none left go with them. `how` is for the audit line."""
    people = list(User.objects.filter(sessions__in=sessions).distinct())
    sessions.delete()
    TokenCache.objects.filter(user__in=people).exclude(user__in=live_sessions().values("user")).delete()
    for person in people:
        audit.record(audit.Action.SIGN_OUT, how, person.oid)


def end_all(request: HttpRequest, person: User, how: str) -> None:
    """Sign a person out of everywhere, here too."""
    end(live_sessions().filter(user=person).exclude(pk=request.session.session_key), how)
    end_here(request, person, how)


def end_here(request: HttpRequest, person: User, how: str) -> None:
    """Sign a person out of this browser; the tokens go with their last session, of two that end at once too."""
    logout(request)
    TokenCache.objects.filter(user=person).exclude(user__in=live_sessions().values("user")).delete()
    audit.record(audit.Action.SIGN_OUT, how, person.oid)
