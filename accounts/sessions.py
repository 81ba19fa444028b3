"""Sessions in the database, indexed by person: Django's own store with one column more.

https://docs.djangoproject.com/en/5.2/topics/http/sessions/#extending-database-backed-session-engines
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Session, TokenCache, User


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast("Session", super().create_model_instance(data))
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return session

    @classmethod
    def clear_expired(cls) -> None:
        """Delete expired sessions, and the tokens of everybody who has none left."""
        super().clear_expired()
        TokenCache.objects.exclude(user__in=live_sessions().values("user")).delete()


def live_sessions() -> Any:
    return Session.objects.filter(user__isnull=False, expire_date__gt=timezone.now())


def forget_tokens(sender: type, request: HttpRequest, user: User | None, **signal: Any) -> None:
    """Delete a person's tokens when the session that ends is their last (receives user_logged_out)."""
    if user is None:
        return
    others = live_sessions().filter(user=user).exclude(session_key=request.session.session_key)
    if not others.exists():
        TokenCache.objects.filter(user=user).delete()
