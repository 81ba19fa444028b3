"""A person in front of Entra's pages: reads the form, presses a button in it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

import requests

from contract.control import PATIENCE


class Form(HTMLParser):
    """The one form of a page: where it goes, its hidden fields, its buttons by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, str] = {}
        self.buttons: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = has["action"]
        elif tag == "input" and has.get("type") == "hidden":
            self.hidden[has["name"]] = has["value"]
        elif tag == "button" and "name" in has:
            self.buttons.setdefault(has["name"], []).append(has["value"])


class Person:
    """One browser. `consent` is what is pressed on the consent page."""

    def __init__(self, address: str, consent: str = "accept") -> None:
        self.browser = requests.Session()
        self.answers = {"address": address, "consent": consent}

    def sign_in(self, address: str, callback: str) -> str:
        """Follow an authorize address to where the application is called back, with its query."""
        answer = self.browser.get(address, allow_redirects=False, timeout=PATIENCE)
        while answer.status_code == 200:
            answer = self._press(answer)
        assert answer.status_code == 302, f"{answer.status_code} from {answer.url}"
        location = answer.headers["Location"]
        assert location.startswith(callback), location
        return location

    def _press(self, page: requests.Response) -> requests.Response:
        form = Form(page.text)
        name = next(name for name in ("consent", "address") if name in form.buttons)
        assert self.answers[name] in form.buttons[name], form.buttons
        data = form.hidden | {name: self.answers[name]}
        where = urljoin(page.url, form.action)
        return self.browser.post(where, data=data, allow_redirects=False, timeout=PATIENCE)


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
