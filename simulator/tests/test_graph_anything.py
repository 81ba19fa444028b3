"""Whatever is sent to Graph, it answers as Graph does: in its envelope, and never with a fault of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.any_query import queries
from tests.any_request import BATCHES, BODIES, HEADERS, JSON, METHODS, PATHS, READABLE, WRITABLE, body_of
from tests.graph_person import GraphPerson
from tests.simulator_control import Simulator

SCOPES = ("User.Read", "Mail.ReadWrite", "MailboxSettings.ReadWrite", "Reports.Read.All")
STATUSES = {200, 201, 204, 302, 400, 401, 403, 404, 405, 409, 429}
GENTLE = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def asking() -> Iterator[GraphPerson]:
    """One person whose mailbox takes whatever happens to it; all of it is forgotten afterwards."""
    control = Simulator(os.environ["SIMULATOR"])
    control.reset()
    yield GraphPerson(control, "rule.collector", SCOPES)
    control.reset()
    control.session.close()


@pytest.fixture(scope="module")
def named(asking: GraphPerson) -> dict[str, str]:
    """Ids that there are, and one that there was."""
    gone = asking.ask("POST", "/me/mailFolders", json={"displayName": "gone"}).json()["id"]
    asking.ask("POST", f"/me/mailFolders/{gone}/permanentDelete")
    return {
        "{message}": asking.get("/me/messages?$filter=hasAttachments eq true")["value"][0]["id"],
        "{folder}": asking.folder("研究室")["id"],
        "{rule}": asking.rules()[0]["id"],
        "{gone}": gone,
    }


@pytest.fixture(autouse=True)
def simulator() -> None:
    """Nothing is put back between two examples."""


def sound(answer: requests.Response) -> None:
    """The status is one that Graph gives, and an error lies in its envelope."""
    assert answer.status_code in STATUSES, (answer.request.method, answer.request.url, answer.text)
    assert len(answer.headers["request-id"]) == 36
    if answer.status_code >= 400:
        error = answer.json()["error"]
        assert error["code"]
        assert error["message"]
        assert set(error["innerError"]) == {"date", "request-id", "client-request-id"}
    elif answer.status_code in (200, 201) and "json" in answer.headers["Content-Type"]:
        assert isinstance(answer.json(), dict)


def at(path: str, named: dict[str, str]) -> str:
    for name, value in named.items():
        path = path.replace(name, value)
    return requests.utils.quote(path, safe="/()'$=@")


@GENTLE
@given(
    method=METHODS,
    path=PATHS,
    query=queries(),
    body=JSON | BODIES,
    headers=HEADERS,
    with_token=st.sampled_from([True, True, True, False]),
)
def test_any_request_is_answered(
    asking: GraphPerson,
    named: dict[str, str],
    method: str,
    path: str,
    query: dict[str, str],
    body: Any,
    headers: dict[str, str],
    with_token: bool,
) -> None:
    sent = {name: value.encode("latin-1", "replace") for name, value in headers.items()}
    sent |= {} if with_token else {"Authorization": b""}
    answer = asking.ask(method, at(path, named), params=query, json=body, headers=sent, allow_redirects=False)
    sound(answer)
    assert with_token or answer.status_code == 401


@GENTLE
@given(path=READABLE, query=queries())
def test_any_query_is_answered(asking: GraphPerson, named: dict[str, str], path: str, query: dict[str, str]) -> None:
    answer = asking.ask("GET", at(path, named), params=query, allow_redirects=False)
    sound(answer)
    if "@odata.nextLink" in answer.text:
        sound(asking.ask("GET", answer.json()["@odata.nextLink"]))


@GENTLE
@given(sent=WRITABLE.flatmap(lambda it: st.tuples(st.just(it[0]), st.just(it[1]), body_of(it[2]))))
def test_any_body_is_answered(asking: GraphPerson, named: dict[str, str], sent: tuple[str, str, Any]) -> None:
    method, path, body = sent
    sound(asking.ask(method, at(path, named), json=body))
    for shown in ("/me/mailFolders?$top=50", "/me/messages?$top=50", "/me/mailboxSettings"):
        assert asking.ask("GET", shown).status_code == 200


@GENTLE
@given(items=BATCHES)
def test_any_batch_is_answered(asking: GraphPerson, items: list[Any]) -> None:
    answer = asking.ask("POST", "/$batch", json={"requests": items})
    sound(answer)
    for inner in answer.json().get("responses", ()):
        assert inner["status"] in STATUSES | {424}
