"""Sealing again, under the first of TOKEN_KEYS, of everything that the database keeps sealed, while the site runs.

What is sealed is kept in columns named `sealed`, of whatever app. No row is locked: it is written only if nobody wrote
it since it was read, so what a refresh or a change put there meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model

from accounts.sealing import SealBroken, reseal

SEALED_COLUMN = "sealed"
# Rows that one query reads.
ROWS_PER_QUERY = 200


@dataclass
class Count:
    """`resealed` now; `current` were under the first key already; no key of ours opens the `unreadable` ones."""

    resealed: int = 0
    current: int = 0
    unreadable: int = 0


def reseal_all() -> Count:
    """Every row of every model. Broken off, it can be begun again: what was done counts as current then."""
    count = Count()
    for model in sealed_models():
        for key, sealed in read_rows(model):
            outcome = reseal_row(model, key, sealed)
            setattr(count, outcome, getattr(count, outcome) + 1)
    return count


def sealed_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if has_column(model)]


def has_column(model: type[Model]) -> bool:
    try:
        model._meta.get_field(SEALED_COLUMN)
    except FieldDoesNotExist:
        return False
    return True


def read_rows(model: type[Model]) -> Iterator[tuple[Any, str]]:
    """Primary key and what is sealed, in batches by key: nothing is kept open while a batch is worked on."""
    every = model._default_manager.order_by("pk").values_list("pk", SEALED_COLUMN)
    batch = list(every[:ROWS_PER_QUERY])
    while batch:
        yield from batch
        batch = list(every.filter(pk__gt=batch[-1][0])[:ROWS_PER_QUERY])


def reseal_row(model: type[Model], key: Any, sealed: str) -> str:
    """The field of Count that it belongs to. `sealed` is what was read; a row that changed since is read again."""
    while not is_current(sealed):
        try:
            fresh = reseal(sealed)
        except SealBroken:
            return "unreadable"
        row = model._default_manager.filter(pk=key)
        if row.filter(**{SEALED_COLUMN: sealed}).update(**{SEALED_COLUMN: fresh}):
            return "resealed"
        changed = row.values_list(SEALED_COLUMN, flat=True).first()
        if changed is None:  # gone with its person's last session, or too old
            return "current"
        sealed = changed
    return "current"


def is_current(sealed: str) -> bool:
    """Whether the first key opens it."""
    try:
        Fernet(settings.TOKEN_KEYS[0]).decrypt(sealed)
    except InvalidToken:
        return False
    return True
