"""What is typed into the address field, good and bad."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from portal.changes.journal import Change
from portal.mailbox.forwarding import Outside
from portal.service import ForwardingPolicy
from tests.forwarding.forwarding_page import (
    HOME,
    PAGE,
    SITE_RULE_NAME,
    STUDENT,
    checked,
    outlook_forward,
    outlook_rule,
    people,
    sent_to,
    started,
    typed,
)
from tests.front_door import Page, Reader
from tests.mailbox.examples import addresses
from tests.simulator_control import Simulator


def refused(reader: Reader, to: str) -> Page:
    """The form again, with an error in title, summary and field, and what was typed."""
    page = checked(reader, to, status=422)
    title = page.soup.title.get_text().strip()  # type: ignore[union-attr]
    assert title.startswith("Error: "), title
    assert page.soup.select_one(".errors[role=alert] a[href='#id_to']")
    assert page.soup.select_one("#id_to[aria-invalid=true]")
    described = str(page.soup.select_one("#id_to")["aria-describedby"]).split()  # type: ignore[index]
    assert {"id_to_helptext", "id_to_error"} <= set(described)
    return page


@pytest.mark.parametrize("nothing", ["", "   ", ",,,", "、\n ;"])
def test_nothing_is_no_address(new_student: Reader, nothing: str) -> None:
    assert refused(new_student, nothing).words(".errors li") == "Enter the address to forward to."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hanako", "“hanako” has no @."),
        ("hana..ko@example.com", "the part before the @ is not right"),
        ("hanako@example", "the part after the @ is not right"),
        ("hanako@example.com@example.com", "the part before the @ is not right"),
        ("@example.com", "the part before the @ is not right"),
        ("a" * 65 + "@example.com", "is too long for a mail address"),
        ("<script>alert(1)</script>@example.com", "“<script>alert(1)</script>@example.com” is not a mail address."),
    ],
)
def test_a_bad_address_is_named_with_what_is_wrong(new_student: Reader, text: str, said: str) -> None:
    page = refused(new_student, text)
    assert said in page.words(".field .err")
    assert said in page.words(".errors")


def test_each_bad_address_is_named(new_student: Reader) -> None:
    page = refused(new_student, f"one, {HOME}, two@x, {STUDENT}")
    words = [tag.get_text().strip() for tag in page.all(".errors li")]
    assert [word.split("”")[0] for word in words] == ["“one", "In “two@x", f"“{STUDENT}"]
    assert typed(page) == f"one, {HOME}, two@x, {STUDENT}"


def test_ones_own_address_is_refused(new_student: Reader) -> None:
    assert "is your own address" in refused(new_student, STUDENT.upper()).words(".errors")


def test_a_refused_domain_is_explained_and_nothing_is_written(new_student: Reader, simulator: Simulator) -> None:
    page = refused(new_student, "taro@mail.example.net")
    assert "does not let mail be forwarded automatically to “taro@mail.example.net”" in page.words(".errors")
    assert "5.7.520" in page.words("#refusal")
    assert "only to: example.com" in page.words("#id_to_helptext")
    assert simulator.rules(STUDENT) == []
    assert not Change.objects.exists()


def with_policy(settings: object, **members: object) -> None:
    """The university thinks otherwise."""
    from dataclasses import replace

    service = settings.SERVICE  # type: ignore[attr-defined]
    policy: ForwardingPolicy = replace(service.forwarding, **members)
    settings.SERVICE = replace(service, forwarding=policy)  # type: ignore[attr-defined]


def test_a_university_can_let_nothing_out(new_student: Reader, settings: object) -> None:
    with_policy(settings, outside=Outside.BLOCKED)
    page = refused(new_student, HOME)
    assert "within the university only" in page.words("#id_to_helptext")
    assert checked(new_student, "helpdesk@example.ac.jp").h1 == "Check before forwarding starts"


def test_a_university_can_let_everything_out(new_student: Reader, settings: object) -> None:
    with_policy(settings, outside=Outside.ALLOWED)
    assert checked(new_student, "taro@mail.example.net").h1 == "Check before forwarding starts"


def test_ten_addresses_are_too_many(new_student: Reader) -> None:
    page = refused(new_student, "\n".join(f"a{number}@example.com" for number in range(10)))
    assert page.words(".errors li") == "Microsoft forwards to 9 addresses at most."


def test_addresses_of_other_rules_count_too(new_student: Reader, simulator: Simulator) -> None:
    eight = people(*(f"a{number}@example.com" for number in range(8)))
    outlook_rule(simulator, "Some", conditions={"subjectContains": ["x"]}, actions={"forwardTo": eight})
    page = refused(new_student, "b@example.com c@example.com")
    assert "Other rules use 8, so there is room for 1." in page.words(".errors")
    assert checked(new_student, "b@example.com").status == 200


def test_a_thousand_bad_addresses_are_one_problem(new_student: Reader) -> None:
    assert len(refused(new_student, ",".join(str(number) for number in range(900))).all(".errors li")) == 1


def test_a_very_long_text_is_refused(new_student: Reader) -> None:
    assert refused(new_student, "a" * 5000).words(".errors li") == (
        "This is too long. Enter mail addresses only, one a line."
    )


def test_full_width_addresses_are_mended_and_shown(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student, "　ｈａｎａｋｏ＠ＥＸＡＭＰＬＥ．ｃｏｍ　")
    assert "Note: what you typed was put right." in page.text
    assert HOME in page.words(".checks b.word")
    new_student.send(page, "form#start")
    assert sent_to(simulator.rules(STUDENT)[0]) == [HOME]


def test_a_character_that_nobody_can_type_does_no_harm(new_student: Reader, simulator: Simulator) -> None:
    started(new_student, "hana\x01ko@example.com\x7f")
    assert sent_to(simulator.rules(STUDENT)[0]) == [HOME]


def test_one_address_typed_twice_is_one(new_student: Reader, simulator: Simulator) -> None:
    started(new_student, f"{HOME}, {HOME.upper()}\nHanako <{HOME}>")
    assert [address.lower() for address in sent_to(simulator.rules(STUDENT)[0])] == [HOME]


def test_no_choice_about_the_copy_is_an_error_at_the_choice(new_student: Reader) -> None:
    page = new_student.send(new_student.open(PAGE), "form[action$='/check/']", to=HOME, copy="burn", status=422)
    assert page.words(".errors a[href='#id_copy_0']") == "Choose whether a copy stays here."


def test_hidden_fields_are_not_trusted(new_student: Reader, simulator: Simulator) -> None:
    page = checked(new_student)
    for to in ("taro@mail.example.net", STUDENT, "nobody", ""):
        assert new_student.send(page, "form#start", to=to, status=422).soup.select_one(".errors")
    assert simulator.rules(STUDENT) == []


def test_the_rule_that_is_changed_makes_room_for_its_own_addresses(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, name=SITE_RULE_NAME)
    assert checked(new_student, "\n".join(f"a{number}@example.com" for number in range(9))).status == 200


@pytest.fixture
def csrf_token(new_student: Reader) -> str:
    """One for all examples: to open the page for each took half of their time."""
    page = new_student.open(PAGE)
    return str(page.soup.select_one("main input[name=csrfmiddlewaretoken]")["value"])  # type: ignore[index]


@given(text=st.text(max_size=60) | st.lists(addresses | st.text(max_size=8), max_size=4).map(", ".join))
@example(text="\x00")
@example(text="a@b.example.com\x0b,\x85")
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_typed_gets_a_sound_page(new_student: Reader, csrf_token: str, text: str) -> None:
    data = {"to": text, "copy": "keep", "csrfmiddlewaretoken": csrf_token}
    answer = new_student.post(f"{PAGE}check/", **data)
    assert answer.status_code in (200, 422)
    new_student._arrive(answer, f"{PAGE}check/", answer.status_code)
