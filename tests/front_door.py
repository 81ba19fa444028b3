"""Reading the site as a person does: pages are asked for by address, forms are filled in and sent as a browser would.

Every page that is read is held to the house rules (`house_rules`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import html5lib
import requests
from bs4 import BeautifulSoup, Tag
from django.test import Client

DOMAIN = "example.ac.jp"


@dataclass
class Page:
    """One answer, read as HTML."""

    response: Any
    address: str

    def __post_init__(self) -> None:
        self.html = self.response.content.decode()
        self.soup = BeautifulSoup(self.html, "html5lib")

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        """The words of the main part, white space folded."""
        main = self.soup.find("main") or self.soup
        return " ".join(main.get_text(" ").split())

    @property
    def h1(self) -> str:
        return self.words("h1")

    def words(self, selector: str) -> str:
        """The folded text of the first element that the CSS selector finds."""
        found = self.soup.select_one(selector)
        assert found is not None, f"{self.address} has no {selector}"
        return " ".join(found.get_text(" ").split())

    def all(self, selector: str) -> list[Tag]:
        return self.soup.select(selector)

    def form(self, selector: str = "main form") -> Tag:
        found = self.soup.select_one(selector)
        assert found is not None, f"{self.address} has no form {selector}"
        assert found.name == "form", f"{selector} is no form"
        return found


class Reader:
    """A person with a browser without script."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def open(self, address: str, *, status: int = 200, **headers: str) -> Page:
        """Ask for a page, follow redirects within the site, and hold it to the house rules."""
        response = self.client.get(address, headers=headers or None)
        return self._arrive(response, address, status)

    def send(
        self, page: Page, form: str = "main form", *, button: str | None = None, status: int = 200, **values: Any
    ) -> Page:
        """Fill in the form with `values` (a list for several of one name, None to leave a field out) and send it."""
        tag = page.form(form)
        action = str(tag.get("action") or page.address)
        data = filled(tag, values, button)
        method = str(tag.get("method", "get")).lower()
        seen = {"Referer": f"http://localhost:8000{page.address}"}
        response = getattr(self.client, method)(action, data, headers=seen)
        return self._arrive(response, action, status)

    def post(self, address: str, **values: Any) -> Any:
        """A request that no form of ours makes, as somebody with bad intentions would; the raw answer."""
        return self.client.post(address, values)

    def _arrive(self, response: Any, address: str, status: int) -> Page:
        for _ in range(5):
            if response.status_code not in (301, 302, 303, 307):
                break
            target = urlsplit(response["Location"])
            assert target.netloc in ("", "localhost:8000"), f"{address} leads away, to {response['Location']}"
            address = target.path + (f"?{target.query}" if target.query else "")
            response = self.client.get(address)
        page = Page(response, address)
        assert response.status_code == status, f"{address} answered {response.status_code}: {page.text[:300]}"
        house_rules(page)
        return page


def filled(form: Tag, values: dict[str, Any], button: str | None) -> dict[str, Any]:
    """What a browser would send for this form after these values were put in."""
    data: dict[str, list[str]] = {}
    for field in form.select("input[name], select[name], textarea[name]"):
        data.setdefault(str(field["name"]), []).extend(present(field))
    if button:
        pressed = form.select_one(f"button[name='{button.partition('=')[0]}']")
        assert pressed is not None, f"no button {button}"
        data[str(pressed["name"])] = [button.partition("=")[2] or str(pressed.get("value", ""))]
    for name, value in values.items():
        assert name in data, f"the form has no field {name!r}; it has {sorted(data)}"
        data[name] = [] if value is None else [str(v) for v in value] if isinstance(value, list) else [str(value)]
    return {name: value for name, value in data.items() if value}


def present(field: Tag) -> list[str]:
    """The values that a field sends as it stands."""
    if field.has_attr("disabled"):
        return []
    if field.name == "select":
        chosen = field.select("option[selected]") or ([] if field.has_attr("multiple") else field.select("option")[:1])
        return [str(option.get("value", option.get_text())) for option in chosen]
    if field.name == "textarea":
        return [field.get_text()]
    if field.get("type") in ("checkbox", "radio"):
        return [str(field.get("value", "on"))] if field.has_attr("checked") else []
    return [str(field.get("value", ""))]


def house_rules(page: Page) -> None:
    """What holds for every page: sound HTML, its language, one h1, names for all fields, no inline script or style."""
    where = page.address
    html5lib.HTMLParser(strict=True).parse(page.html)
    soup = page.soup
    first = where.split("/")[1].partition("?")[0]
    lang = soup.html["lang"]  # type: ignore[index]
    assert lang in ("ja", "en"), f"{where}: lang is {lang}"
    assert first not in ("ja", "en") or lang == first, f"{where}: lang is {lang}"
    assert len(soup.select("h1")) == 1, f"{where}: {len(soup.select('h1'))} h1"
    title = " ".join(soup.title.get_text().split())  # type: ignore[union-attr]
    assert page.h1 in title, f"{where}: the title {title!r} does not carry the h1 {page.h1!r}"
    ids = [str(tag["id"]) for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids)), f"{where}: ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for field in soup.select("input:not([type=hidden]), select, textarea"):
        named = field.has_attr("aria-label") or soup.select_one(f"label[for='{field.get('id')}']")
        assert named, f"{where}: no label for {field}"
    for tag in soup.select("[aria-labelledby], [aria-describedby]"):
        for name in f"{tag.get('aria-labelledby', '')} {tag.get('aria-describedby', '')}".split():
            assert name in ids, f"{where}: no element {name} for {tag.name}"
    for form in soup.select("form"):
        assert form.has_attr("action"), f"{where}: a form without an action"
    assert not soup.select("[style], style, script:not([src])"), f"{where}: inline style or script"
    assert not [tag for tag in soup.select("*") if any(name.startswith("on") for name in tag.attrs)], where
    policy = page.response.get("Content-Security-Policy", "")
    assert "script-src 'self'" in policy, f"{where}: CSP {policy!r}"
    assert "unsafe" not in policy, f"{where}: CSP {policy!r}"
    assert "None" not in page.text.split(), f"{where}: None in the text"
    assert not {"{{", "{%"} & set(page.html.split()), f"{where}: an unrendered tag"


def sign_in_as(name: str, *, address: str = "/ja/") -> Reader:
    """Sign in through the page, Microsoft's account picker, and the way back."""
    reader = Reader(Client(SERVER_NAME="localhost", SERVER_PORT="8000", enforce_csrf_checks=True))
    back = at_microsoft(leave_for_microsoft(reader, address), name)
    reader._arrive(reader.client.get(back), "/accounts/microsoft/login/callback/", 200)
    return reader


def leave_for_microsoft(reader: Reader, address: str = "/ja/") -> str:
    """Press the sign-in button; Microsoft's address that the browser is sent to."""
    page = reader.open(f"{address}accounts/sign-in/")
    form = page.form("form[action$='/accounts/microsoft/login/']")
    response = reader.client.post(str(form["action"]), filled(form, {}, None))
    assert response.status_code == 302, response.status_code
    return str(response["Location"])


def at_microsoft(authorize: str, name: str, **answers: str) -> str:
    """Choose the account at Microsoft; the address on the site that Microsoft sends the browser back to."""
    person = name if "@" in name else f"{name}@{DOMAIN}"
    browser = requests.Session()
    browser.trust_env = False
    assert authorize.startswith(os.environ["SIMULATOR"]), authorize
    answer = browser.post(authorize, data={"address": person, **answers}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, f"{answer.status_code}: {answer.text[:400]}"
    target = urlsplit(answer.headers["Location"])
    return f"{target.path}?{target.query}"
