from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from accounts import outbound


@pytest.fixture
def door(settings: object) -> Iterator[type]:
    """A new session for changed settings."""
    outbound.session.cache_clear()
    yield outbound.session
    outbound.session.cache_clear()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "http://127.0.0.1:1/",
        "http://graph.microsoft.com/v1.0/me",
        "https://graph.microsoft.com.evil.example/v1.0/me",
        "https://graph.microsoft.com@evil.example/v1.0/me",
        "http://169.254.169.254/latest/",
    ],
)
@pytest.mark.parametrize("simulated", [True, False])
def test_every_host_but_microsofts_two_is_refused(door, settings, simulated, address):
    settings.SIMULATOR = settings.SIMULATOR if simulated else ""

    with pytest.raises(outbound.HostRefused):
        door().get(address)


def test_microsofts_hosts_are_played_by_the_simulator(simulator):
    response = outbound.session().get("https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration")

    assert response.json()["token_endpoint"].startswith("https://login.microsoftonline.com/")
    assert response.url.startswith("https://login.microsoftonline.com/")
    assert outbound.session().get("https://graph.microsoft.com/v1.0/me?$select=id").status_code == 401
    row = simulator.requests()["requests"][-1]
    assert (row["service"], row["path"]) == ("graph", "/me?$select=id")


def test_without_a_simulator_requests_go_to_microsoft_itself(door, settings):
    settings.SIMULATOR = ""
    settings.OUTBOUND_PROXY = "http://proxy.example.ac.jp:3128"
    session = door()

    adapter = session.get_adapter("https://graph.microsoft.com/v1.0/me")
    assert type(adapter) is outbound.Send
    assert adapter.max_retries.total == 0
    assert session.proxies == {"https": "http://proxy.example.ac.jp:3128"}
    assert session.verify is True
    assert outbound.visible("https://login.microsoftonline.com/x") == "https://login.microsoftonline.com/x"


def test_a_private_authority_can_vouch_for_the_way_out(door, settings):
    settings.OUTBOUND_CA = "/etc/ssl/university.pem"

    assert door().verify == "/etc/ssl/university.pem"


def test_nothing_is_taken_from_the_environment(door, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:1")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:1")

    assert door().get("https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration").ok


def test_nobody_waits_forever(simulator, settings):
    simulator.fault("GET */openid-configuration", delay_ms=1500, times=1)
    address = "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"

    with pytest.raises(requests.ReadTimeout):
        outbound.session().get(address, timeout=0.3)
    assert settings.OUTBOUND_TIMEOUTS == (3.0, 10.0)


def test_cookies_of_one_answer_do_not_go_into_the_next_request(simulator):
    simulator.fault("GET */openid-configuration", headers={"Set-Cookie": "fpc=somebody; path=/"}, times=1)
    address = "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"
    response = outbound.session().get(address)

    assert "fpc" in response.headers["Set-Cookie"]
    assert not outbound.session().cookies
