"""What an ID token says, and of whom."""

import time

import pytest

from m365_simulator.directory.person import OTHER_TENANT_ID, TENANT_ID
from tests.administrator import Administrator
from tests.application import Application, client_info_of
from tests.read_token import read

GUEST = "guest.lecturer@other.example"


def test_when_one_signed_in_is_told_to_whom_it_matters(application: Application) -> None:
    plain = read(application.sign_in("full.mailbox")["id_token"])
    assert "auth_time" not in plain
    by_age = read(application.sign_in("full.mailbox", max_age="600")["id_token"])
    by_claim = read(
        application.sign_in("full.mailbox", claims='{"id_token":{"auth_time":{"essential":true}}}')["id_token"]
    )
    for claims in (by_age, by_claim):
        assert abs(claims["auth_time"] - time.time()) < 60


def test_a_silent_sign_in_keeps_the_time_of_the_first(application: Application) -> None:
    first = read(application.sign_in("full.mailbox", max_age="600")["id_token"])
    time.sleep(1.1)
    silent = application.came_back(application.look(application.authorize_url(prompt="none", max_age="600")))
    assert read(application.redeem(silent["code"]).json()["id_token"])["auth_time"] == first["auth_time"]
    again = read(application.sign_in("full.mailbox", prompt="select_account", max_age="600")["id_token"])
    assert again["auth_time"] == first["auth_time"], "who is signed in is not asked again"
    anew = read(application.sign_in("full.mailbox", prompt="login", max_age="600")["id_token"])
    assert anew["auth_time"] > first["auth_time"]


def test_the_same_sign_in_has_the_same_sid(application: Application) -> None:
    first, second = (read(application.sign_in("full.mailbox")["id_token"])["sid"] for _ in range(2))
    other = read(application.sign_in("forwarder")["id_token"])["sid"]
    assert first == second
    assert other != first


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("acct", 0),
        ("email", "full.mailbox@example.ac.jp"),
        ("family_name", "佐藤"),
        ("given_name", "美咲"),
        ("tenant_ctry", "JP"),
        ("upn", "full.mailbox@example.ac.jp"),
        ("xms_pl", "ja"),
    ],
)
def test_an_optional_claim_comes_by_registration_or_by_request(
    application: Application, administrator: Administrator, claim: str, value: object
) -> None:
    administrator.register(optional_claims=[])
    assert claim not in read(application.sign_in("full.mailbox")["id_token"])
    asked = read(application.sign_in("full.mailbox", claims=f'{{"id_token":{{"{claim}":null}}}}')["id_token"])
    assert asked[claim] == value
    administrator.register(optional_claims=[claim])
    assert read(application.sign_in("full.mailbox")["id_token"])[claim] == value


def test_what_is_asked_for_in_an_id_token_and_not_known_is_passed_over(application: Application) -> None:
    claims = '{"id_token":{"shoe_size":{"essential":true}},"userinfo":7}'
    assert "shoe_size" not in read(application.sign_in("full.mailbox", claims=claims)["id_token"])


def test_without_the_scope_profile_only_sub_names_the_person(application: Application) -> None:
    claims = read(application.sign_in("full.mailbox", scope="openid User.Read")["id_token"])
    assert claims["sub"]
    assert not {"oid", "name", "preferred_username"} & set(claims)


def test_the_scope_email_brings_the_address(application: Application) -> None:
    claims = read(application.sign_in("full.mailbox", scope="openid email User.Read")["id_token"])
    assert claims["email"] == "full.mailbox@example.ac.jp"
    without = read(application.sign_in("no.licence", scope="openid email User.Read")["id_token"])
    assert "email" not in without


def test_a_guest_is_ours_and_says_who_signed_them_in(application: Application) -> None:
    body = application.sign_in(GUEST)
    claims, access = read(body["id_token"]), read(body["access_token"])
    assert (claims["tid"], claims["acct"]) == (TENANT_ID, 1)
    assert claims["idp"] == access["idp"] == f"https://sts.windows.net/{OTHER_TENANT_ID}/"
    assert claims["preferred_username"] == GUEST
    assert "upn" not in access
    home = client_info_of(body)
    assert home["utid"] == OTHER_TENANT_ID
    assert home["uid"] != claims["oid"]


def test_a_member_has_no_other_provider(application: Application) -> None:
    body = application.sign_in("full.mailbox")
    assert "idp" not in read(body["id_token"])
    assert read(body["id_token"])["acct"] == 0
    assert client_info_of(body) == {"uid": read(body["id_token"])["oid"], "utid": TENANT_ID}


def test_at_home_a_guest_is_a_member(application: Application, administrator: Administrator) -> None:
    administrator.register(multi_tenant=True)
    code = application.code_of(GUEST, tenant="common")
    body = application.redeem(code, tenant="common").json()
    claims = read(body["id_token"])
    assert (claims["tid"], claims["acct"]) == (OTHER_TENANT_ID, 0)
    assert client_info_of(body) == {"uid": claims["oid"], "utid": OTHER_TENANT_ID}


def test_a_refreshed_id_token_has_no_nonce(application: Application) -> None:
    token = application.sign_in("full.mailbox")["refresh_token"]
    assert "nonce" not in read(application.refresh(token).json()["id_token"])


def test_an_authentication_context_comes_with_the_access_token(application: Application) -> None:
    claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}'
    body = application.sign_in("full.mailbox", claims=claims)
    assert read(body["access_token"])["acrs"] == ["c1"]
    assert read(application.refresh(body["refresh_token"]).json()["access_token"])["acrs"] == ["c1"]
    assert "acrs" not in read(application.sign_in("full.mailbox")["access_token"])
