"""How a session's number becomes its person again."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class WithTokens(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's, except that a person comes with their tokens in one query: every page about the mailbox needs them."""

    def get_user(self, user_id: Any) -> User | None:
        person = User.objects.select_related("token_cache").filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
