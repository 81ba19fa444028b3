"""The thirty predicates, each tried both ways."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.graph.vocabulary import PREDICATES
from simulator.mail.message import parse
from simulator.mail.predicates import applies, holds
from tests.simulator.graph_person import addressed
from tests.simulator.letter import OWNER, SENDER, letter, typed

PLAIN = letter("Hello", "Good morning.\n", to="other@example.com")
ATTACHED = (
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n"
    b"--b\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\nx\r\n--b--\r\n"
)
REPORT = "multipart/report; boundary=b; report-type="
CASES: list[tuple[str, Any, bytes]] = [
    ("bodyContains", ["nothing", "締切"], letter(text="課題の締切は明日です。")),
    ("bodyOrSubjectContains", ["課題"], letter("課題 3")),
    ("bodyOrSubjectContains", ["締切"], letter(text="締切は明日です。")),
    ("categories", ["ゼミ"], letter(Keywords="other, ゼミ")),
    ("fromAddresses", addressed(SENDER.upper()), letter()),
    ("hasAttachments", True, ATTACHED),
    ("headerContains", ["lab-ml"], letter(List_Id="<lab-ml.example.ac.jp>")),
    ("importance", "high", letter(Importance="High")),
    ("importance", "low", letter(X_Priority="5 (Lowest)")),
    ("isApprovalRequest", True, letter(X_MS_Exchange_Organization_Approval_Initiator="a@example.com")),
    ("isAutomaticForward", True, letter(X_MS_Exchange_Inbox_Rules_Loop="a@example.com")),
    ("isAutomaticReply", True, letter(Auto_Submitted="auto-replied")),
    ("isEncrypted", True, typed('application/pkcs7-mime; smime-type="enveloped-data"')),
    ("isMeetingRequest", True, typed("text/calendar; method=REQUEST")),
    ("isMeetingResponse", True, typed("text/calendar; method=REPLY")),
    ("isNonDeliveryReport", True, typed(f"{REPORT}delivery-status")),
    ("isPermissionControlled", True, typed("text/plain", Content_Class="rpmsg.message")),
    ("isReadReceipt", True, typed(f"{REPORT}disposition-notification")),
    ("isSigned", True, typed("multipart/signed; boundary=b")),
    ("isVoicemail", True, letter(Message_Context="voice-message")),
    ("messageActionFlag", "followUp", letter(X_Message_Flag="Follow up")),
    ("messageActionFlag", "any", letter(X_Message_Flag="Whatever")),
    ("recipientContains", ["helpdesk"], letter(to="x@example.com", Cc=OWNER)),
    ("senderContains", ["TARO@"], letter()),
    ("sensitivity", "confidential", letter(Sensitivity="Company-Confidential")),
    ("sentCcMe", True, letter(to="x@example.com", Cc=OWNER)),
    ("sentOnlyToMe", True, letter()),
    ("sentToAddresses", addressed("list@example.com"), letter(to="list@example.com")),
    ("sentToMe", True, letter(Cc="x@example.com")),
    ("sentToOrCcMe", True, letter(to="x@example.com", Cc=OWNER)),
    ("subjectContains", ["課題"], letter("【重要】課題の提出")),
    ("withinSizeRange", {"minimumSize": 2, "maximumSize": 4}, letter(text="x" * 60 + "\n" + "y\n" * 1200)),
    ("withinSizeRange", {"minimumSize": 2}, letter(text="y\n" * 1200)),
]


@pytest.mark.parametrize(("name", "value", "raw"), CASES, ids=[case[0] for case in CASES])
def test_a_predicate_holds_for_its_message_and_not_for_another(name: str, value: Any, raw: bytes) -> None:
    plain = letter("Hello", "Good morning.\n", to="other@example.com", From="x@example.net")
    assert holds(parse(raw), OWNER, name, value)
    assert not holds(parse(plain), OWNER, name, value)


def test_not_sent_to_me_is_the_other_way_round() -> None:
    assert holds(parse(PLAIN), OWNER, "notSentToMe", True)
    assert not holds(parse(letter()), OWNER, "notSentToMe", True)


def test_sent_only_to_me_wants_nobody_else() -> None:
    assert not holds(parse(letter(Cc="x@example.com")), OWNER, "sentOnlyToMe", True)


def test_every_predicate_is_tried_here() -> None:
    assert {case[0] for case in CASES} | {"notSentToMe"} == set(PREDICATES)


def test_all_predicates_must_hold_and_any_word_is_enough() -> None:
    content = parse(letter("課題", "締切"))
    both = {"subjectContains": ["nothing", "課題"], "bodyContains": ["締切"]}
    one = {"subjectContains": ["課題"], "bodyContains": ["休講"]}
    assert applies({"conditions": both, "exceptions": {}}, content, OWNER)
    assert not applies({"conditions": one, "exceptions": {}}, content, OWNER)


def test_no_condition_means_every_message() -> None:
    assert applies({"conditions": {}, "exceptions": {}}, parse(b""), OWNER)


def test_any_exception_cancels() -> None:
    except_for = {"subjectContains": ["[内部]"], "hasAttachments": True}
    rule = {"conditions": {}, "exceptions": except_for}
    assert applies(rule, parse(letter("課題")), OWNER)
    assert not applies(rule, parse(letter("[内部] 課題")), OWNER)
    assert not applies(rule, parse(ATTACHED), OWNER)
