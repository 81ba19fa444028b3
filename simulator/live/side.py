"""One of the two: the tenant, or the simulator. Asks Graph and Entra, and cleans up after itself."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import quote

import requests

PATIENCE = 30  # seconds
RULES = "/me/mailFolders/inbox/messageRules"
MESSAGES = "/me/messages"
MARK = "madoguchi-live"  # what is made in a mailbox has this in its name


class Side:
    """`graph` and `login` are addresses; `limited` is a token without MailboxSettings, if there is one;
    `closed_rule` the name of a read-only rule that may be lost.
    """

    def __init__(
        self, graph: str, login: str, token: str, *, tenant: str, limited: str = "", closed_rule: str = ""
    ) -> None:
        self.graph, self.login, self.token, self.tenant = graph, login, token, tenant
        self.limited, self.closed_rule = limited, closed_rule
        self.session = requests.Session()
        self.made: list[str] = []

    def ask(
        self, method: str, path: str, *, token: str | None = None, headers: dict[str, str] | None = None, **sent: Any
    ) -> requests.Response:
        """`path` is below the version, or a whole address. With `token=""` nobody asks."""
        address = path if path.startswith("http") else f"{self.graph}{path}"
        held = self.token if token is None else token
        own = {"client-request-id": str(uuid.uuid4())} | ({"Authorization": f"Bearer {held}"} if held else {})
        return self.session.request(method, address, headers=own | (headers or {}), timeout=PATIENCE, **sent)

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.ask("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def json(self, path: str) -> dict[str, Any]:
        """Of a read that must go well. Raises requests.HTTPError."""
        answer = self.get(path)
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body

    def ask_entra(self, path: str, **form: str) -> requests.Response:
        """A POST with a form, or without one a GET; nobody is signed in."""
        method = "POST" if form else "GET"
        return self.session.request(method, f"{self.login}{path}", data=form or None, timeout=PATIENCE)

    def make(self, path: str, body: dict[str, Any]) -> requests.Response:
        """A POST whose thing is taken away at the end, should it be made."""
        answer = self.ask("POST", path, json=body)
        if answer.status_code == 201:
            self.made.append(f"{path}/{quote(answer.json()['id'], safe='')}")
        return answer

    def make_rule(self, **changed: Any) -> requests.Response:
        """A harmless rule that is off, changed by `changed` (`...` leaves a member out)."""
        rule = {
            "displayName": MARK,
            "sequence": 1,
            "isEnabled": False,
            "conditions": {"subjectContains": [MARK]},
            "actions": {"markAsRead": True},
        }
        return self.make(RULES, {name: value for name, value in (rule | changed).items() if value is not ...})

    def clean_up(self) -> list[str]:
        """What could not be taken away, as paths."""
        left = [path for path in reversed(self.made) if self.take_away(path).status_code not in (204, 404)]
        self.made.clear()
        return left

    def take_away(self, path: str) -> requests.Response:
        """A message that is only deleted would lie in Deleted Items then."""
        if path.startswith(MESSAGES):
            return self.ask("POST", f"{path}/permanentDelete")
        return self.ask("DELETE", path)
