"""Who may ask, and what every answer of Graph carries."""

from __future__ import annotations

import json

import pytest
import requests

from tests.graph_person import RULES, GraphPerson, code
from tests.simulator_control import Simulator


@pytest.fixture
def person(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "full.mailbox")


@pytest.mark.behaviour(1)
def test_no_token_is_refused_with_a_challenge(simulator: Simulator) -> None:
    answer = requests.get(f"{simulator.address}/graph/v1.0/me", timeout=10)
    assert code(answer) == (401, "InvalidAuthenticationToken")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


@pytest.mark.behaviour(1)
def test_a_broken_token_is_refused(person: GraphPerson) -> None:
    person.token = "nonsense"
    assert code(person.ask("GET", "/me")) == (401, "InvalidAuthenticationToken")


@pytest.mark.behaviour(1)
def test_an_expired_token_is_refused_with_its_reason(simulator: Simulator) -> None:
    late = GraphPerson(simulator, "full.mailbox", expires_in=-60)
    answer = late.ask("GET", "/me")
    assert code(answer) == (401, "InvalidAuthenticationToken")
    assert answer.json()["error"]["message"] == "Lifetime validation failed, the token is expired."


@pytest.mark.behaviour(3)
@pytest.mark.parametrize(
    ("scopes", "method", "path"),
    [
        (("User.Read",), "GET", "/me/mailFolders"),
        (("User.Read", "Mail.Read"), "GET", RULES),
        (("User.Read", "MailboxSettings.Read"), "POST", RULES),
        (("Mail.Read",), "POST", "/me/mailFolders"),
        (("MailboxSettings.ReadWrite",), "GET", "/me/mailFolders/inbox/messages"),
        (("Mail.Read",), "PATCH", "/me/mailboxSettings"),
    ],
)
def test_a_missing_scope_on_mail_is_access_denied(
    simulator: Simulator, scopes: tuple[str, ...], method: str, path: str
) -> None:
    answer = GraphPerson(simulator, "full.mailbox", scopes).ask(method, path, json={})
    assert code(answer) == (403, "ErrorAccessDenied")
    assert answer.json()["error"]["message"] == "Access is denied. Check credentials and try again."


def test_a_missing_scope_on_the_directory_has_another_code(simulator: Simulator) -> None:
    answer = GraphPerson(simulator, "full.mailbox", ("Mail.Read",)).ask("GET", "/me")
    assert code(answer) == (403, "Authorization_RequestDenied")


@pytest.mark.behaviour(4)
def test_another_persons_mailbox_is_refused_although_the_scope_is_there(person: GraphPerson) -> None:
    answer = person.ask("GET", "/users/forwarder@example.ac.jp/mailFolders/inbox/messageRules")
    assert code(answer) == (403, "ErrorAccessDenied")
    assert person.get(f"/users/{person.address}/mailFolders")["value"]


@pytest.mark.behaviour(5)
def test_a_person_without_a_licence_has_no_mailbox(simulator: Simulator) -> None:
    nobody = GraphPerson(simulator, "no.licence")
    for path in ("/me/mailFolders", "/me/mailFolders/inbox", RULES, "/me/mailboxSettings"):
        assert code(nobody.ask("GET", path)) == (404, "MailboxNotEnabledForRESTAPI")
    assert nobody.get("/me")["mail"] is None


@pytest.mark.behaviour(5)
def test_no_mailbox_can_also_look_like_a_missing_scope(simulator: Simulator) -> None:
    """The variant."""
    simulator.switch(no_mailbox=403)
    assert code(GraphPerson(simulator, "no.licence").ask("GET", RULES)) == (403, "ErrorAccessDenied")


@pytest.mark.behaviour(6)
def test_an_error_names_both_request_ids_and_the_date(person: GraphPerson) -> None:
    answer = person.ask("GET", "/me/mailFolders/nonsense", headers={"client-request-id": "mine-1"})
    inner = answer.json()["error"]["innerError"]
    assert inner["client-request-id"] == "mine-1"
    assert inner["request-id"] == answer.headers["request-id"]
    assert inner["date"].startswith("20")


@pytest.mark.behaviour(7)
def test_every_answer_carries_the_diagnostic_headers(person: GraphPerson) -> None:
    answer = person.ask("GET", "/me", headers={"client-request-id": "mine-2"})
    assert answer.headers["client-request-id"] == "mine-2"
    assert len(answer.headers["request-id"]) == 36
    assert "ServerInfo" in json.loads(answer.headers["x-ms-ags-diagnostic"])
    assert answer.headers["Date"].endswith("GMT")


@pytest.mark.behaviour(11)
@pytest.mark.parametrize("body", [b"{", b"", b"[]", b"\xff\xfe", b'{"a": NaN}', b'"x"', b'{"displayName": "\\ud800"}'])
def test_malformed_json_is_a_bad_request(person: GraphPerson, body: bytes) -> None:
    answer = person.ask("POST", RULES, data=body, headers={"Content-Type": "application/json"})
    assert code(answer) == (400, "BadRequest")
    assert answer.json()["error"]["message"].startswith("Unable to read JSON request payload.")


@pytest.mark.behaviour(11)
def test_json_under_another_content_type_is_a_bad_request(person: GraphPerson) -> None:
    answer = person.ask("POST", RULES, data=b"{}", headers={"Content-Type": "text/plain"})
    assert code(answer) == (400, "BadRequest")


@pytest.mark.behaviour(12)
@pytest.mark.parametrize("path", ["/me", "/me/mailFolders", "/me/mailFolders/inbox", "/me/messages"])
def test_an_unknown_property_in_select_is_refused(person: GraphPerson, path: str) -> None:
    assert code(person.ask("GET", f"{path}?$select=id,nonsense")) == (400, "RequestBroker--ParseUri")


def test_an_unknown_query_option_is_refused(person: GraphPerson) -> None:
    assert code(person.ask("GET", "/me/mailFolders?$nonsense=1")) == (400, "BadRequest")


@pytest.mark.behaviour(13)
@pytest.mark.parametrize(("method", "path"), [("DELETE", "/me"), ("PUT", RULES), ("PATCH", "/me/mailFolders")])
def test_a_method_that_is_not_there_is_405(person: GraphPerson, method: str, path: str) -> None:
    assert code(person.ask(method, path)) == (405, "Request_BadRequest")


@pytest.mark.parametrize("path", ["/me/nonsense", "/nonsense", "/me/mailFolders/inbox/nonsense", ""])
def test_an_unknown_address_is_a_bad_request(person: GraphPerson, path: str) -> None:
    assert code(person.ask("GET", path)) == (400, "BadRequest")


def test_another_version_is_refused(simulator: Simulator, person: GraphPerson) -> None:
    assert code(person.ask("GET", f"{simulator.address}/graph/v2.0/me")) == (400, "BadRequest")


def test_addresses_in_answers_follow_the_host_that_was_asked(simulator: Simulator, person: GraphPerson) -> None:
    here = person.get("/me/mailFolders")
    there = person.get("/me/mailFolders", headers={"Host": "graph.microsoft.com"})
    assert here["@odata.nextLink"].startswith(f"{simulator.address}/graph/v1.0/me/mailFolders?")
    assert there["@odata.nextLink"].startswith("https://graph.microsoft.com/v1.0/me/mailFolders?")
