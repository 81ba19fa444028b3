"""Which form a person sends next, come by how, and with what in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tests.front_door import DOMAIN
from tests.sequences.answers import Page
from tests.sequences.plan import Sending
from tests.sequences.shown import MARKER
from tests.sequences.tabs import Form, Tab, Values

T = TypeVar("T")
OUTSIDE = "example.com"  # where the simulated tenant lets forwarded mail out to
FRESH, UNSENT, SAME, OTHER = "fresh", "old, first sending", "old, same contents", "old, other contents"
Choice = tuple[Form, Values, str, str]  # the form, what is put in, its marker, how it was come by


def chosen(tab: Tab, sending: Sending) -> Choice | None:
    """None when no page has such a form now."""
    return (from_old_page(tab, sending) if sending.old_page else None) or from_fresh_page(tab, sending)


def from_old_page(tab: Tab, sending: Sending) -> Choice | None:
    """From a page opened earlier: sent already, or an answer that carries the ticket on, or not sent yet."""
    forms = [form for _, each in tab.pages for form in each]
    sent = [form for form in forms if form.sent is not None]
    spent = [form.ticket for form in sent]  # in their order: what is picked depends on the seed alone
    carried = [form for form in forms if form.sent is None and form.ticket in spent]
    if sending.same and (sent or carried):
        form = picked([*sent, *carried], sending.pick)
        values = form.sent or form.values
        return form, values, form.marker or marker_in(values), SAME
    again = [*sent, *carried] if sending.other < 0.7 else []
    if again:
        form = picked(again, sending.pick)
        return form, other_contents(form, sending, spent), sending.marker, OTHER
    unsent = [form for form in forms if form.ticket not in spent and form.change == sending.change]
    if not unsent:
        return None
    form = picked(unsent, sending.pick)
    return form, contents(form, sending), sending.marker, UNSENT


def from_fresh_page(tab: Tab, sending: Sending) -> Choice | None:
    form = FRESH_FORMS[sending.change](tab, sending) or new_form(tab, sending)
    return (form, contents(form, sending), sending.marker, FRESH) if form else None


def new_form(tab: Tab, sending: Sending) -> Form | None:
    return picked_form(tab, tab.open("/en/rules/new/"), sending)


def edit_form(tab: Tab, sending: Sending) -> Form | None:
    return linked_form(tab, sending, "Edit")


def delete_form(tab: Tab, sending: Sending) -> Form | None:
    return linked_form(tab, sending, "Delete")


def linked_form(tab: Tab, sending: Sending, words: str) -> Form | None:
    """On the page that a link of the list leads to."""
    page = tab.open("/en/rules/")
    links = [tag for tag in page.soup.select("li.rule .actions a") if tag.get_text().startswith(words)]
    return picked_form(tab, tab.open(str(picked(links, sending.pick)["href"])), sending) if links else None


def switch_form(tab: Tab, sending: Sending) -> Form | None:
    return picked_form(tab, tab.open("/en/rules/"), sending)


def forwarding_form(tab: Tab, sending: Sending) -> Form | None:
    """Behind the page for checking the answers."""
    page = tab.open("/en/forwarding/")
    values = contents_of_forwarding(sending)
    return picked_form(tab, tab.ask(page, "form[action$='/forwarding/check/']", **values), sending)


def stopping_form(tab: Tab, sending: Sending) -> Form | None:
    return picked_form(tab, tab.open("/en/forwarding/"), sending) or forwarding_form(tab, sending)


FRESH_FORMS = {
    "make": new_form,
    "edit": edit_form,
    "switch": switch_form,
    "delete": delete_form,
    "forward": forwarding_form,
    "stop": stopping_form,
}


def picked_form(tab: Tab, page: Page, sending: Sending) -> Form | None:
    forms = tab.forms(page)
    return picked(forms, sending.pick) if forms else None


def picked(among: Sequence[T], share: float) -> T:
    return among[int(share * len(among))]


def contents(form: Form, sending: Sending) -> Values:
    """What a person puts into the form. What is switched, deleted or stopped needs nothing."""
    if form.change == "forward":
        return form.values | {name: [value] for name, value in contents_of_forwarding(sending).items()}
    if form.change not in ("make", "edit"):
        return form.values
    values = form.values | {"subject_contains": [sending.marker], "mark_as_read": ["on"]}
    if form.change == "make":
        values["name"] = [f"Rule {sending.marker[1:]}"]
        if sending.other < 0.3:
            values["delete"] = ["on"]
    return values


def contents_of_forwarding(sending: Sending) -> dict[str, str]:
    domain = OUTSIDE if sending.other < 0.6 else DOMAIN
    return {"to": f"{sending.marker}@{domain}", "copy": "drop" if sending.pick < 0.3 else "keep"}


def other_contents(form: Form, sending: Sending, spent: Sequence[str]) -> Values:
    """Other words for the same ticket; a form without words is sent with the ticket of another one."""
    if form.change in ("make", "edit", "forward"):
        return contents(form, sending)
    others = [ticket for ticket in spent if ticket != form.ticket] or [form.ticket]
    return form.values | {"ticket": [picked(others, sending.other)]}


def marker_in(values: Values) -> str:
    found = MARKER.findall(" ".join(str(values.get(name, "")) for name in ("subject_contains", "to")))
    return found[-1] if found else ""
