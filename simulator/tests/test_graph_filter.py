"""`$filter` and `$orderby` of messages."""

from __future__ import annotations

import pytest

from tests.graph_person import GraphPerson, code
from tests.letter import letter
from tests.simulator_control import Simulator

FILTERS = [
    ("isRead eq false", {"A", "B", "C"}),
    ("isRead ne false", set()),
    ("not (isRead eq true)", {"A", "B", "C"}),
    ("not isRead", {"A", "B", "C"}),
    ("subject eq 'a'", {"A"}),
    ("subject ne 'A'", {"B", "C"}),
    ("subject in ('A', 'c')", {"A", "C"}),
    ("startswith(subject, 'b')", {"B"}),
    ("contains(subject,'C')", {"C"}),
    ("endswith(from/emailAddress/address, '.example.net')", {"C"}),
    ("contains(subject,'A') or contains(subject,'B')", {"A", "B"}),
    ("isRead eq false and (subject eq 'A' or subject eq 'B') and not contains(subject,'b')", {"A"}),
    ("from/emailAddress/address eq 'TARO@sender.example.org'", {"A"}),
    ("from/emailAddress/name eq '春日 隆'", {"B"}),
    ("toRecipients/any(r: r/emailAddress/address eq 'new.student@example.ac.jp')", {"A", "B", "C"}),
    ("ccRecipients/any(r: startswith(r/emailAddress/address, 'team@'))", {"B"}),
    ("toRecipients/all(r: contains(r/emailAddress/address, '@example.ac.jp'))", {"A", "B", "C"}),
    ("categories/any(c: c eq 'ゼミ')", {"C"}),
    ("categories/any(c: c eq 'nothing')", set()),
    ("importance eq 'high'", {"B"}),
    ("importance eq 'High' and hasAttachments eq false", {"B"}),
    ("hasAttachments eq true", set()),
    ("receivedDateTime ge 2026-01-01", {"A", "B", "C"}),
    ("receivedDateTime lt 2026-01-01T00:00:00Z", set()),
    ("receivedDateTime gt 2026-01-01T09:00:00.1234567+09:00 and subject eq 'A'", {"A"}),
    ("sentDateTime le 2026-10-01T00:00:00Z", {"A", "B"}),
    ("flag/flagStatus eq 'notFlagged'", {"A", "B", "C"}),
    ("inferenceClassification eq 'other'", set()),
    ("subject eq null", set()),
    ("tolower(subject) eq 'a' or toupper(subject) eq 'B'", {"A", "B"}),
    ("length(subject) gt 1", set()),
    ("trim(subject) eq 'A'", {"A"}),
    ("singleValueExtendedProperties/any(ep: ep/id eq 'Integer 0x0E08' and cast(ep/value, Edm.Int32) gt 0)", {*"ABC"}),
    ("singleValueExtendedProperties/Any(ep: ep/id eq 'String 0x0037' and ep/value eq 'b')", {"B"}),
    ("singleValueExtendedProperties/Any(ep: ep/id eq 'String 0x0037' and contains(ep/value, 'x'))", set()),
    (
        "singleValueExtendedProperties/Any(ep: ep/id eq 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Color')",
        set(),
    ),
]


@pytest.fixture
def student(simulator: Simulator) -> GraphPerson:
    """Three messages: A is plain; B has a name, a copy and importance; C has a category."""
    person = GraphPerson(simulator, "new.student")
    old = {"to": person.address, "Date": "Tue, 01 Sep 2026 09:00:00 +0900"}
    simulator.deliver(person.address, letter("A", **old))
    named = {"From": "春日 隆 <kasuga@example.com>", "Cc": "team@example.com", "Importance": "high"}
    simulator.deliver(person.address, letter("B", **old, **named))
    new = {"Date": "Sun, 01 Nov 2026 09:00:00 +0900", "From": "x@y.example.net", "Keywords": "ゼミ, 研究"}
    simulator.deliver(person.address, letter("C", to=person.address, **new))
    return person


@pytest.mark.parametrize(("text", "subjects"), FILTERS, ids=[text for text, _ in FILTERS])
def test_a_filter_finds_these_messages(student: GraphPerson, text: str, subjects: set[str]) -> None:
    rows = student.get("/me/messages", params={"$filter": text})["value"]
    assert {row["subject"] for row in rows} == subjects


REFUSED = [
    ("nonsense eq 1", "Could not find a property named 'nonsense' on type 'microsoft.graph.message'."),
    ("from/nonsense eq 1", "Could not find a property named 'nonsense' on type 'microsoft.graph.recipient'."),
    ("subject/length eq 1", "Could not find a property named 'length' on type 'Edm.String'."),
    (
        "toRecipients/any(r: r/name eq 'x')",
        "Could not find a property named 'name' on type 'microsoft.graph.recipient'.",
    ),
    ("isRead eq 'false'", "Found operand types 'Edm.Boolean' and 'Edm.String' for operator kind 'Equal'."),
    ("receivedDateTime ge '2026-01-01'", "'Edm.DateTimeOffset' and 'Edm.String'"),
    ("from eq 'x'", "'microsoft.graph.recipient' and 'Edm.String'"),
    ("categories eq 'x'", "'Collection(Edm.String)' and 'Edm.String'"),
    ("importance eq 'urgent'", "The string 'urgent' is not a valid enumeration type constant."),
    ("subject", "must evaluate to a single boolean value"),
    ("subject and isRead", "must evaluate to a single boolean value"),
    ("subject/any(s: s eq 'x')", "Any/All may only be used following a collection."),
    ("substringof('x', subject)", "An unknown function with name 'substringof' was found."),
    ("contains(subject)", "No function signature for the function with name 'contains' matches"),
    ("contains(isRead, 'x')", "No function signature"),
    ("cast(subject, Edm.Nonsense) eq 1", "The type 'Edm.Nonsense' is not defined in the model."),
    ("receivedDateTime ge 2026-13-01", "Unrecognized 'Edm.DateTimeOffset' literal '2026-13-01'"),
    ("subject eq", "Syntax error at position 10 in 'subject eq'."),
    ("subject eq 'x", "Syntax error: character ''' is not valid at position 11."),
    ("(isRead eq true", "Syntax error at position 15"),
    ("isRead eq true)", "Syntax error at position 14"),
    ("subject in 'x'", "Syntax error at position 11"),
    ("any(x: x eq 1)", "Could not find a property named 'x'"),
    ("(" * 60 + "isRead" + ")" * 60, "Recursion depth exceeded allowed limit."),
    ("not " * 60 + "isRead", "Recursion depth exceeded allowed limit."),
    ("", "Syntax error at position 0 in ''."),
    ("singleValueExtendedProperties/any(ep: ep/id eq 'nonsense')", "The property id 'nonsense' is malformed."),
]


@pytest.mark.behaviour(12)
@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text[:60] for text, _ in REFUSED])
def test_a_filter_is_refused_with_its_reason(student: GraphPerson, text: str, message: str) -> None:
    answer = student.ask("GET", "/me/messages", params={"$filter": text})
    assert answer.status_code == 400
    assert message in answer.json()["error"]["message"]


ORDERS = [
    ("subject", "ABC"),
    ("subject desc", "CBA"),
    ("importance desc,subject desc", "CAB"),
    ("from/emailAddress/address", "BAC"),
    ("sentDateTime desc, subject asc", "CAB"),
]


@pytest.mark.parametrize(("order", "subjects"), ORDERS)
def test_messages_come_in_the_order_asked_for(student: GraphPerson, order: str, subjects: str) -> None:
    rows = student.get("/me/messages", params={"$orderby": order, "$select": "subject"})["value"]
    assert "".join(row["subject"] for row in rows) == subjects


@pytest.mark.parametrize(
    "order", ["nonsense", "from", "categories", "body", "subject up", "subject,", "from/name", ","]
)
def test_an_order_that_is_none_is_refused(student: GraphPerson, order: str) -> None:
    assert student.ask("GET", "/me/messages", params={"$orderby": order}).status_code == 400


TOGETHER = [
    ("receivedDateTime desc", "receivedDateTime ge 2026-01-01", 200),
    ("receivedDateTime desc", "receivedDateTime ge 2026-01-01 and contains(subject,'A')", 200),
    ("subject,receivedDateTime", "subject ge 'A' and receivedDateTime ge 2026-01-01 and isRead eq false", 200),
    ("receivedDateTime desc", "isRead eq false", 400),
    ("receivedDateTime desc", "contains(subject,'A') and receivedDateTime ge 2026-01-01", 400),
    ("receivedDateTime,subject", "subject ge 'A' and receivedDateTime ge 2026-01-01", 400),
    ("from/emailAddress/address", "from/emailAddress/address ne 'x'", 200),
]


@pytest.mark.parametrize(("order", "text", "status"), TOGETHER)
def test_what_is_ordered_by_must_come_first_in_the_filter(
    student: GraphPerson, order: str, text: str, status: int
) -> None:
    """https://learn.microsoft.com/graph/api/user-list-messages"""
    answer = student.ask("GET", "/me/messages", params={"$orderby": order, "$filter": text})
    assert answer.status_code == status
    if status == 400:
        assert answer.json()["error"]["code"] == "InefficientFilter"
        assert answer.json()["error"]["message"] == "The restriction or sort order is too complex for this operation."


def test_a_filter_holds_on_every_page_and_in_the_count(student: GraphPerson) -> None:
    body = student.get("/me/mailFolders/inbox/messages?$filter=subject ne 'A'&$top=1&$count=true&$select=subject")
    assert (body["@odata.count"], body["value"][0]["subject"]) == (2, "C")
    assert student.get(body["@odata.nextLink"])["value"][0]["subject"] == "B"
    assert student.ask("GET", "/me/messages/$count?$filter=subject ne 'A'").text == "2"


@pytest.mark.parametrize(
    "query", ["$count=maybe", "$top=1&$top=2", "$TOP=1&$top=2", "$search=a&$search=b", "$levels=2"]
)
def test_an_option_that_is_none_or_comes_twice_is_refused(student: GraphPerson, query: str) -> None:
    assert code(student.ask("GET", f"/me/messages?{query}")) == (400, "BadRequest")


def test_options_are_named_in_any_case(student: GraphPerson) -> None:
    body = student.get("/me/messages?$TOP=1&$OrderBy=subject&$Select=subject&$format=json")
    assert [row["subject"] for row in body["value"]] == ["A"]
    assert [row["subject"] for row in student.every("/me/messages?$TOP=1&$OrderBy=subject")] == ["A", "B", "C"]


@pytest.mark.parametrize("query", ["$top=1", "$filter=isRead eq true", "$orderby=subject", "$count=true", "$skip=1"])
def test_a_single_message_takes_no_option_of_a_collection(student: GraphPerson, query: str) -> None:
    found = student.get("/me/messages")["value"][0]["id"]
    answer = student.ask("GET", f"/me/messages/{found}?{query}")
    assert "can be applied only on collections" in answer.json()["error"]["message"]


def test_what_is_selected_shows_in_the_context(student: GraphPerson) -> None:
    body = student.get("/me/messages?$select=sender,subject")
    assert body["@odata.context"].endswith("/messages(sender,subject)")
    assert set(body["value"][0]) == {"@odata.etag", "id", "sender", "subject"}
