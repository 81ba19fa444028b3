"""A signed-in person at the keyboard: cookies, forms, and the headers that a browser sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import requests
from bs4 import BeautifulSoup
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.front_door import DOMAIN, filled

PATIENCE = 60.0  # seconds
# A server may close an idle connection just as a page is asked for on it; a browser asks again (RFC 9110, 9.2.2).
AGAIN = Retry(total=1, allowed_methods=["GET"])


@dataclass
class Person:
    """`site` is the site's address; `name` the part of the person's address before the @, "" for nobody."""

    site: str
    name: str = ""
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.trust_env = False
        self.session.mount("http://", HTTPAdapter(max_retries=AGAIN))
        self.session.headers["Accept-Encoding"] = "gzip"
        if self.name:
            self.sign_in()

    def open(self, path: str) -> requests.Response:
        answer = self.session.get(self.site + path, timeout=PATIENCE)
        answer.raise_for_status()
        return answer

    def send(self, page: requests.Response, form: str, button: str | None = None, **values: Any) -> requests.Response:
        """Fill in the form that the CSS selector finds, and send it to where it leads."""
        tag = BeautifulSoup(page.content, "html5lib").select_one(form)
        if tag is None:
            raise LookupError(f"{page.url} has no form {form}")
        answer = self.session.post(
            requests.compat.urljoin(page.url, str(tag["action"])),
            data=filled(tag, values, button),
            headers={"Referer": page.url},
            timeout=PATIENCE,
        )
        answer.raise_for_status()
        return answer

    def sign_in(self) -> None:
        """Through the page, Microsoft's account picker, and the way back."""
        picker = self.send(self.open("/ja/accounts/sign-in/"), "form[action$='/accounts/microsoft/login/']")
        answer = self.session.post(picker.url, data={"address": f"{self.name}@{DOMAIN}"}, timeout=PATIENCE)
        answer.raise_for_status()
        if not answer.url.startswith(self.site):
            raise LookupError(f"signing in ended at {answer.url}")

    @property
    def cookie(self) -> str:
        """The site's cookies as one header's value."""
        return "; ".join(f"{it.name}={it.value}" for it in self.session.cookies if it.name.startswith("madoguchi"))
