"""What an installation needs, tried: for the readiness check and for the doctor, each with words of its own."""

from __future__ import annotations

import secrets

from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from accounts.models import Probe
from accounts.resealing import SEALED_COLUMN, sealed_models
from accounts.sealing import SealBroken, unseal


def ask_database() -> None:
    """Raises the database's own error when it does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def write_row() -> None:
    """Overwrites the one row of its table. Raises the database's own error when that cannot be done."""
    row = Probe(pk=1, written=timezone.now())
    Probe.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["written"])


def cache_keeps() -> bool:
    """Whether the cache gives back what it was given. May raise an error of its backend's."""
    word = secrets.token_hex(8)
    cache.set(f"probe-{word}", word, 30)
    return bool(cache.get(f"probe-{word}") == word)


def find_unreadable_table() -> str:
    """The first table whose newest row no key of TOKEN_KEYS opens; a key that is missing shows there first."""
    for model in sealed_models():
        sealed = model._default_manager.order_by("-pk").values_list(SEALED_COLUMN, flat=True).first()
        try:
            if sealed is not None:
                unseal(sealed)
        except SealBroken:
            return str(model._meta.db_table)
    return ""
