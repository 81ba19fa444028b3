"""What only somebody who has just signed in may do."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.sessions import authenticated_at
from accounts.tokens import SignInNeeded


class ConfirmationNeeded(SignInNeeded):
    """The last sign-in is too long ago for this: the person shows Microsoft once more that it is they."""


def require_recent_sign_in(request: HttpRequest) -> None:
    """Raises ConfirmationNeeded when the person showed Microsoft who they are more than STEP_UP_AGE seconds ago."""
    if timezone.now() - authenticated_at(request.session) > timedelta(seconds=settings.STEP_UP_AGE):
        raise ConfirmationNeeded("sign-in too long ago")
