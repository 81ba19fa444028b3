"""Permissions are asked for in steps: a name at the sign-in, the mailbox when a page needs it."""

from __future__ import annotations

from tests.accounts.token_answer import query_of
from tests.front_door import Page, Reader, at_microsoft, filled, leave_for_microsoft

MAILBOX = {"Mail.Read", "MailboxSettings.ReadWrite"}


def press(reader: Reader, page: Page) -> str:
    """Press the main button of a sign-in page; where the browser is sent."""
    form = page.form("main form")
    return str(reader.client.post(str(form["action"]), filled(form, {}, None))["Location"])


def asked_for(authorize: str) -> set[str]:
    return set(query_of(authorize)["scope"].split()) - {"openid", "profile", "offline_access"}


def without_permission(visitor: Reader) -> Page:
    """Somebody whom no administrator has answered for, after a sign-in that asked for the name only."""
    authorize = leave_for_microsoft(visitor, "/en/")
    assert asked_for(authorize) == {"User.Read"}
    return visitor.open(at_microsoft(authorize, "no.consent", consent="accept"))


def test_the_first_page_of_a_mailbox_says_what_it_needs_and_why(visitor: Reader) -> None:
    page = without_permission(visitor)
    assert page.h1 == "Your permission is needed"
    for scope in MAILBOX:
        assert scope in page.text.replace(". ", ".")
    assert "does not open your messages" in page.text


def test_who_gives_the_permission_comes_to_the_page_and_is_not_asked_again(visitor: Reader) -> None:
    without_permission(visitor)
    page = visitor.open("/en/rules/")
    assert page.h1 == "Your permission is needed"
    authorize = press(visitor, page)
    assert asked_for(authorize) == {"User.Read", *MAILBOX}
    assert visitor.open(at_microsoft(authorize, "no.consent", consent="accept")).address == "/en/rules/"
    assert visitor.open("/en/forwarding/").address == "/en/forwarding/"


def test_who_declines_it_is_told_and_stays_signed_in(visitor: Reader) -> None:
    page = without_permission(visitor)
    declined = visitor.open(at_microsoft(press(visitor, page), "no.consent", consent="decline"), status=403)
    assert declined.h1 == "The permission was not given"
    assert asked_for(press(visitor, declined)) == {"User.Read", *MAILBOX}
    assert visitor.open("/en/history/").address == "/en/history/"


def test_where_an_administrator_has_consented_nobody_sees_it(full_mailbox: Reader) -> None:
    assert full_mailbox.open("/en/rules/").address == "/en/rules/"
