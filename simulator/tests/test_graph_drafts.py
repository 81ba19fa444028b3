"""Drafts: made from JSON or MIME, changed, never sent. https://learn.microsoft.com/graph/api/user-post-messages"""

from __future__ import annotations

import base64
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from tests.graph_person import GraphPerson, addressed, code
from tests.letter import letter
from tests.simulator_control import Simulator

DRAFT = {
    "subject": "昨日の試合",
    "importance": "Low",
    "body": {"contentType": "HTML", "content": "They were <b>awesome</b>!"},
    "toRecipients": addressed("helpdesk@example.ac.jp"),
    "bccRecipients": addressed("secret@example.com"),
    "internetMessageHeaders": [{"name": "x-custom", "value": "Washington"}],
}


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    return GraphPerson(simulator, "new.student", ("Mail.ReadWrite",))


def make(student: GraphPerson, path: str = "/me/messages", **changed: Any) -> dict[str, Any]:
    return student.right(student.ask("POST", path, json=DRAFT | changed), 201)


def test_a_draft_lies_in_drafts_with_all_that_was_sent(student: GraphPerson) -> None:
    made = make(student)
    assert made["parentFolderId"] == student.get("/me/mailFolders/drafts")["id"]
    assert (made["isDraft"], made["isRead"], made["importance"]) == (True, True, "low")
    assert made["subject"] == "昨日の試合"
    assert made["body"] == {"contentType": "html", "content": "They were <b>awesome</b>!\n"}
    assert made["bodyPreview"] == "They were awesome!"
    assert made["toRecipients"][0]["emailAddress"] == {"name": "伊藤 恵", "address": "helpdesk@example.ac.jp"}
    assert made["bccRecipients"][0]["emailAddress"]["address"] == "secret@example.com"
    assert made["from"]["emailAddress"] == {"name": "Emma Clark", "address": student.address}
    headers = student.get(f"/me/messages/{made['id']}?$select=internetMessageHeaders")["internetMessageHeaders"]
    assert {"name": "x-custom", "value": "Washington"} in headers


def test_a_draft_may_be_made_in_any_folder(student: GraphPerson) -> None:
    made = make(student, "/me/mailFolders/archive/messages")
    assert made["parentFolderId"] == student.get("/me/mailFolders/archive")["id"]


def test_a_draft_is_changed_in_every_part(student: GraphPerson) -> None:
    path = f"/me/messages/{make(student)['id']}"
    body = {"subject": "Another", "body": {"contentType": "text", "content": "<x>\n"}, "isReadReceiptRequested": True}
    changed = student.right(student.ask("PATCH", path, json={**body, "ccRecipients": addressed("a@example.com")}), 200)
    assert (changed["subject"], changed["isReadReceiptRequested"], changed["isDraft"]) == ("Another", True, True)
    assert changed["ccRecipients"] != []
    assert changed["toRecipients"] != []
    assert "&lt;x&gt;<br>" in changed["body"]["content"]
    plain = student.get(path, headers={"Prefer": 'outlook.body-content-type="text"'})
    assert plain["body"] == {"contentType": "text", "content": "<x>\n"}


def test_what_was_changed_is_what_the_message_holds(student: GraphPerson) -> None:
    path = f"/me/messages/{make(student)['id']}"
    student.ask("PATCH", path, json={"subject": "Another"})
    mail = message_from_bytes(student.ask("GET", f"{path}/$value").content, policy=default)
    assert (mail["Subject"], mail["x-custom"], mail["Bcc"]) == ("Another", "Washington", "secret@example.com")
    assert mail.get_content().rstrip() == "They were <b>awesome</b>!"


def test_a_draft_may_be_empty(student: GraphPerson) -> None:
    made = student.right(student.ask("POST", "/me/messages", json={}), 201)
    assert (made["subject"], made["toRecipients"], made["importance"]) == ("", [], "normal")


def test_a_draft_is_made_from_mime(student: GraphPerson) -> None:
    body = base64.b64encode(letter("From MIME"))
    answer = student.ask("POST", "/me/messages", data=body, headers={"Content-Type": "text/plain"})
    assert student.right(answer, 201)["subject"] == "From MIME"
    wrong = student.ask("POST", "/me/messages", data=b"no base64", headers={"Content-Type": "text/plain"})
    assert code(wrong) == (400, "ErrorMimeContentInvalidBase64String")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"nonsense": 1}, "RequestBodyRead"),
        ({"toRecipients": addressed("nobody")}, "ErrorInvalidRecipients"),
        ({"toRecipients": [{"emailAddress": {"name": "x"}}]}, "ErrorInvalidRecipients"),
        ({"toRecipients": ["a@example.com"]}, "RequestBodyRead"),
        ({"internetMessageHeaders": [{"name": "Subject", "value": "x"}]}, "InvalidInternetMessageHeader"),
        ({"internetMessageHeaders": [{"name": "x-a\r\nSubject", "value": "x"}]}, "InvalidInternetMessageHeader"),
        ({"body": "text"}, "RequestBodyRead"),
        ({"body": {"contentType": "pdf"}}, "InvalidArguments"),
    ],
    ids=str,
)
def test_a_draft_that_cannot_be_is_refused(student: GraphPerson, changed: dict[str, Any], refusal: str) -> None:
    assert code(student.ask("POST", "/me/messages", json=DRAFT | changed)) == (400, refusal)
    assert student.get("/me/mailFolders/drafts/messages")["value"] == []


def test_a_line_break_in_a_subject_or_a_header_makes_no_header(student: GraphPerson) -> None:
    headers = [{"name": "x-custom", "value": "a\r\nBcc: b@example.com"}]
    made = make(student, subject="a\r\nBcc: b@example.com", internetMessageHeaders=headers, bccRecipients=[])
    assert (made["subject"], made["bccRecipients"]) == ("a Bcc: b@example.com", [])


def test_a_mailbox_over_its_quota_takes_no_draft(simulator: Simulator) -> None:
    person = GraphPerson(simulator, "over.quota", ("Mail.ReadWrite",))
    assert code(person.ask("POST", "/me/messages", json=DRAFT)) == (403, "ErrorQuotaExceeded")
