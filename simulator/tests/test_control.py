"""The paths that steer the simulator."""

from typing import Any

import pytest
import requests

from tests.application import Application
from tests.simulator_control import Simulator


def ask(simulator: Simulator, method: str, path: str, **sent: Any) -> requests.Response:
    return simulator.session.request(method, f"{simulator.address}/control/{path}", timeout=10, **sent)


@pytest.mark.parametrize("host", ["graph.microsoft.com", "login.microsoftonline.com"])
def test_it_answers_on_a_loopback_name_only(simulator: Simulator, host: str) -> None:
    assert ask(simulator, "GET", "people", headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example"])
def test_a_rebound_name_reaches_nothing_at_all(simulator: Simulator, host: str) -> None:
    assert ask(simulator, "GET", "people", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "[::1]:9000"])
def test_every_loopback_name_will_do(simulator: Simulator, host: str) -> None:
    assert ask(simulator, "GET", "people", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "reset"),
        ("POST", "token"),
        ("POST", "deliver"),
        ("PUT", "faults"),
        ("PUT", "switches"),
        ("PUT", "application"),
        ("PUT", "conditions"),
        ("POST", "keys"),
        ("POST", "revoke"),
        ("POST", "disable"),
    ],
)
@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_a_web_page_can_send_is_refused(simulator: Simulator, method: str, path: str, kind: str) -> None:
    answer = ask(simulator, method, path, data="{}", headers={"Content-Type": kind})
    assert answer.status_code == 415
    assert "application/json" in answer.json()["error"]


def test_no_other_origin_may_read(simulator: Simulator) -> None:
    for method in ("GET", "OPTIONS"):
        answer = ask(simulator, method, "people", headers={"Origin": "http://evil.example"})
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", ["nothing", "people/"])
def test_an_unknown_path_is_404_in_json(simulator: Simulator, path: str) -> None:
    answer = ask(simulator, "GET", path)
    assert answer.status_code == 404
    assert answer.json()["error"]


@pytest.mark.parametrize("path", ["/", "/control/"])
def test_its_address_lists_what_there_is_to_steer(simulator: Simulator, path: str) -> None:
    answer = simulator.session.get(simulator.address + path, timeout=10)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    found = [line for line in answer.text.splitlines() if " /control/" in line]
    methods = {line.split(" /control/")[1].split()[0]: line.split(" /control/")[0].split() for line in found[1:]}
    assert len(methods) == 14
    assert methods["faults"] == ["GET", "PUT"]
    for known, allowed in methods.items():
        refused = ask(simulator, "DELETE", known)
        assert (refused.status_code, refused.json()["error"]) == (405, f"Use {' or '.join(allowed)}.")
    assert all(line.endswith(".") for line in found)


def test_answers_are_japanese_to_the_eye_too(simulator: Simulator) -> None:
    assert "佐藤 美咲".encode() in ask(simulator, "GET", "people").content


def test_half_a_character_comes_back_as_it_was_sent(simulator: Simulator) -> None:
    answer = ask(simulator, "POST", "generate", json={"\ud83d": 1})
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("unknown: \ud83d;")


def test_a_wrong_method_is_405_in_json(simulator: Simulator) -> None:
    assert ask(simulator, "GET", "reset").status_code == 405
    assert ask(simulator, "POST", "people", json={}).json()["error"] == "Use GET."


def test_people_lists_whom_one_can_be(simulator: Simulator) -> None:
    people = {person["address"]: person for person in simulator.people()}
    assert people["full.mailbox@example.ac.jp"]["name"] == "佐藤 美咲"
    assert set(people["new.student@example.ac.jp"]["good_for"]) == {"ja", "en"}


def test_a_token_opens_graph(simulator: Simulator) -> None:
    assert simulator.graph("full.mailbox@example.ac.jp", "GET", "/me")["displayName"] == "佐藤 美咲"


def test_a_token_may_have_expired_already(simulator: Simulator) -> None:
    wanted = {"address": "full.mailbox@example.ac.jp", "scopes": ["User.Read"], "expires_in": -1}
    token = ask(simulator, "POST", "token", json=wanted).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    answer = simulator.session.get(f"{simulator.address}/graph/v1.0/me", headers=headers, timeout=10)
    assert answer.status_code == 401
    assert "Lifetime validation failed" in answer.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"{}", 404),
        (b'{"address": 7}', 404),
        (b'{"address": "nobody@example.ac.jp"}', 404),
        (b'{"address": "full.mailbox@example.ac.jp", "scopes": "User.Read"}', 400),
        (b'{"address": "full.mailbox@example.ac.jp", "scopes": ["No.Such"]}', 400),
        (b'{"address": "full.mailbox@example.ac.jp", "expires_in": "soon"}', 400),
    ],
)
def test_a_malformed_wish_for_a_token_is_said(simulator: Simulator, body: bytes, status: int) -> None:
    answer = ask(simulator, "POST", "token", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert answer.json()["error"]


def test_mail_for_nobody_or_without_a_mailbox_is_404(simulator: Simulator) -> None:
    for to in ("nobody@example.ac.jp", "no.licence@example.ac.jp", ""):
        message = {"data": b"Subject: x\r\n\r\n", "headers": {"Content-Type": "message/rfc822"}}
        assert ask(simulator, "POST", "deliver", params={"to": to}, **message).status_code == 404


def test_mail_is_delivered_as_a_message_only(simulator: Simulator) -> None:
    to = {"to": "new.student@example.ac.jp"}
    assert ask(simulator, "POST", "deliver", params=to, json={}).status_code == 415


def test_nothing_has_left_at_the_start(simulator: Simulator) -> None:
    assert simulator.outbox() == []


def test_switches_are_listed_set_and_reset(simulator: Simulator) -> None:
    simulator.switch(consent_policy="admin")
    assert in_force(simulator)["consent_policy"] == "admin"
    simulator.reset()
    assert in_force(simulator)["consent_policy"] == "user"


@pytest.mark.parametrize(
    ("wanted", "status"), [({"consent_policy": "nobody"}, 400), ({"consent_policy": True}, 400), ({"no_such": 1}, 404)]
)
def test_a_wrong_switch_changes_none(simulator: Simulator, wanted: dict[str, Any], status: int) -> None:
    answer = ask(simulator, "PUT", "switches", json={"code_lifetime": 1} | wanted)
    assert answer.status_code == status
    assert in_force(simulator)["code_lifetime"] == 600


def in_force(simulator: Simulator) -> dict[str, Any]:
    listed = ask(simulator, "GET", "switches").json()["switches"]
    return {switch["name"]: switch["value"] for switch in listed}


def test_a_reset_brings_everything_back(simulator: Simulator, application: Application) -> None:
    address = "full.mailbox@example.ac.jp"
    before = simulator.graph(address, "GET", "/me/mailFolders?$top=100")["value"]
    rule = {"displayName": "x", "sequence": 1, "actions": {"stopProcessingRules": True}}
    simulator.graph(address, "POST", "/me/mailFolders/inbox/messageRules", json=rule)
    simulator.fault("GET /me")
    application.code_of("full.mailbox")
    simulator.reset()
    assert simulator.graph(address, "GET", "/me/mailFolders?$top=100")["value"] == before
    assert "x" not in [one["displayName"] for one in simulator.rules(address)]
    assert ask(simulator, "GET", "faults").json() == {"faults": []}
    silent = application.look(application.authorize_url(prompt="none"))
    assert application.came_back(silent)["error"] == "login_required"
