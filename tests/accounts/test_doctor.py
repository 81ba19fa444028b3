"""`manage.py doctor`: healthy, and with each fault on.

`python -m pytest -rP tests/accounts/test_doctor.py` shows what it says of each.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from tests.accounts.certificates import assertion, certified_key, federated_credential
from tests.accounts.test_credential import use
from tests.accounts.test_tokens import let_the_token_end, person
from tests.front_door import Reader
from tests.security.leaks import leaks
from tests.simulator_control import Simulator

DISCOVERY = "GET /v2.0/.well-known/openid-configuration"
WELL = {
    "settings": "ok",
    "database": "ok",
    "migrations": "ok",
    "cache": "warning",  # the tests' cache is the process's memory
    "keys": "ok",
    "forwarding policy": "ok",
    "way out": "ok",
    "discovery": "ok",
    "clock": "ok",
    "credential": "ok",
    "credential's end": "not known",  # the tests' credential is a secret
    "redirect address": "ok",
    "sign-out address": "not known",
    "permissions": "ok",
    "mailbox": "ok",
}


@dataclass(frozen=True)
class Said:
    """What the doctor wrote, and its exit status."""

    text: str
    status: int
    checks: dict[str, dict[str, str]]

    def results(self) -> dict[str, str]:
        return {name: row["result"] for name, row in self.checks.items()}

    def finds(self, name: str, result: str, words: str, *, status: int | None = None) -> None:
        """The check's result, words of what it says, that it says how to mend it, and the exit status."""
        row = self.checks[name]
        assert (row["result"], words in row["says"]) == (result, True), row
        assert row["mend"]
        assert self.status == ((result == "failed") if status is None else status)
        line = next(line for line in self.text.splitlines() if f" {name} " in line)
        assert line.startswith(result)
        assert words in line


def run(*arguments: str) -> tuple[str, int]:
    said = io.StringIO()
    try:
        call_command("doctor", *arguments, stdout=said)
    except SystemExit as ended:
        return said.getvalue(), int(ended.code or 0)
    return said.getvalue(), 0


def doctor(somebody: str = "") -> Said:
    """Both forms of the answer, which may hold nothing that is secret."""
    asked = ["--person", str(person(somebody).oid)] if somebody else []
    text, status = run(*asked)
    print(text)
    written, again = run("--json", *asked)
    assert again == status
    assert list(leaks(text + written)) == []
    return Said(text, status, {row["check"]: row for row in json.loads(written)["checks"]})


def test_a_site_that_is_well(full_mailbox: Reader) -> None:
    said = doctor("full.mailbox")
    assert said.results() == WELL
    assert said.status == 0
    assert said.text.rstrip().endswith("15 checks: 12 ok, 1 warning, 0 failed, 2 not known.")


@pytest.mark.django_db
def test_without_a_person_what_only_a_person_shows_is_not_known() -> None:
    said = doctor()
    said.finds("permissions", "not known", "Nobody is signed in", status=0)
    said.finds("mailbox", "not known", "Skipped", status=0)


def test_without_a_person_the_newest_token_shows_the_permissions(full_mailbox: Reader) -> None:
    assert doctor().results()["permissions"] == "ok"
    let_the_token_end(person(), 0)
    doctor().finds("permissions", "not known", "not for the mailbox", status=0)


@pytest.mark.parametrize(
    ("order", "check", "words"),
    [
        ({"secret_expires_at": "2026-01-01T00:00:00Z"}, "credential", "AADSTS7000222"),
        ({"redirect_uris": ["https://other.example.ac.jp/"]}, "redirect address", "AADSTS50011"),
    ],
)
@pytest.mark.django_db
def test_what_is_wrong_with_the_registration(simulator: Simulator, order: Any, check: str, words: str) -> None:
    simulator.application(**order)
    doctor().finds(check, "failed", words)


@pytest.mark.django_db
def test_a_secret_that_is_not_the_applications(settings: LazySettings) -> None:
    settings.CLIENT_SECRET = "wrong"
    doctor().finds("credential", "failed", "AADSTS7000215")


@pytest.mark.django_db
def test_a_certificate_that_is_not_registered(settings: LazySettings) -> None:
    use(settings, CLIENT_CERTIFICATE=certified_key(days=90).both)
    doctor().finds("credential", "failed", "AADSTS700027")


@pytest.mark.parametrize(("days", "result", "status"), [(90, "ok", 0), (20, "warning", 0), (-3, "failed", 1)])
@pytest.mark.django_db
def test_the_end_of_the_certificate(
    settings: LazySettings, simulator: Simulator, days: int, result: str, status: int
) -> None:
    pem = certified_key(days=days)
    simulator.application(certificates=[pem.certificate])
    use(settings, CLIENT_CERTIFICATE=pem.both)
    said = doctor()
    assert said.status == status
    assert said.results()["credential's end"] == result
    assert f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}" in said.checks["credential's end"]["says"]
    assert said.results()["credential"] == ("failed" if status else "ok")


@pytest.mark.django_db
def test_an_assertion_is_taken_while_the_platform_renews_it(
    settings: LazySettings, simulator: Simulator, tmp_path: Path
) -> None:
    simulator.application(federated_credentials=[federated_credential()])
    file = tmp_path / "assertion"
    use(settings, CLIENT_ASSERTION_FILE=str(file))
    said = doctor()
    said.finds("credential", "failed", "cannot be read")
    said.finds("credential's end", "failed", "holds no token")
    file.write_text(assertion())
    said = doctor()
    assert (said.results()["credential"], said.results()["credential's end"], said.status) == ("ok", "ok", 0)
    file.write_text(assertion(seconds=-600))
    said = doctor()
    said.finds("credential", "failed", "AADSTS700024")
    said.finds("credential's end", "failed", "was not renewed")


@pytest.mark.django_db
def test_an_application_that_the_tenant_does_not_know(settings: LazySettings) -> None:
    settings.CLIENT_ID = str(uuid4())
    said = doctor()
    said.finds("credential", "failed", "AADSTS700016")
    said.finds("redirect address", "failed", "AADSTS700016")


@pytest.mark.django_db
def test_a_tenant_that_there_is_not(settings: LazySettings) -> None:
    settings.TENANT_ID = str(uuid4())
    doctor().finds("discovery", "failed", "AADSTS90002")


@pytest.mark.django_db
def test_a_discovery_document_of_somebody_else(simulator: Simulator) -> None:
    simulator.switch(discovery_issuer="wrong")
    doctor().finds("discovery", "failed", "another issuer")


@pytest.mark.parametrize("body", ["no JSON", ["a list"]])
@pytest.mark.django_db
def test_a_discovery_document_that_is_none(simulator: Simulator, body: Any) -> None:
    simulator.fault(DISCOVERY, status=200, body=body)
    doctor().finds("discovery", "failed", "no discovery document")


@pytest.mark.django_db
def test_a_sign_in_host_that_does_not_answer(simulator: Simulator) -> None:
    simulator.fault("* /v2.0/*", drop=True)
    simulator.fault("* /oauth2/*", drop=True)
    said = doctor()
    said.finds("way out", "failed", "Sign-in cannot be reached (ConnectionError)")
    said.finds("discovery", "not known", "could not be asked for", status=1)
    said.finds("clock", "not known", "could not be asked for", status=1)
    said.finds("credential", "not known", "could not be asked", status=1)
    said.finds("redirect address", "not known", "could not be tried", status=1)


@pytest.mark.django_db
def test_a_graph_that_does_not_answer(simulator: Simulator) -> None:
    simulator.fault("GET /me", drop=True)
    doctor().finds("way out", "failed", "Graph cannot be reached")


@pytest.mark.parametrize(
    ("seconds", "result", "words"),
    [(90, "warning", "90 seconds apart"), (-90, "warning", "seconds apart"), (4000, "failed", "nobody can sign in")],
)
@pytest.mark.django_db
def test_clocks_that_differ(simulator: Simulator, seconds: int, result: str, words: str) -> None:
    theirs = datetime.now(UTC) + timedelta(seconds=seconds)
    simulator.fault(DISCOVERY, headers={"Date": format_datetime(theirs, usegmt=True)})
    row = doctor().checks["clock"]
    assert row["result"] == result
    assert words.removeprefix("90 ") in row["says"]


@pytest.mark.parametrize("date", ["yesterday", "Tue, 24 Nov 2026 08:00:00 GMT, Tue, 24 Nov 2026 17:00:00 GMT"])
@pytest.mark.django_db
def test_an_answer_without_one_date(simulator: Simulator, date: str) -> None:
    """A proxy in between may add its own."""
    simulator.fault(DISCOVERY, headers={"Date": date})
    doctor().finds("clock", "not known", "does not have one date", status=0)


@pytest.mark.parametrize("aadsts", [50194, 90094])
@pytest.mark.django_db
def test_a_refusal_that_says_nothing_of_the_redirect_address(simulator: Simulator, aadsts: int) -> None:
    simulator.fault("GET /oauth2/v2.0/authorize", status=400, body=f"AADSTS{aadsts}: no.")
    doctor().finds("redirect address", "not known", f"AADSTS{aadsts}", status=0)


def test_permissions_that_nobody_granted(new_student: Reader, simulator: Simulator) -> None:
    let_the_token_end(person("new.student"), 0)
    simulator.condition(65001, "refresh")
    said = doctor("new.student")
    said.finds("permissions", "failed", "AADSTS65001")


def test_somebody_whom_microsoft_wants_to_see_again(full_mailbox: Reader, simulator: Simulator) -> None:
    let_the_token_end(person(), 0)
    simulator.condition(50173, "refresh")
    doctor("full.mailbox").finds("mailbox", "not known", "No token for the person (AADSTS50173)", status=0)


def test_somebody_without_a_mailbox(no_licence: Reader) -> None:
    doctor("no.licence").finds("mailbox", "failed", "status 404")


@pytest.mark.parametrize(
    ("status", "result"), [(401, "failed"), (403, "failed"), (429, "not known"), (503, "not known")]
)
def test_a_mailbox_that_does_not_open(full_mailbox: Reader, simulator: Simulator, status: int, result: str) -> None:
    simulator.fault("GET /me/mailFolders/inbox", status=status)
    doctor("full.mailbox").finds("mailbox", result, f"status {status}")


def test_a_mailbox_that_cannot_be_reached(full_mailbox: Reader, simulator: Simulator) -> None:
    simulator.fault("GET /me/mailFolders/inbox", drop=True)
    doctor("full.mailbox").finds("mailbox", "failed", "cannot be reached")


@pytest.mark.parametrize("oid", ["x", str(uuid4())], ids=["no id", "of nobody"])
@pytest.mark.django_db
def test_a_person_who_is_not_known_is_said_in_one_sentence(oid: str) -> None:
    with pytest.raises(CommandError, match=r"^--person"):
        run("--person", oid)
