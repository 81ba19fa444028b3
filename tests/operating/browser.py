"""A browser that reaches the site through its proxy: over TLS, by its public name."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests

from tests.operating.installation import SITE, Installation


class Browser:
    """Cookies are kept by hand: Secure ones do not travel over the plain last yard between proxy and site."""

    def __init__(self, site: Installation) -> None:
        self.site = site
        self.cookies: dict[str, str] = {}

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.ask("GET", path, headers)

    def post(self, path: str, data: dict[str, list[str]]) -> requests.Response:
        return self.ask("POST", path, {"Origin": SITE, "Referer": f"{SITE}/"}, data)

    def follow(self, response: requests.Response) -> requests.Response:
        """Redirects within the site, to the page at their end."""
        while response.status_code == 302:
            target = urlsplit(response.headers["Location"])
            assert target.netloc in ("", urlsplit(SITE).netloc), response.headers["Location"]
            response = self.get(target._replace(scheme="", netloc="").geturl())
        return response

    def ask(
        self, method: str, path: str, headers: dict[str, str], data: dict[str, list[str]] | None = None
    ) -> requests.Response:
        seen = {"Host": urlsplit(SITE).netloc, "X-Forwarded-Proto": "https"}
        seen["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        response = requests.request(
            method, self.site.address + path, headers=seen | headers, data=data, timeout=20, allow_redirects=False
        )
        self.cookies.update({cookie.name: cookie.value or "" for cookie in response.cookies})
        return response
