"""The thirty predicates of a rule, each with messages that it takes and messages that it leaves."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from m365_simulator.graph.vocabulary import PREDICATES
from tests.graph_person import addressed
from tests.letter import OWNER, SENDER, letter, multipart, typed
from tests.mail_owner import Owner
from tests.simulator_control import Simulator

OTHER = "other@example.com"
KB = 1024
PDF = "Content-Disposition: attachment; filename=a.pdf\r\nContent-Type: application/pdf\r\n\r\nx"
TEXT = "Content-Type: text/plain\r\n\r\nhi"
PICTURE = "Content-Type: image/png\r\nContent-ID: <a>\r\nContent-Disposition: inline\r\n\r\nx"
SMIME = "application/pkcs7-mime"


def report(kind: str, action: str = "failed") -> bytes:
    """RFC 6522."""
    part = f"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;a\r\n\r\nAction: {action}\r\n"
    return multipart(f"report; report-type={kind}", TEXT, part)


def inside(raw: bytes) -> bytes:
    """The message, attached to another."""
    return multipart("mixed", TEXT, f"Content-Type: message/rfc822\r\n\r\n{raw.decode()}").replace(b"=b", b"=c", 1)


def calendar(method: str, more: str = "") -> str:
    return f"Content-Type: text/calendar; method={method}\r\n{more}\r\nBEGIN:VCALENDAR"


def sized(kilobytes: float) -> bytes:
    """A message of exactly so many kilobytes."""
    bare = letter(text="x\n")
    return bare + b"x" * (round(kilobytes * KB) - len(bare))


class Case(NamedTuple):
    name: str
    value: Any
    takes: tuple[bytes, ...]
    leaves: tuple[bytes, ...]


PLAIN = letter("Hello", "Good morning.\n", to=OTHER, From="x@example.net")
CASES = (
    Case(
        "bodyContains",
        ["nothing", "締切"],
        (letter(text="課題の締切は明日です。"), typed("text/html; charset=utf-8", "<p>締<b>切</b></p>")),
        (letter("締切", "課題"), typed("text/html; charset=utf-8", "<style>締切</style>")),
    ),
    Case(
        "bodyOrSubjectContains",
        ["課題"],
        (letter("課題 3"), letter(text="課題です")),
        (letter("締切", "明日"), letter(X_Comment="課題")),
    ),
    Case(
        "categories",
        ["ゼミ"],
        (letter(Keywords="other, ゼミ"),),
        (letter(Keywords="ゼミナール"), letter("ゼミ")),
    ),
    Case(
        "fromAddresses",
        addressed(SENDER.upper(), OTHER),
        (letter(), letter(From=f"Somebody <{OTHER}>")),
        (letter(From="x@example.net"), letter(From=f'"{SENDER}" <x@example.net>')),
    ),
    Case(
        "hasAttachments",
        True,
        (multipart("mixed", TEXT, PDF), typed("application/pdf")),
        (letter(), multipart("related", TEXT, PICTURE)),
    ),
    Case(
        "headerContains",
        ["LAB-ml", "x-campaign"],
        (letter(List_Id="<lab-ml.example.ac.jp>"), letter(X_Campaign="1")),
        (letter(text="lab-ml"),),
    ),
    Case(
        "importance",
        "high",
        (letter(Importance="High"), letter(X_Priority="1 (Highest)"), letter(Priority="urgent")),
        (letter(), letter(Importance="low"), letter(Importance="normal", X_Priority="1")),
    ),
    Case("importance", "low", (letter(X_Priority="5"), letter(Priority="non-urgent")), (letter(X_Priority="3"),)),
    Case("importance", "normal", (letter(), letter(Importance="nonsense")), (letter(Importance="low"),)),
    Case(
        "isApprovalRequest",
        True,
        (letter(X_MS_Exchange_Organization_Approval_Initiator=OTHER),),
        (letter("Please approve"),),
    ),
    Case(
        "isAutomaticForward",
        True,
        (letter(X_MS_Exchange_Inbox_Rules_Loop=OTHER), letter(Auto_Submitted="auto-forwarded")),
        (letter("FW: Hello"), letter(Auto_Submitted="auto-generated")),
    ),
    Case(
        "isAutomaticReply",
        True,
        (letter(Auto_Submitted="auto-replied (vacation)"), letter(X_Autoreply="yes")),
        (
            letter(Auto_Submitted="no"),
            report("delivery-status").replace(b"To:", b"Auto-Submitted: auto-replied\r\nTo:"),
        ),
    ),
    Case(
        "isEncrypted",
        True,
        (typed(f"{SMIME}; smime-type=enveloped-data"), typed(f"{SMIME}; smime-type=authEnveloped-data"), typed(SMIME)),
        (typed(f"{SMIME}; smime-type=signed-data"), inside(typed(SMIME))),
    ),
    Case(
        "isMeetingRequest",
        True,
        (typed("text/calendar; method=REQUEST"), multipart("alternative", TEXT, calendar("REQUEST"))),
        (
            typed("text/calendar; method=REPLY"),
            typed("text/calendar; method=CANCEL"),
            multipart("mixed", TEXT, calendar("REQUEST", "Content-Disposition: attachment\r\n")),
            inside(typed("text/calendar; method=REQUEST")),
        ),
    ),
    Case(
        "isMeetingResponse",
        True,
        (typed('text/calendar; method="reply"'), multipart("alternative", TEXT, calendar("REPLY"))),
        (typed("text/calendar; method=REQUEST"), letter("Accepted: Hello")),
    ),
    Case(
        "isNonDeliveryReport",
        True,
        (report("delivery-status"), typed("multipart/report; report-type=delivery-status; boundary=b")),
        (
            report("delivery-status", "delivered"),
            report("delivery-status", "delayed"),
            report("disposition-notification"),
            inside(report("delivery-status")),
            letter("Undeliverable: Hello"),
        ),
    ),
    Case(
        "isPermissionControlled",
        True,
        (typed("text/plain", Content_Class="rpmsg.message"),),
        (typed(SMIME), letter(Content_Class="urn:content-classes:message")),
    ),
    Case(
        "isReadReceipt",
        True,
        (report("disposition-notification"),),
        (report("delivery-status"), letter(Disposition_Notification_To=OTHER), letter("Read: Hello")),
    ),
    Case(
        "isSigned",
        True,
        (multipart("signed", TEXT, PDF), typed(f"{SMIME}; smime-type=signed-data")),
        (typed(SMIME), inside(multipart("signed", TEXT, PDF))),
    ),
    Case(
        "isVoicemail",
        True,
        (letter(Message_Context="voice-message"), typed("multipart/voice-message; boundary=b")),
        (letter(Message_Context="fax-message"), typed("audio/wav")),
    ),
    Case(
        "messageActionFlag",
        "followUp",
        (letter(X_Message_Flag="Follow up"),),
        (letter(), letter(X_Message_Flag="Reply")),
    ),
    Case("messageActionFlag", "any", (letter(X_Message_Flag="Whatever"), letter(X_Message_Flag="Call")), (letter(),)),
    Case("messageActionFlag", "fyi", (letter(X_Message_Flag="For Your Information"),), (letter(X_Message_Flag="x"),)),
    Case(
        "notSentToMe",
        True,
        (letter(to=OTHER), letter(to=OTHER, Cc=OWNER)),
        (letter(), letter(to=f"{OTHER}, {OWNER.upper()}")),
    ),
    Case(
        "recipientContains",
        ["HELPDESK", "伊藤"],
        (letter(), letter(to=OTHER, Cc=OWNER), letter(to=f"伊藤 <{OTHER}>")),
        (letter("helpdesk", to=OTHER), letter(to=OTHER, Bcc=OWNER)),
    ),
    Case(
        "senderContains",
        ["TARO@", "太郎"],
        (letter(), letter(From=f"太郎 <{OTHER}>")),
        (letter(From=OTHER), letter(From=OTHER, Reply_To=SENDER)),
    ),
    Case(
        "sensitivity",
        "confidential",
        (letter(Sensitivity="Company-Confidential"),),
        (letter(), letter(Sensitivity="Private")),
    ),
    Case("sensitivity", "private", (letter(Sensitivity="Private"),), (letter(Sensitivity="Personal"),)),
    Case("sensitivity", "personal", (letter(Sensitivity="Personal"),), (letter(),)),
    Case("sensitivity", "normal", (letter(), letter(Sensitivity="nonsense")), (letter(Sensitivity="Private"),)),
    Case(
        "sentCcMe",
        True,
        (letter(to=OTHER, Cc=OWNER), letter(Cc=OWNER.upper())),
        (letter(), letter(Cc=OTHER)),
    ),
    Case(
        "sentOnlyToMe",
        True,
        (letter(), letter(to=f"{OWNER}, {OWNER.upper()}")),
        (letter(to=f"{OWNER}, {OTHER}"), letter(Cc=OTHER), letter(to=OTHER, Cc=OWNER)),
    ),
    Case(
        "sentToAddresses",
        addressed("list@example.com", OTHER),
        (letter(to="LIST@example.com"), letter(Cc=OTHER)),
        (letter(), letter(to="other.list@example.com")),
    ),
    Case("sentToMe", True, (letter(), letter(Cc=OTHER)), (letter(to=OTHER), letter(to=OTHER, Cc=OWNER))),
    Case("sentToOrCcMe", True, (letter(), letter(to=OTHER, Cc=OWNER)), (letter(to=OTHER), letter(to=OTHER, Bcc=OWNER))),
    Case(
        "subjectContains", ["課題", "休講"], (letter("【重要】課題の提出"), letter("休講")), (letter("締切", "課題"),)
    ),
    Case(
        "withinSizeRange",
        {"minimumSize": 2, "maximumSize": 4},
        (sized(2), sized(3), sized(4)),
        (sized(1.9), sized(4.1)),
    ),
    Case("withinSizeRange", {"minimumSize": 2}, (sized(2), sized(90)), (sized(1),)),
    Case("withinSizeRange", {"maximumSize": 2}, (sized(1), sized(2)), (sized(2.5),)),
)


@pytest.fixture
def owner(simulator: Simulator) -> Owner:
    return Owner(simulator, "helpdesk")


def test_every_predicate_is_tried_both_ways() -> None:
    assert {case.name for case in CASES} == set(PREDICATES)
    assert len(PREDICATES) == 30
    assert all(case.takes and case.leaves for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_predicate_takes_its_messages_and_leaves_others(owner: Owner, case: Case) -> None:
    owner.made_rule(displayName="r", conditions={case.name: case.value})
    assert [owner.matched(raw) for raw in case.takes] == [["r"]] * len(case.takes)
    assert [owner.matched(raw) for raw in case.leaves] == [[]] * len(case.leaves)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_as_an_exception_it_keeps_the_rule_from_its_messages(owner: Owner, case: Case) -> None:
    owner.made_rule(displayName="r", exceptions={case.name: case.value})
    assert [owner.matched(raw) for raw in case.takes] == [[]] * len(case.takes)
    assert [owner.matched(raw) for raw in case.leaves] == [["r"]] * len(case.leaves)


def test_all_predicates_must_hold(owner: Owner) -> None:
    owner.made_rule(displayName="r", conditions={"subjectContains": ["課題"], "bodyContains": ["締切"]})
    assert owner.matched(letter("課題", "締切")) == ["r"]
    assert owner.matched(letter("課題", "休講")) == owner.matched(letter("休講", "締切")) == []


def test_no_condition_means_every_message(owner: Owner) -> None:
    owner.made_rule(displayName="r")
    assert owner.matched(b"") == ["r"]


def test_one_exception_that_holds_is_enough(owner: Owner) -> None:
    owner.made_rule(displayName="r", exceptions={"subjectContains": ["[内部]"], "hasAttachments": True})
    assert owner.matched(letter("課題")) == ["r"]
    assert owner.matched(letter("[内部] 課題")) == owner.matched(multipart("mixed", TEXT, PDF)) == []


def test_a_predicate_that_is_false_says_nothing(owner: Owner) -> None:
    owner.made_rule(displayName="r", conditions={"hasAttachments": False, "notSentToMe": False})
    assert owner.matched(multipart("mixed", TEXT, PDF)) == owner.matched(PLAIN) == ["r"]


@pytest.mark.parametrize(("setting", "copied"), [("to", ["r"]), ("to_or_cc", [])])
def test_not_sent_to_me_may_look_at_copies_too(owner: Owner, setting: str, copied: list[str]) -> None:
    owner.simulator.switch(not_sent_to_me=setting)
    owner.made_rule(displayName="r", conditions={"notSentToMe": True})
    assert owner.matched(letter(to=OTHER, Cc=OWNER)) == copied
    assert owner.matched(letter(to=OTHER)) == ["r"]


MESSAGES = tuple({raw: None for case in CASES for raw in (*case.takes, *case.leaves)})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(st.sampled_from(CASES), min_size=1, max_size=4, unique_by=lambda case: case.name), data=st.data())
def test_either_the_conditions_let_a_rule_act_or_the_same_as_one_exception_each(
    owner: Owner, cases: list[Case], data: st.DataObject
) -> None:
    """A rule with all of them acts where no rule with one of them as its exception does."""
    owner.simulator.reset()
    raw = data.draw(st.sampled_from(MESSAGES))
    owner.made_rule(displayName="all", conditions={case.name: case.value for case in cases})
    for case in cases:
        owner.made_rule(displayName=case.name, exceptions={case.name: case.value})
    acted = owner.matched(raw)
    assert ("all" in acted) == (not [name for name in acted if name != "all"])
