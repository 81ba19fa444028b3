"""Whatever is sent to Entra's addresses, it answers: never a 500."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from m365_simulator.directory.person import OTHER_TENANT_ID, TENANT_ID
from m365_simulator.directory.registration import CLIENT_ID, CLIENT_SECRET
from tests.application import CALLBACK, Application
from tests.simulator_control import Simulator

unhurried = settings(deadline=None)  # several requests, and some of them make keys
TENANTS = st.sampled_from([TENANT_ID, "common", "organizations", "consumers", "example.ac.jp", OTHER_TENANT_ID, "x"])
CLAIMS = st.sampled_from(
    ["access_token", "id_token", "xms_cc", "acrs", "nbf", "capolids", "value", "values", "auth_time"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CLAIMS, inner, max_size=3),
    max_leaves=8,
)
TEXTS = st.text(max_size=20) | st.sampled_from(["", "0", "9" * 5000, "²", "\x00", "none", "S256", "[" * 3000, "a" * 43])
PARAMETERS = {
    "client_id": CLIENT_ID,
    "client_secret": CLIENT_SECRET,
    "client_assertion": "e30.e30.e30",
    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    "response_type": "code",
    "response_mode": "form_post",
    "redirect_uri": CALLBACK,
    "post_logout_redirect_uri": CALLBACK,
    "logout_hint": "O.x",
    "scope": "openid User.Read",
    "state": "s",
    "nonce": "n",
    "prompt": "login",
    "login_hint": "full.mailbox@example.ac.jp",
    "domain_hint": "example.ac.jp",
    "max_age": "1",
    "code_challenge": "a" * 43,
    "code_challenge_method": "S256",
    "code_verifier": "a" * 43,
    "claims": "{}",
    "ui_locales": "ja",
    "client_info": "1",
    "client-request-id": "x",
    "grant_type": "refresh_token",
    "code": "x",
    "refresh_token": "x",
    "address": "full.mailbox@example.ac.jp",
    "consent": "accept",
    "proof": "given",
}


@st.composite
def sent(draw: st.DrawFn) -> dict[str, str]:
    """Many right parameters and a few wild ones."""
    missing = draw(st.sets(st.sampled_from(sorted(PARAMETERS)), max_size=4))
    wild = draw(st.dictionaries(st.sampled_from(sorted(PARAMETERS)) | st.text(max_size=6), TEXTS, max_size=3))
    claims = draw(st.none() | JSON.map(repr) | JSON.map(json.dumps))
    right = {name: value for name, value in PARAMETERS.items() if name not in missing}
    return right | wild | ({} if claims is None else {"claims": claims})


@pytest.fixture(scope="module")
def browser() -> Iterator[requests.Session]:
    session = requests.Session()
    session.trust_env = False
    yield session
    session.close()


@unhurried
@given(
    tenant=TENANTS,
    path=st.sampled_from(["authorize", "token", "logout"]),
    method=st.sampled_from(["GET", "POST"]),
    query=sent(),
    body=sent(),
    headers=st.fixed_dictionaries(
        {},
        optional={
            "Authorization": st.sampled_from(["Basic", "Basic x", "Basic Og==", "Basic /w==", "Bearer x"]),
            "Content-Type": st.sampled_from(
                ["application/json", "text/plain; charset=hex", "application/x-www-form-urlencoded; charset=rot13", "x"]
            ),
            "Cookie": st.sampled_from(["simulated_entra_session=x", ";;;", "simulated_entra_session="]),
            "client-request-id": st.sampled_from(["", "x", "7b3f1a52-0c1d-4e2f-8a9b-0123456789ab"]),
        },
    ),
)
def test_no_parameters_break_the_service(
    browser: requests.Session,
    tenant: str,
    path: str,
    method: str,
    query: dict[str, str],
    body: dict[str, str],
    headers: dict[str, str],
) -> None:
    answer = browser.request(
        method,
        f"{os.environ['SIMULATOR']}/login/{tenant}/oauth2/v2.0/{path}",
        params=query,
        data=body if method == "POST" else None,
        headers=headers,
        allow_redirects=False,
        timeout=10,
    )
    assert answer.status_code in (200, 302, 400, 401, 405), answer.text[:500]
    if path == "token" and answer.headers["Content-Type"] == "application/json":
        assert answer.status_code == 200 or answer.json()["error_codes"]


@unhurried
@given(changed=sent(), code=st.booleans())
def test_no_parameters_break_a_good_grant(changed: dict[str, str], code: bool) -> None:
    """What a code or a refresh token is used with, however wild."""
    application = Application()
    first = application.code_of("full.mailbox")
    wild = {name: value for name, value in changed.items() if PARAMETERS.get(name) != value}
    if code:
        answer = application.redeem(first, **{"client_assertion": None} | wild)
    else:
        answer = application.refresh(application.redeem(first).json()["refresh_token"], **wild)
    application.browser.close()
    assert answer.status_code == 200 or answer.json()["error_codes"]


@unhurried
@given(
    path=st.sampled_from(["application", "conditions", "keys", "revoke", "disable"]),
    body=JSON
    | st.dictionaries(st.sampled_from(["aadsts", "at", "address", "times", "clear", "roles"]), JSON, max_size=4),
)
def test_no_steering_breaks_the_service(browser: requests.Session, path: str, body: object) -> None:
    method = "PUT" if path in ("application", "conditions") else "POST"
    address = f"{os.environ['SIMULATOR']}/control/{path}"
    sent = json.dumps(body).encode()
    answer = browser.request(method, address, data=sent, headers={"Content-Type": "application/json"}, timeout=10)
    assert answer.status_code in (200, 400, 404), answer.text[:500]


@pytest.mark.parametrize("charset", ["hex", "utf-16", "punycode", "nonsense", '"undefined"'])
def test_a_charset_changes_nothing(simulator: Simulator, charset: str) -> None:
    """Everything is UTF-8; some of Python's codecs do not even make text."""
    for path in ("login/x/oauth2/v2.0/token", "graph/v1.0/me", "control/people"):
        headers = {"Content-Type": f"application/x-www-form-urlencoded; charset={charset}"}
        address = f"{simulator.address}/{path}?x=%FF"
        statuses = [
            simulator.session.request(method, address, data="grant_type=%FF", headers=sent, timeout=10).status_code
            for method in ("GET", "POST")
            for sent in (headers, {"Content-Type": "application/x-www-form-urlencoded"})
        ]
        assert statuses[0] == statuses[1] < 500
        assert statuses[2] == statuses[3] < 500
