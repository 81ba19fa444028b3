"""The simulator's control paths, as a test uses them."""

from __future__ import annotations

from typing import Any

import requests


class Simulator:
    """One running simulator."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.session.trust_env = False

    def _control(self, method: str, path: str, **kwargs: Any) -> Any:
        answer = self.session.request(method, f"{self.address}/control/{path}", timeout=10, **kwargs)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def reset(self) -> None:
        self._control("POST", "reset", json={})

    def people(self) -> list[dict[str, Any]]:
        return self._control("GET", "people")

    def deliver(self, to: str, message: bytes) -> dict[str, Any]:
        """Hand one message/rfc822 to the mailbox; where it went and what left."""
        return self._control(
            "POST", "deliver", params={"to": to}, data=message, headers={"Content-Type": "message/rfc822"}
        )

    def outbox(self) -> list[dict[str, Any]]:
        return self._control("GET", "outbox")

    def requests(self) -> dict[str, Any]:
        return self._control("GET", "requests")

    def fault(self, match: str, **fault: Any) -> None:
        """The next matching request is answered with this fault."""
        self._control("PUT", "faults", json={"match": match, **fault})

    def heal(self) -> None:
        self._control("PUT", "faults", json={"clear": True})

    def switch(self, **switches: Any) -> None:
        self._control("PUT", "switches", json=switches)

    def condition(self, aadsts: int, at: str, **condition: Any) -> None:
        """Entra refuses with this number, at "authorize", "code" or "refresh"."""
        self._control("PUT", "conditions", json={"aadsts": aadsts, "at": at, **condition})

    def application(self, **registration: Any) -> None:
        """Change the site's registration at Entra."""
        self._control("PUT", "application", json=registration)

    def revoke(self, address: str) -> None:
        self._control("POST", "revoke", json={"address": address})

    def disable(self, address: str) -> None:
        self._control("POST", "disable", json={"address": address})

    def graph(self, address: str, method: str, path: str, json: Any = None) -> Any:
        """What this person does elsewhere, in Outlook for example: one Graph request of their own."""
        scopes = ["User.Read", "Mail.ReadWrite", "MailboxSettings.ReadWrite"]
        token = self._control("POST", "token", json={"address": address, "scopes": scopes})["access_token"]
        answer = self.session.request(
            method,
            f"{self.address}/graph/v1.0{path}",
            json=json,
            headers={"Authorization": f"Bearer {token}"},
            timeout=10,
        )
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def rules(self, address: str) -> list[dict[str, Any]]:
        return self.graph(address, "GET", "/me/mailFolders/inbox/messageRules")["value"]
