"""Pages that say what went wrong, in the reader's language, with a number for the helpdesk."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import OperationalError
from django.db import connection as database

from portal.changes.errors import ChangeProblem
from portal.web.problem_words import WORDS
from portal.web.problems import REASONS
from tests.front_door import Page, Reader, filled
from tests.simulator_control import Simulator


@pytest.mark.parametrize(
    ("address", "words"), [("/ja/nowhere/", "ページが見つかりません"), ("/en/nowhere/", "no such page")]
)
def test_an_address_that_does_not_exist(visitor: Reader, address: str, words: str) -> None:
    page = visitor.open(address, status=404)
    assert words in page.h1
    assert page.words(".ref").startswith("MD-")


def test_an_address_without_a_language_is_answered_in_the_readers(visitor: Reader) -> None:
    assert visitor.open("/nowhere", status=404, **{"Accept-Language": "en"}).h1 == "There is no such page"


def test_a_form_without_its_token_is_not_carried_out(new_student: Reader, simulator: Simulator) -> None:
    answer = new_student.post("/en/forwarding/", to="a@example.com")
    page = Page(answer, "/en/forwarding/")
    assert answer.status_code == 403
    assert "Nothing was changed." in page.text
    assert simulator.rules("new.student@example.ac.jp") == []


def test_a_fault_of_ours_is_a_plain_page(new_student: Reader) -> None:
    new_student.client.raise_request_exception = False
    with database.cursor() as cursor:
        cursor.execute("alter table changes_change rename to elsewhere")
    page = new_student.open("/ja/history/", status=500)
    assert page.h1 == "このサイトで問題が起きました"
    assert page.words(".ref").startswith("MD-")


def test_a_fault_is_a_plain_page_without_a_database_too(new_student: Reader) -> None:
    """The session cannot be read either, so nobody is known to be signed in."""
    new_student.client.raise_request_exception = False

    def down(*_: object) -> None:
        raise OperationalError("the database is down")

    with database.execute_wrapper(down):
        page = new_student.open("/en/history/", status=500)
    assert page.h1 == "Something went wrong here"
    assert page.words(".ref").startswith("MD-")


def test_a_host_that_is_not_ours_is_refused_with_a_page(visitor: Reader) -> None:
    answer = visitor.client.get("/en/", SERVER_NAME="elsewhere.example")
    assert answer.status_code == 400
    assert Page(answer, "/en/").h1 == "The request could not be read"


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ({"status": 429, "headers": {"Retry-After": "7200"}}, 503, "7200"),
        ({"status": 429}, 503, "busy"),
        ({"status": 503, "body": "<html>down</html>"}, 502, "not answering"),
        ({"status": 200, "body": '{"value": [{'}, 502, "not answering"),
        ({"status": 200, "body": ""}, 502, "not answering"),
        ({"drop": True}, 502, "not answering"),
        ({"status": 403, "body": {"error": {"code": "ErrorAccessDenied", "message": "x"}}}, 403, "refused"),
    ],
)
def test_what_microsoft_answers_is_explained(
    rule_collector: Reader, simulator: Simulator, fault: dict[str, object], status: int, words: str
) -> None:
    simulator.fault("GET */messageRules*", **fault)
    page = rule_collector.open("/en/rules/", status=status)
    assert words in f"{page.h1} {page.text}"
    assert "<html>down" not in page.text


def test_microsofts_own_number_and_word_are_for_the_helpdesk(
    rule_collector: Reader, simulator: Simulator, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = {"error": {"code": "ErrorAccessDenied", "message": "x"}}
    simulator.fault("GET */messageRules*", status=403, headers={"request-id": "5f0c7c5e-3a52"}, body=refusal)
    page = rule_collector.open("/en/rules/", status=403)
    assert "Microsoft's number: 5f0c7c5e-3a52" in page.text
    assert "refused: Forbidden ErrorAccessDenied" in caplog.text


def test_what_microsoft_says_of_a_token_stands_on_the_sign_in_page(new_student: Reader, simulator: Simulator) -> None:
    refusal = {"error": {"code": "InvalidAuthenticationToken", "message": "x"}}
    simulator.fault("GET */messageRules*", status=401, body=refusal, times=2)
    page = new_student.open("/en/forwarding/")
    assert page.h1 == "Please sign in once more"
    assert "InvalidAuthenticationToken" in page.text


def test_an_account_without_a_mailbox_is_told_so(no_licence: Reader) -> None:
    page = no_licence.open("/ja/rules/", status=403)
    assert page.h1 == "このアカウントにはメールボックスがありません"


def test_a_page_made_for_one_person_is_kept_by_nobody(new_student: Reader) -> None:
    for address in ("/ja/", "/ja/forwarding/", "/ja/history/"):
        assert new_student.open(address).response["Cache-Control"] == "private, no-store"


def test_an_address_for_forms_only_is_a_plain_page_when_opened(new_student: Reader, simulator: Simulator) -> None:
    page = new_student.open("/en/rules/QUJD/switch/", status=405)
    assert page.h1 == "This address is not a page"
    assert "POST" in page.response["Allow"]


def test_each_reason_has_words_of_its_own() -> None:
    """A reason without a row would be told as a fault of this site."""
    kinds, reasons = [ChangeProblem], {reason for kind, reason, _ in REASONS if kind is not ChangeProblem}
    while kinds:
        found = kinds.pop().__subclasses__()
        reasons |= {kind.reason for kind in found}
        kinds += found
    assert reasons - set(WORDS) == set()


def test_a_page_for_the_time_when_the_site_is_stopped(visitor: Reader) -> None:
    assert visitor.open("/ja/maintenance/", status=503).h1 == "窓口はメンテナンス中です"


def test_what_microsoft_wants_of_the_next_sign_in_is_asked_for(new_student: Reader, simulator: Simulator) -> None:
    claims = base64.b64encode(b'{"access_token":{"nbf":{"essential":true}}}').decode()
    challenge = f'Bearer realm="", error="insufficient_claims", claims="{claims}"'
    simulator.fault("GET */messageRules*", status=401, headers={"WWW-Authenticate": challenge})
    page = new_student.open("/en/forwarding/")
    assert page.h1 == "Please sign in once more"
    form = page.form("main form")
    leaves = new_student.client.post(str(form["action"]), filled(form, {}, None))
    assert "essential" in parse_qs(urlsplit(leaves["Location"]).query)["claims"][0]


def test_no_address_of_a_page_is_logged(visitor: Reader, caplog: pytest.LogCaptureFixture) -> None:
    visitor.open("/ja/nowhere-secret/", status=404)
    assert "nowhere-secret" not in caplog.text
