"""`manage.py rotate_keys`: everything under the first key, and nothing lost of what the site writes meanwhile."""

from __future__ import annotations

import io
import json
import uuid

import pytest
from cryptography.fernet import Fernet
from django.conf import LazySettings
from django.core.management import call_command
from django.utils import timezone

from accounts.models import TokenCache, User
from accounts.resealing import is_current, reseal_row, sealed_models
from accounts.sealing import seal, unseal
from accounts.tokens import get_access_token
from portal.changes.journal import Change, Kind
from tests.accounts.site_process import ended, start
from tests.accounts.test_tokens import person, renewed
from tests.front_door import Reader

PEOPLE = 150


@pytest.fixture
def keys(settings: LazySettings) -> tuple[str, str]:
    """The old one, in force, and a new one."""
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    settings.TOKEN_KEYS = [old]
    return old, new


def rotated() -> list[int]:
    """Runs the command: sealed again, current, unreadable."""
    said = io.StringIO()
    call_command("rotate_keys", stdout=said)
    return numbers(said.getvalue())


def numbers(said: str) -> list[int]:
    return [int(line.rpartition(": ")[2]) for line in said.splitlines()]


def somebody(tokens: str = "x") -> User:
    user = User.objects.create(tid=uuid.uuid4(), oid=uuid.uuid4())
    TokenCache.objects.create(user=user, sealed=seal(tokens), updated=timezone.now())
    return user


def changed(user: User, rule: str) -> Change:
    change = Change(person=user, ticket=rule, kind=Kind.CREATE_RULE)
    change.contents = {"before": rule}
    change.save()
    return change


def test_tokens_and_the_journal_are_all_that_is_sealed() -> None:
    assert {model.__name__ for model in sealed_models()} == {"TokenCache", "Change"}


@pytest.mark.django_db
def test_everything_is_sealed_again_and_the_old_key_can_go(settings: LazySettings, keys: tuple[str, str]) -> None:
    old, new = keys
    user = somebody("tokens")
    change = changed(user, "rule")
    updated = user.token_cache.updated
    settings.TOKEN_KEYS = [new, old]
    assert rotated() == [2, 0, 0]
    assert rotated() == [0, 2, 0]
    settings.TOKEN_KEYS = [new]
    row = TokenCache.objects.get(user=user)
    assert (unseal(row.sealed), row.updated) == ("tokens", updated)
    assert Change.objects.get(pk=change.pk).contents == {"before": "rule"}


@pytest.mark.django_db
def test_what_no_key_opens_is_counted_and_left(settings: LazySettings, keys: tuple[str, str]) -> None:
    lost = somebody()
    settings.TOKEN_KEYS = [keys[1]]
    somebody()
    before = TokenCache.objects.get(user=lost).sealed
    assert rotated() == [0, 1, 1]
    assert TokenCache.objects.get(user=lost).sealed == before


@pytest.mark.django_db
def test_nobody_is_signed_out(full_mailbox: Reader, settings: LazySettings) -> None:
    token = get_access_token(person(), settings.MAILBOX_SCOPES)
    settings.TOKEN_KEYS = [Fernet.generate_key().decode(), *settings.TOKEN_KEYS]
    assert rotated() == [1, 0, 0]
    settings.TOKEN_KEYS = settings.TOKEN_KEYS[:1]
    assert full_mailbox.open("/ja/rules/").address == "/ja/rules/"
    assert get_access_token(person(), settings.MAILBOX_SCOPES) == token


@pytest.mark.django_db
def test_a_refresh_between_reading_and_writing_is_not_lost(full_mailbox: Reader, settings: LazySettings) -> None:
    read = person().token_cache.sealed
    newer = renewed(person())
    settings.TOKEN_KEYS = [Fernet.generate_key().decode(), *settings.TOKEN_KEYS]
    assert reseal_row(TokenCache, person().pk, read) == "resealed"
    assert is_current(person().token_cache.sealed)
    assert get_access_token(person(), settings.MAILBOX_SCOPES) == newer


@pytest.mark.django_db
def test_a_row_that_went_between_reading_and_writing_is_not_made_again(
    settings: LazySettings, keys: tuple[str, str]
) -> None:
    user = somebody()
    read = user.token_cache.sealed
    TokenCache.objects.all().delete()
    settings.TOKEN_KEYS = [keys[1], keys[0]]
    assert reseal_row(TokenCache, user.pk, read) == "current"
    assert not TokenCache.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_processes_rotate_while_a_third_writes(settings: LazySettings, keys: tuple[str, str]) -> None:
    """The third does not know the new key yet, as while the site's processes are restarted one by one."""
    old, new = keys
    people = [somebody(json.dumps([0])) for _ in range(PEOPLE)]
    for user in people[:20]:
        changed(user, "rule")
    settings.TOKEN_KEYS = [new, old]
    rotating = [start("manage.py", "rotate_keys") for _ in range(2)]
    settings.TOKEN_KEYS = [old, new]
    rounds = 0
    while any(process.poll() is None for process in rotating):
        rounds += 1
        for user in people[::10]:
            TokenCache.objects.filter(user=user).update(sealed=seal(json.dumps([rounds])))
    counts = [numbers(ended(process)) for process in rotating]
    assert all(sum(count) == PEOPLE + 20 and count[2] == 0 for count in counts)
    assert sum(count[0] for count in counts) >= PEOPLE + 20
    for place, user in enumerate(people):
        sealed = TokenCache.objects.get(user=user).sealed
        assert json.loads(unseal(sealed)) == [rounds if place % 10 == 0 else 0]
    settings.TOKEN_KEYS = [new, old]
    rotated()
    settings.TOKEN_KEYS = [new]
    assert rotated() == [0, PEOPLE + 20, 0]
