"""The page for checking the answers: what is known of them beforehand, and the way back."""

from __future__ import annotations

from portal.changes.journal import Change
from tests.forwarding.forwarding_page import (
    HOME,
    PAGE,
    checked,
    outlook_rule,
    typed,
)
from tests.front_door import Page, Reader, filled
from tests.simulator_control import Simulator


def test_the_check_page_names_the_address_on_its_button(new_student: Reader) -> None:
    page = checked(new_student)
    assert page.h1 == "Check before forwarding starts"
    assert page.words("#start .btn-main") == f"Start forwarding to {HOME}"
    assert "1 of 9" in page.text
    assert "5.7.520" in page.words(".checks")
    assert not Change.objects.exists()


def test_a_rule_that_deletes_all_mail_is_told_when_a_copy_is_wanted(new_student: Reader, simulator: Simulator) -> None:
    outlook_rule(simulator, "Bin", actions={"delete": True})
    assert "no copy will stay" in checked(new_student).words(".checks")


def test_what_was_typed_can_be_taken_back_from_the_check_page(new_student: Reader) -> None:
    page = checked(new_student, copy="drop")
    answer = new_student.post(PAGE, **filled(page.form("form#start"), {}, None))
    back = Page(answer, PAGE)
    assert back.status == 200
    assert typed(back) == HOME
    assert back.soup.select_one("input[value=drop][checked]")


def test_the_addresses_of_forms_lead_back_to_the_page(new_student: Reader) -> None:
    for name in ("check", "start", "stop"):
        assert new_student.open(f"{PAGE}{name}/").address == PAGE
