"""Access tokens: from the cache while they last, by one refresh for everybody when they do not."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import connection

from accounts.models import Lease, TokenCache, User
from accounts.sealing import seal, unseal
from accounts.tokens import (
    SignInNeeded,
    SignInUnavailable,
    find_cached_token,
    get_access_token,
    load_tokens,
    remember_claims,
    store_refreshed,
)
from tests.accounts.token_answer import TOKEN, query_of
from tests.front_door import at_microsoft, filled, sign_in_as

SCOPES = settings.MAILBOX_SCOPES


def refreshes(simulator) -> int:
    """Requests to the token endpoint, less the one of the sign-in and the first one for the mailbox."""
    return sum(row["path"].startswith("/oauth2/v2.0/token") for row in simulator.requests()["requests"]) - 2


def person(name: str = "full.mailbox") -> User:
    return User.objects.get(address=f"{name}@example.ac.jp")


def renewed(user: User) -> str:
    """Another token, after Graph did not take the one that is kept."""
    kept = load_tokens(user)
    return get_access_token(user, SCOPES, refused=find_cached_token(kept.cache, SCOPES) or "" if kept else "")


def let_the_token_end(user: User, seconds_left: int = 200) -> None:
    """As if the sign-in had been an hour ago."""
    cache = json.loads(unseal(TokenCache.objects.get(user=user).sealed))
    for entry in cache["AccessToken"].values():
        entry["expires_on"] = str(int(time.time()) + seconds_left)
    TokenCache.objects.filter(user=user).update(sealed=seal(json.dumps(cache)))


def test_the_session_the_person_their_tokens_and_what_is_in_doubt_are_read_in_three_queries(
    full_mailbox, django_assert_num_queries
):
    with django_assert_num_queries(3):
        assert full_mailbox.open("/ja/forwarding/").status == 200


def test_who_signed_out_between_two_requests_has_no_token_at_hand(full_mailbox):
    TokenCache.objects.all().delete()

    assert full_mailbox.open("/ja/forwarding/").address.startswith("/ja/accounts/sign-in/")


def test_a_token_comes_from_the_cache_while_it_lasts(full_mailbox, simulator):
    tokens = {get_access_token(person(), SCOPES) for _ in range(3)}

    assert len(tokens) == 1
    assert refreshes(simulator) == 0


def test_the_tokens_are_sealed_in_the_database(full_mailbox):
    row = person().token_cache

    assert get_access_token(person(), SCOPES) not in row.sealed
    assert "refresh" not in row.sealed.lower()


def test_a_token_that_is_about_to_end_is_renewed_and_kept(full_mailbox, simulator):
    old = get_access_token(person(), SCOPES)
    let_the_token_end(person())
    new = get_access_token(person(), SCOPES)

    assert old != new == get_access_token(person(), SCOPES)
    assert refreshes(simulator) == 1


def test_a_token_that_graph_refused_can_be_renewed(full_mailbox, simulator):
    old = get_access_token(person(), SCOPES)

    assert renewed(person()) != old
    assert refreshes(simulator) == 1


def test_claims_are_handed_to_microsoft(full_mailbox, simulator):
    old = get_access_token(person(), SCOPES)
    assert get_access_token(person(), SCOPES, refused=old, claims='{"access_token":{"nbf":{"essential":true}}}') != old
    assert refreshes(simulator) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_requests_at_once_make_one_refresh(simulator):
    sign_in_as("full.mailbox")
    user = person()
    let_the_token_end(user)
    simulator.fault(TOKEN, delay_ms=300)
    start = threading.Barrier(10)

    def ask(_: int) -> str:
        try:
            start.wait(5)
            return get_access_token(user, SCOPES)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        tokens = set(pool.map(ask, range(10)))

    assert len(tokens) == 1
    assert refreshes(simulator) == 1
    assert not Lease.objects.exists()


def test_when_microsoft_wants_more_the_person_signs_in_again_and_is_asked_for_it(signed_in, simulator):
    reader = signed_in("needs.mfa")
    with pytest.raises(SignInNeeded) as needed:
        renewed(person("needs.mfa"))
    assert "capolids" in needed.value.claims

    form = reader.open("/ja/accounts/sign-in/?purpose=again&next=/ja/history/").form("main form")
    authorize = str(reader.client.post(str(form["action"]), filled(form, {}, None))["Location"])
    assert "capolids" in query_of(authorize)["claims"]
    assert query_of(authorize)["login_hint"] == "needs.mfa@example.ac.jp"
    assert reader.open(at_microsoft(authorize, "needs.mfa")).address == "/ja/history/"
    assert renewed(person("needs.mfa"))


def test_a_page_whose_token_cannot_be_renewed_leads_to_the_sign_in_page_once(signed_in):
    reader = signed_in("needs.mfa")
    let_the_token_end(person("needs.mfa"))

    page = reader.open("/ja/rules/")
    assert page.address.startswith("/ja/accounts/sign-in/")
    assert page.form("main form").select_one("[name=next]")["value"] == "/ja/rules/"


def test_a_refused_refresh_is_not_asked_for_again_at_once(signed_in, simulator):
    signed_in("needs.mfa")
    for _ in range(3):
        with pytest.raises(SignInNeeded):
            renewed(person("needs.mfa"))

    assert refreshes(simulator) == 0  # the home page's was refused already


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500, "body": "no"},
        {"status": 503, "headers": {"Retry-After": "3600"}},
        {"status": 200, "body": "not JSON"},
        {"status": 200, "body": ["no", "object"]},
        {"status": 400, "body": {"error": "temporarily_unavailable"}},
        {"drop": True},
    ],
)
def test_when_microsoft_fails_there_is_no_token_and_the_kept_ones_stay(full_mailbox, simulator, fault):
    simulator.fault(TOKEN, **fault)
    with pytest.raises(SignInUnavailable):
        renewed(person())

    assert get_access_token(person(), SCOPES)
    assert not Lease.objects.exists()


def test_a_wrong_client_secret_is_told_to_the_operators(full_mailbox, simulator, caplog):
    body = {"error": "invalid_client", "error_description": "AADSTS7000222: expired", "correlation_id": "1" * 36}
    simulator.fault(TOKEN, status=401, body=body)
    with pytest.raises(SignInUnavailable) as unavailable:
        renewed(person())

    assert (unavailable.value.code, unavailable.value.request_id) == ("AADSTS7000222", "1" * 36)
    assert "AADSTS7000222" in [record.getMessage() for record in caplog.records if record.levelname == "ERROR"][-1]


def test_somebody_who_holds_the_lease_too_long_makes_others_give_up(full_mailbox, settings):
    Lease.objects.create(key=f"token:{person().pk}", holder="lost", expires_at="2999-01-01T00:00:00Z")
    assert settings.REFRESH_WAIT == 8
    settings.REFRESH_WAIT = 0.5
    begun = time.monotonic()
    with pytest.raises(SignInUnavailable):
        renewed(person())

    assert 0.5 <= time.monotonic() - begun < 1.5


def test_without_kept_tokens_a_sign_in_is_needed(full_mailbox):
    TokenCache.objects.all().delete()
    with pytest.raises(SignInNeeded):
        get_access_token(person(), SCOPES)


def test_tokens_sealed_with_a_key_that_is_gone_are_as_good_as_none(full_mailbox, settings):
    settings.TOKEN_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(SignInNeeded):
        get_access_token(person(), SCOPES)


@pytest.mark.django_db(transaction=True)
def test_a_refresh_does_not_bring_back_the_tokens_of_somebody_who_signed_out_meanwhile(simulator):
    sign_in_as("full.mailbox")
    user = person()
    simulator.fault(TOKEN, delay_ms=600)

    def ask() -> None:
        renewed(user)
        connection.close()

    refresh = threading.Thread(target=ask)
    refresh.start()
    time.sleep(0.3)
    TokenCache.objects.all().delete()
    refresh.join(10)

    assert not TokenCache.objects.exists()


def test_a_refresh_that_ends_after_a_newer_sign_in_leaves_that_as_it_is(full_mailbox):
    kept = load_tokens(person())
    assert kept is not None
    sign_in_as("full.mailbox")
    newer = person().token_cache.sealed
    kept.cache.has_state_changed = True
    store_refreshed(person(), kept)
    assert person().token_cache.sealed == newer


def test_claims_that_are_no_json_are_not_kept(full_mailbox):
    remember_claims(person(), "{not json")
    assert person().token_cache.claims == ""


@pytest.mark.django_db(transaction=True)
def test_ten_requests_refused_at_once_make_one_refresh(simulator):
    sign_in_as("full.mailbox")
    user = person()
    old = get_access_token(user, SCOPES)
    before = refreshes(simulator)
    start = threading.Barrier(10)

    def ask(_: int) -> str:
        try:
            start.wait(5)
            return get_access_token(user, SCOPES, refused=old, claims='{"access_token":{"nbf":{"essential":true}}}')
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        tokens = set(pool.map(ask, range(10)))
    assert len(tokens) == 1
    assert tokens != {old}
    assert refreshes(simulator) - before == 1
