"""Who signs in, what is kept of them, and who may do a thing at the moment."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone


class User(AbstractBaseUser):
    """A member of the university, known by Entra's `tid` and `oid`.

    The address can change and can be given to somebody else later, so it is never a key:
    https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
    """

    tid = models.UUIDField()
    oid = models.UUIDField()
    address = models.CharField(max_length=320, blank=True)
    name = models.CharField(max_length=256, blank=True)
    # As the last sign-in had it: accounts.microsoft.identity.
    is_staff = models.BooleanField(default=False)
    # Microsoft asks for the password; there is no column that could hold one.
    password = None  # type: ignore[assignment]

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tid", "oid"], name="one_user_per_tid_and_oid")]

    def __str__(self) -> str:
        return f"user {self.pk}"


class Session(AbstractBaseSession):
    """A session that knows whose it is, so that the last one of a person can be known.

    `sid` is Entra's name for the sign-in it came from; `began` is the time of that sign-in, `seen` of the last request.
    What a session holds is read through the store (accounts.sessions), which stands above this: no get_decoded() here.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    sid = models.CharField(max_length=64, blank=True, db_index=True)
    began = models.DateTimeField(null=True)
    seen = models.DateTimeField(default=timezone.now, db_index=True)

    @property
    def number(self) -> str:
        """Names it in a form. The key itself would let whoever reads the page in."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:16]


class TokenCache(models.Model):
    """MSAL's token cache of one person, sealed. It lives as long as the person has a session."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="token_cache")
    sealed = models.TextField()
    # What Microsoft wants of the next sign-in (a claims challenge, JSON), after it refused a refresh.
    claims = models.TextField(blank=True)
    updated = models.DateTimeField()

    def __str__(self) -> str:
        return f"tokens of user {self.user_id}"


class Lease(models.Model):
    """The right to do one thing, until it is given back or expires."""

    key = models.CharField(max_length=200, primary_key=True)
    holder = models.CharField(max_length=32)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Probe(models.Model):
    """One row, written again and again, so that /readyz can tell whether anything can be written."""

    written = models.DateTimeField()

    def __str__(self) -> str:
        return f"written {self.written}"
