"""A person's tab: the pages it has opened, the forms on them, and what was sent from each."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import Tag
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from bench.person import Person
from tests.front_door import filled
from tests.sequences.answers import Answer, Page

PATIENCE = 40.0  # seconds; a page of the site has 10
# A browser asks again on a connection that was closed, and never waits by itself because of a Retry-After.
AGAIN = Retry(total=1, allowed_methods=["GET"], respect_retry_after_header=False)
FORMS = "main form:has(input[name=ticket])"
Values = dict[str, Any]


@dataclass
class Form:
    """One that changes something. `change` is what for; `rule` the id of the rule it is about, "" for a new one."""

    change: str
    page: str
    action: str
    values: Values
    rule: str
    name: str = ""
    sent: Values | None = None
    marker: str = ""

    @property
    def ticket(self) -> str:
        return str(self.values["ticket"][0])

    @property
    def switches_on(self) -> bool:
        return bool(self.values.get("enabled") == ["1"])


@dataclass
class Tab:
    """`pages` are those with forms, the oldest first: each may be sent from later."""

    person: Person
    pages: list[tuple[Page, list[Form]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.person.session.mount("http://", HTTPAdapter(max_retries=AGAIN))

    def open(self, path: str) -> Page:
        return self._kept(self._get(path))

    def forms(self, page: Page) -> list[Form]:
        return next((forms for kept, forms in self.pages if kept is page), [])

    def ask(self, page: Page, form: str, **values: Any) -> Page:
        """Send a form that changes nothing, the first of forwarding for example."""
        tag = page.soup.select_one(form)
        if tag is None:
            return page
        action = urljoin(page.path, str(tag["action"]))
        return self._kept(self._read(self._post(action, filled(tag, values, None), page.path)))

    def send(self, form: Form, values: Values) -> Answer:
        """Send the form with all its values; the answer, and the page that it leads to."""
        form.sent = values
        try:
            answer = self._post(form.action, values, form.page)
        except requests.RequestException:
            return Answer(0, None)
        led_to = answer.headers.get("Location", "") if answer.status_code == 302 else ""
        page = self._read(answer)
        try:
            page = self._get(led_to) if led_to else page
        except requests.RequestException:
            return Answer(answer.status_code, page, led_to)
        return Answer(answer.status_code, self._kept(page), led_to)

    def _get(self, path: str) -> Page:
        return self._read(self.person.session.get(urljoin(self.person.site, path), timeout=PATIENCE))

    def _post(self, action: str, values: Values, page: str) -> requests.Response:
        headers = {"Referer": self.person.site + page}
        return self.person.session.post(
            self.person.site + action, data=values, headers=headers, timeout=PATIENCE, allow_redirects=False
        )

    def _read(self, answer: requests.Response) -> Page:
        return Page(urlsplit(answer.url).path, answer.status_code, answer.text)

    def _kept(self, page: Page) -> Page:
        if 'name="ticket"' in page.html:
            self.pages.append((page, [read(tag, page) for tag in page.soup.select(FORMS)]))
        return page


def read(tag: Tag, page: Page) -> Form:
    action = urljoin(page.path, str(tag["action"]))
    values = filled(tag, {}, None)
    change, rule = about(action, values)
    line = tag.find_parent("li")
    heading = (line.select_one("h3 bdi") if line else None) or page.soup.select_one("main .stack b bdi")
    return Form(change, page.path, action, values, rule, heading.get_text() if heading else "")


def about(action: str, values: Values) -> tuple[str, str]:
    """What a form is for, by its address, and the id of its rule."""
    parts = action.strip("/").split("/")[1:]
    if parts[0] == "forwarding":
        return ("forward" if parts[1] == "start" else "stop", str(values.get("rule", [""])[0]))
    if parts[1] == "new":
        return "make", ""
    return (parts[2] if len(parts) > 2 else "edit", rule_id_in(parts[1]))


def rule_id_in(part: str) -> str:
    """The rule's id in Microsoft's own writing: an address has it as URL-safe base64 without padding."""
    return urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
