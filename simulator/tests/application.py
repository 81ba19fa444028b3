"""An application that signs people in, by hand: what MSAL hides is visible here."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests

from m365_simulator.directory.person import TENANT_ID
from m365_simulator.directory.registration import CLIENT_ID, CLIENT_SECRET

CALLBACK = "http://localhost:8000/accounts/microsoft/login/callback/"
SCOPE = "openid profile offline_access User.Read Mail.Read"
DOMAIN = "example.ac.jp"
GENTLE = 10  # seconds until a test gives up on an answer


def query_of(address: str) -> dict[str, str]:
    parts = urlsplit(address)
    return dict(parse_qsl(parts.query or parts.fragment))


def client_info_of(tokens: dict[str, Any]) -> dict[str, str]:
    """The account at home, as MSAL reads it."""
    return json.loads(base64.urlsafe_b64decode(tokens["client_info"] + "=="))


class Application:
    """The registered web app, with one person's browser in front of it."""

    def __init__(self) -> None:
        self.origin = os.environ["SIMULATOR"]
        self.login = f"{self.origin}/login"
        self.browser = self.new_browser()
        self.verifier = secrets.token_urlsafe(48)

    def new_browser(self) -> requests.Session:
        browser = requests.Session()
        browser.trust_env = False
        return browser

    def authorize_url(self, tenant: str = TENANT_ID, **changed: str | None) -> str:
        """A right request, with `changed` parameters (None leaves one out)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        wanted = {
            "client_id": CLIENT_ID,
            "response_type": "code",
            "redirect_uri": CALLBACK,
            "scope": SCOPE,
            "state": "state-1",
            "nonce": "nonce-1",
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        sent = {name: value for name, value in (wanted | changed).items() if value is not None}
        return f"{self.login}/{tenant}/oauth2/v2.0/authorize?{urlencode(sent)}"

    def look(self, address: str, **headers: str) -> requests.Response:
        return self.browser.get(address, headers=headers, allow_redirects=False, timeout=GENTLE)

    def pick(self, person: str, consent: str = "", proof: str = "", **changed: str | None) -> requests.Response:
        """Press the person's button (and answer the pages after the picker)."""
        data = {"address": f"{person}@{DOMAIN}" if "@" not in person else person}
        data |= {name: said for name, said in (("consent", consent), ("proof", proof)) if said}
        return self.browser.post(self.authorize_url(**changed), data=data, allow_redirects=False, timeout=GENTLE)

    def came_back(self, answer: requests.Response) -> dict[str, str]:
        """What the redirect brought."""
        assert answer.status_code == 302, answer.text[:500]
        assert answer.headers["Location"].startswith(CALLBACK)
        return query_of(answer.headers["Location"])

    def code_of(self, person: str, **changed: str | None) -> str:
        return self.came_back(self.pick(person, **changed))["code"]

    def ask_token(
        self, headers: dict[str, str] | None = None, tenant: str = TENANT_ID, **changed: str | None
    ) -> requests.Response:
        """The token endpoint, with the right secret unless `changed`."""
        wanted = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "client_info": "1"}
        sent = {name: value for name, value in (wanted | changed).items() if value is not None}
        address = f"{self.login}/{tenant}/oauth2/v2.0/token"
        return self.browser.post(address, data=sent, headers=headers, timeout=GENTLE)

    def redeem(self, code: str, /, **changed: Any) -> requests.Response:
        wanted = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": self.verifier,
        }
        return self.ask_token(**(wanted | changed))

    def refresh(self, refresh_token: str, /, **changed: str | None) -> requests.Response:
        return self.ask_token(**({"grant_type": "refresh_token", "refresh_token": refresh_token} | changed))

    def published_keys(self, tenant: str = TENANT_ID) -> dict[str, dict[str, Any]]:
        """By id, the oldest first."""
        answer = self.look(f"{self.login}/{tenant}/discovery/v2.0/keys")
        return {key["kid"]: key for key in answer.json()["keys"]}

    def sign_in(self, person: str, **changed: str | None) -> dict[str, Any]:
        """All the way; the token endpoint's answer."""
        answer = self.redeem(self.code_of(person, **changed))
        assert answer.status_code == 200, answer.text
        return answer.json()
