"""What the forwarding page says before anybody asks it to change something."""

from __future__ import annotations

from typing import Any

import pytest

from tests.forwarding.forwarding_page import (
    HOME,
    PAGE,
    SITE_RULE_NAME,
    checked,
    outlook_forward,
    outlook_rule,
    people,
    typed,
)
from tests.front_door import Reader
from tests.simulator_control import Simulator


def test_without_rules_the_mail_is_not_forwarded(new_student: Reader) -> None:
    page = new_student.open(PAGE)
    assert page.words(".state") == "No rule forwards your mail"
    assert page.soup.select_one(".lamp-off")
    assert not page.all("form[action$='/stop/']")
    assert "Start forwarding" in page.text


def test_the_page_is_in_japanese_too(new_student: Reader) -> None:
    assert new_student.open("/ja/forwarding/").soup.html["lang"] == "ja"  # type: ignore[index]


def test_forwarding_made_in_outlook_is_seen_with_its_rule_and_the_copy(forwarder: Reader) -> None:
    page = forwarder.open(PAGE)
    assert page.words(".state") == "Your mail is forwarded outside the university"
    assert "naoto.takahashi@example.com Outside the university" in page.words("#now + .stack dl")
    assert "Stays in this mailbox too" in page.words("#now + .stack dl")
    assert "Rule 1: “自宅へ転送”" in page.text
    assert "not made on this page" in page.text
    assert typed(page) == "naoto.takahashi@example.com"


def test_a_rule_with_a_condition_stands_apart_as_a_sentence(forwarder: Reader) -> None:
    page = forwarder.open(PAGE)
    conditional = page.words("section[aria-labelledby='conditional']")
    assert "休講" in conditional
    assert "takahashi@mobile.example.net" in conditional
    assert "5.7.520" in conditional
    assert "takahashi@mobile.example.net" not in page.words("#now + .stack dl")


def test_many_rules_and_none_for_all_mail_is_not_forwarding(rule_collector: Reader) -> None:
    page = rule_collector.open(PAGE)
    assert page.words(".state") == "No rule forwards your mail"
    assert "yumiko.tanaka@example.com" in page.words("section[aria-labelledby='conditional']")
    assert "whose contents only Outlook shows" in page.words("section[aria-labelledby='unseen']")


def test_forwarding_to_a_refused_domain_is_a_warning_with_what_to_do(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, "me@mail.example.net")
    page = new_student.open(PAGE)
    assert page.words(".state") == "Your mail is forwarded to an address that is refused"
    assert page.soup.select_one(".state .lamp-look")
    assert "Outside, refused" in page.text
    note = page.words(".note-warn")
    assert "5.7.520" in note
    assert "Enter another address below, or stop the forwarding." in note


def test_a_partly_refused_forwarding_says_so(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, actions={"forwardTo": people(HOME), "redirectTo": people("me@mail.example.net")})
    assert new_student.open(PAGE).words(".state") == "Your mail is forwarded, and some of the addresses are refused"


def test_forwarding_within_the_university_needs_no_warning(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, "helpdesk@example.ac.jp")
    page = new_student.open(PAGE)
    assert page.words(".state") == "Your mail is forwarded within the university"
    assert not page.all(".note-warn")


def test_a_rule_that_is_off_is_told_and_is_no_forwarding(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, isEnabled=False)
    page = new_student.open(PAGE)
    assert page.words(".state") == "No rule forwards your mail"
    assert "Made in Outlook" in page.words("section[aria-labelledby='off']")


def test_several_rules_are_each_shown_with_a_button_of_their_own(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, "a@example.com", "one")
    outlook_forward(simulator, "b@example.com", "two")
    page = new_student.open(PAGE)
    assert "a@example.com" in page.words("#now + .stack dl")
    assert "b@example.com" in page.words("#now + .stack dl")
    assert len(page.all("form[action$='/stop/']")) == 2
    assert "Stop forwarding by rule 2" in page.text
    assert "a rule of its own" in page.words("section[aria-labelledby='set']")


def test_a_rule_above_that_stops_everything_cuts_the_forwarding_off(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, "Stop here", actions={"markAsRead": True, "stopProcessingRules": True})
    outlook_forward(simulator)
    page = new_student.open(PAGE)
    assert page.words(".state") == "There is forwarding, but it does not work"
    assert "Rule 1, “Stop here”, stands above and stops all mail" in page.words(".note-warn")


def test_a_rule_above_that_stops_some_mail_is_told(new_student: Reader, simulator: Simulator) -> None:
    some = {"subjectContains": ["x"]}
    stop = {"markAsRead": True, "stopProcessingRules": True}
    outlook_rule(simulator, "Some", conditions=some, actions=stop)
    outlook_forward(simulator)
    page = new_student.open(PAGE)
    assert page.words(".state") == "Your mail is forwarded outside the university"
    assert "Mail that it acts on is not forwarded." in page.words(".note-warn")


@pytest.mark.parametrize(
    ("action", "said"), [("delete", "the mail goes to Deleted Items"), ("permanentDelete", "deletes the mail for good")]
)
def test_a_forwarding_without_a_copy_says_where_the_mail_goes(
    new_student: Reader, simulator: Simulator, action: str, said: str
) -> None:
    outlook_rule(simulator, actions={"forwardTo": people(HOME), action: True})
    page = new_student.open(PAGE)
    assert said in page.words("#now + .stack dl")
    assert page.soup.select_one("input[value=drop][checked]")


def test_what_outlook_hides_is_said_with_the_link(new_student: Reader) -> None:
    page = new_student.open(PAGE)
    links = [tag["href"] for tag in page.all("section[aria-labelledby='unseen'] a")]
    assert "https://outlook.office.com/mail/options/mail/forwarding" in links
    assert "mailto:helpdesk@example.ac.jp" in links


def test_html_and_length_in_a_name_are_only_text(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, name="<b>bold</b> & " + "長い名前" * 30)
    page = new_student.open(PAGE)
    assert "“<b>bold</b> & 長い名前" in page.text


def test_the_page_asks_microsoft_in_one_round_trip(forwarder: Reader, simulator: Simulator) -> None:
    before = len(simulator.requests()["requests"])
    forwarder.open(PAGE)
    asked = [row for row in simulator.requests()["requests"][before:] if row["service"] == "graph" and not row["batch"]]
    assert len({row["client_request_id"] for row in asked}) == 1


def test_somebody_without_a_mailbox_is_told(no_licence: Reader) -> None:
    assert no_licence.open(PAGE, status=403).h1 == "This account has no mailbox"


def test_the_site_rule_is_called_this_sites(new_student: Reader, simulator: Simulator) -> None:
    outlook_forward(simulator, name=SITE_RULE_NAME)
    assert "This site made the rule." in new_student.open(PAGE).text


def as_microsoft_says(simulator: Simulator, **members: Any) -> None:
    """One forwarding rule, with members that no request can give it."""
    rule = {"id": "AQAAAA==", "displayName": "A rule", "sequence": 1, "isEnabled": True, "hasError": False}
    rule |= {"isReadOnly": False, "actions": {"forwardTo": people(HOME)}}
    simulator.fault("GET */messageRules", status=200, body={"value": [rule | members]})


def test_a_rule_in_error_does_not_work_and_says_what_to_do(new_student: Reader, simulator: Simulator) -> None:
    as_microsoft_says(simulator, hasError=True)
    page = new_student.open(PAGE)
    assert page.words(".state") == "There is forwarding, but it does not work"
    assert "Microsoft reports an error in rule 1" in page.words(".note-warn")


def test_a_forwarding_that_only_outlook_can_change_has_no_button(new_student: Reader, simulator: Simulator) -> None:
    as_microsoft_says(simulator, isReadOnly=True)
    page = new_student.open(PAGE)
    assert page.words(".state") == "Your mail is forwarded outside the university"
    assert not page.all("form[action$='/stop/']")
    assert "Stop it in Outlook" in page.text


def test_people_from_the_directory_are_told_by_name(new_student: Reader, simulator: Simulator) -> None:
    someone = {"emailAddress": {"name": "Someone", "address": "/o=ExchangeLabs/cn=Recipients/cn=someone"}}
    as_microsoft_says(simulator, actions={"redirectTo": [someone], "forwardTo": people(HOME)})
    page = new_student.open(PAGE)
    assert "Someone Inside the university" in page.words("#now + .stack dl")
    assert "ExchangeLabs" not in page.text
    assert typed(page) == HOME
    assert "As before also to Someone" in checked(new_student, "other@example.com").text
