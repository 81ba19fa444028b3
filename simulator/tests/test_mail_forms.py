"""The form in which a message leaves: forwarded, redirected, or as an attachment."""

from __future__ import annotations

import pytest

from tests.graph_person import addressed
from tests.letter import OWNER, SENDER, letter, multipart
from tests.mail_owner import Owner
from tests.simulator_control import Simulator

LOOP = "X-MS-Exchange-Inbox-Rules-Loop"


@pytest.fixture
def owner(simulator: Simulator) -> Owner:
    return Owner(simulator, "helpdesk")


ORIGINAL = multipart(
    "mixed",
    "Content-Type: text/plain; charset=utf-8\r\n\r\n課題の締切",
    "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF",
    Subject="=?utf-8?b?6Kqy6aGM?=",
    Message_ID="<one@sender.example.org>",
)


def test_a_forward_is_a_new_message_of_the_owner(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(displayName="out", actions={"forwardTo": addressed("me@example.com")})
    answer = owner.deliver(ORIGINAL)
    assert answer["sent"] == [{"to": "me@example.com", "kind": "forward", "delivered": True, "bounce": None}]
    row = simulator.outbox()[0]
    assert (row["from"], row["subject"]) == (OWNER, "FW: 課題")
    assert row["headers"]["Return-Path"] == f"<{OWNER}>"
    assert row["headers"][LOOP] == OWNER
    assert row["headers"]["Message-ID"] != "<one@sender.example.org>"
    assert row["headers"]["X-MS-Exchange-Parent-Message-Id"] == "<one@sender.example.org>"
    assert row["headers"]["X-MS-Exchange-Generated-Message-Source"] == "Mailbox Rules Agent"
    assert (row["size"], row["at"][-1]) == (len(owner.left(0)), "Z")


def test_a_forward_quotes_the_original_and_takes_its_files_along(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"forwardTo": addressed("me@example.com")})
    owner.deliver(ORIGINAL)
    made = owner.left_letter(0)
    text = made.get_body(("plain",)).get_content()
    assert "差出人: taro@sender.example.org" in text
    assert "課題の締切" in text
    [file] = made.iter_attachments()
    assert (file.get_filename(), file.get_content().strip()) == ("a.pdf", b"%PDF")


def test_a_forward_of_html_stays_html_with_its_pictures(simulator: Simulator, owner: Owner) -> None:
    picture = "Content-Type: image/png; name=p.png\r\nContent-ID: <p>\r\nContent-Disposition: inline\r\n\r\nx"
    html = 'Content-Type: text/html; charset=utf-8\r\n\r\n<p>課題</p><img src="cid:p">'
    owner.made_rule(actions={"forwardTo": addressed("me@example.com")})
    owner.deliver(multipart("related", html, picture, From='"<b>" <b@example.org>'))
    made = owner.left_letter(0)
    assert "<p>課題</p>" in made.get_body(("html",)).get_content()
    assert "<b> <b@" not in made.get_body(("html",)).get_content()
    assert [part["Content-ID"] for part in made.iter_attachments()] == ["<p>"]


def test_a_redirect_is_the_original_below_the_headers_of_the_owner(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"redirectTo": addressed("me@example.com")})
    owner.deliver(ORIGINAL)
    row = simulator.outbox()[0]
    assert (row["from"], row["subject"], row["kind"]) == (SENDER, "課題", "redirect")
    assert row["headers"]["Resent-From"] == f"<{OWNER}>"
    assert row["headers"]["To"] == OWNER
    assert row["headers"]["Message-ID"] == "<one@sender.example.org>"
    assert row["headers"][LOOP] == OWNER
    added, _, kept = owner.left(0).partition(ORIGINAL[:40])
    assert ORIGINAL[:40] + kept == ORIGINAL
    assert added.endswith(b"\r\n")


def test_the_envelope_of_a_redirect_to_outside_is_rewritten(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"redirectTo": addressed("me@example.com", "needs.mfa@example.ac.jp")})
    owner.deliver(letter())
    outside, inside = (row["headers"]["Return-Path"] for row in simulator.outbox())
    local, domain = SENDER.split("@")
    assert outside.startswith("<helpdesk+SRS=")
    assert outside.endswith(f"={domain}={local}@example.ac.jp>")
    assert inside == f"<{SENDER}>"


def test_a_forward_as_attachment_holds_the_original_whole(simulator: Simulator, owner: Owner) -> None:
    owner.made_rule(actions={"forwardAsAttachmentTo": addressed("me@example.com")})
    owner.deliver(ORIGINAL)
    row = simulator.outbox()[0]
    assert (row["from"], row["subject"], row["kind"]) == (OWNER, "FW: 課題", "attachment")
    [attached] = owner.left_letter(0).iter_attachments()
    assert attached.get_content_type() == "message/rfc822"
    inner = attached.get_content()
    assert (inner["Subject"], inner["From"]) == ("課題", SENDER)
    assert [part.get_filename() for part in inner.iter_attachments()] == ["a.pdf"]


def test_a_message_that_never_left_cannot_be_had(simulator: Simulator) -> None:
    for number in ("0", "x", "-1"):
        answer = simulator.session.get(f"{simulator.address}/control/outbox?message={number}", timeout=10)
        assert (answer.status_code, answer.json()) == (404, {"error": "The outbox holds 0 messages."})
