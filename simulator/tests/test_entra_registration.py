"""The application's registration: what an administrator can change, and what that does."""

from typing import Any

import pytest

from m365_simulator.directory.person import OTHER_TENANT_ID, TENANT_ID
from m365_simulator.directory.registration import CLIENT_ID, CLIENT_SECRET
from tests.administrator import Administrator
from tests.application import CALLBACK, Application
from tests.read_token import read
from tests.refusals import refused
from tests.simulator_control import Simulator

ELSEWHERE = "https://mail.example.ac.jp/accounts/microsoft/login/callback/"


def test_a_reset_brings_the_registration_back(simulator: Simulator, administrator: Administrator) -> None:
    before = administrator.done("GET", "application")
    changed = administrator.register(redirect_uris=[ELSEWHERE], multi_tenant=True, logout_url="http://localhost/out/")
    assert changed != before
    assert administrator.done("GET", "application") == changed
    simulator.reset()
    assert administrator.done("GET", "application") == before


def test_what_a_program_must_know_to_sign_in_is_told(administrator: Administrator) -> None:
    known = administrator.done("GET", "application")
    ids = (known["tenant_id"], known["client_id"], known["client_secret"])
    assert ids == (TENANT_ID, CLIENT_ID, CLIENT_SECRET)


@pytest.mark.parametrize(
    "wanted",
    [
        {"no_such": 1},
        {"client_secret": "another"},
        {"redirect_uris": CALLBACK},
        {"redirect_uris": ["ftp://localhost/"]},
        {"redirect_uris": ["http://[::1/"]},
        {"redirect_uris": ["http://localhost/\n"]},
        {"redirect_uris": [7]},
        {"logout_url": "nowhere"},
        {"secret_expires_at": "soon"},
        {"secret_expires_at": 7},
        {"certificates": ["-----BEGIN CERTIFICATE-----"]},
        {"certificates": "x"},
        {"federated_credentials": [{"issuer": "https://issuer.example"}]},
        {"federated_credentials": [{"issuer": "x", "subject": "y", "keys": {"keys": []}}]},
        {"federated_credentials": [{"issuer": "x", "subject": "y", "keys": 7}]},
        {"federated_credentials": 7},
        {"optional_claims": ["shoe_size"]},
        {"group_claims": "yes"},
        {"multi_tenant": 1},
        {"assignment_required": None},
        {"assigned": "helpdesk@example.ac.jp"},
        {"roles": ["Helpdesk"]},
        {"roles": {"helpdesk@example.ac.jp": "Helpdesk"}},
    ],
)
def test_a_wrong_member_changes_nothing(administrator: Administrator, wanted: dict[str, Any]) -> None:
    before = administrator.done("GET", "application")
    answer = administrator.ask("PUT", "application", {"multi_tenant": True} | wanted)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert administrator.done("GET", "application") == before


def test_redirect_addresses_are_those_registered_and_no_others(
    application: Application, administrator: Administrator
) -> None:
    administrator.register(redirect_uris=[ELSEWHERE, "https://mail.example.ac.jp/back?from=here"])
    assert application.pick("full.mailbox", redirect_uri=ELSEWHERE).headers["Location"].startswith(f"{ELSEWHERE}?code=")
    with_query = application.pick("full.mailbox", redirect_uri="https://mail.example.ac.jp/back?from=here")
    assert with_query.headers["Location"].startswith("https://mail.example.ac.jp/back?from=here&code=")
    for address in (
        CALLBACK,
        ELSEWHERE.replace("https", "http"),
        ELSEWHERE.replace(".jp/", ".jp:8443/"),
        ELSEWHERE[:-1],
    ):
        assert "AADSTS50011" in application.pick("full.mailbox", redirect_uri=address).text


def test_a_page_may_send_only_to_registered_addresses(application: Application, administrator: Administrator) -> None:
    administrator.register(redirect_uris=[ELSEWHERE])
    page = application.pick("full.mailbox", redirect_uri=ELSEWHERE, response_mode="form_post")
    assert "form-action 'self' https://mail.example.ac.jp" in page.headers["Content-Security-Policy"]
    assert f'action="{ELSEWHERE}"' in page.text


def test_a_secret_ends(application: Application, administrator: Administrator) -> None:
    code = application.code_of("full.mailbox")
    administrator.register(secret_expires_at="2026-01-01T00:00:00Z")
    refused(application.redeem(code), 7000222, "invalid_client", 401)
    refused(application.redeem(code, client_secret="wrong"), 7000215, "invalid_client", 401)
    shown = administrator.register(secret_expires_at="2101-01-01T00:00:00+09:00")
    assert shown["secret_expires_at"] == "2100-12-31T15:00:00Z"
    assert application.redeem(code).status_code == 200


def test_who_is_not_assigned_stays_on_microsofts_page(application: Application, administrator: Administrator) -> None:
    token = application.sign_in("forwarder")["refresh_token"]
    administrator.register(assignment_required=True, assigned=["full.mailbox@example.ac.jp"])
    assert application.code_of("full.mailbox")
    assert application.code_of("helpdesk"), "a role is an assignment"
    page = application.pick("forwarder")
    assert page.status_code == 400
    assert "AADSTS50105" in page.text
    refused(application.refresh(token), 50105, "interaction_required")


def test_roles_come_with_the_id_token(application: Application, administrator: Administrator) -> None:
    assert read(application.sign_in("helpdesk")["id_token"])["roles"] == ["Helpdesk"]
    assert "roles" not in read(application.sign_in("forwarder")["id_token"])
    administrator.register(roles={"Forwarder@example.ac.jp": ["Editor", "Auditor"]})
    assert read(application.sign_in("forwarder")["id_token"])["roles"] == ["Auditor", "Editor"]


def test_groups_come_when_the_registration_wants_them(application: Application, administrator: Administrator) -> None:
    assert "groups" not in read(application.sign_in("helpdesk")["id_token"])
    administrator.register(group_claims=True)
    staff = read(application.sign_in("helpdesk")["id_token"])["groups"]
    student = read(application.sign_in("forwarder")["id_token"])["groups"]
    assert set(student) < set(staff)


def test_a_single_tenant_application_has_no_common_door(application: Application) -> None:
    for tenant in ("common", "organizations", "Common"):
        page = application.look(application.authorize_url(tenant))
        assert "AADSTS50194" in page.text
        answer = application.ask_token(tenant=tenant, grant_type="refresh_token", refresh_token="x")
        refused(answer, 50194, "invalid_request")


def test_personal_accounts_have_a_door_that_is_not_ours(application: Application) -> None:
    for tenant in ("consumers", "9188040d-6c67-4c5b-b112-36a304b66dad"):
        assert "AADSTS9002332" in application.look(application.authorize_url(tenant)).text
        answer = application.ask_token(tenant=tenant, grant_type="refresh_token", refresh_token="x")
        refused(answer, 9002332, "invalid_request")


def test_a_multi_tenant_application_lets_the_account_decide(
    application: Application, administrator: Administrator
) -> None:
    administrator.register(multi_tenant=True)
    for person, tid in (("full.mailbox", TENANT_ID), ("other.tenant@other.example", OTHER_TENANT_ID)):
        code = application.code_of(person, tenant="common")
        tokens = application.redeem(code, tenant="common").json()
        claims = read(tokens["id_token"])
        assert claims["tid"] == tid
        assert claims["iss"] == f"{application.login}/{tid}/v2.0"
        assert application.refresh(tokens["refresh_token"], tenant=tid).status_code == 200


def test_a_code_is_redeemed_where_it_was_given(application: Application, administrator: Administrator) -> None:
    administrator.register(multi_tenant=True)
    code = application.code_of("other.tenant@other.example", tenant=OTHER_TENANT_ID)
    refused(application.redeem(code, tenant=TENANT_ID), 700005)
    token = application.redeem(code, tenant=OTHER_TENANT_ID).json()["refresh_token"]
    refused(application.refresh(token, tenant=TENANT_ID), 70000)


def test_even_then_an_account_of_another_tenant_is_a_stranger_in_ours(
    application: Application, administrator: Administrator
) -> None:
    administrator.register(multi_tenant=True)
    application.code_of("other.tenant@other.example", tenant="common")
    assert "AADSTS50020" in application.pick("other.tenant@other.example").text
    silent = application.came_back(application.look(application.authorize_url(prompt="none")))
    assert silent["error"] == "login_required"
