"""Someone who asks Graph about their own mailbox, over the wire."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import requests

from tests.simulator_control import Simulator

DOMAIN = "example.ac.jp"
SCOPES = ("User.Read", "Mail.Read", "MailboxSettings.ReadWrite")
RULES = "/me/mailFolders/inbox/messageRules"
PATIENCE = 10  # seconds


class GraphPerson:
    """`alias` is the part before the @, or a whole address; `scopes` are those of the token."""

    def __init__(self, simulator: Simulator, alias: str, scopes: tuple[str, ...] = SCOPES, **token: Any) -> None:
        self.simulator = simulator
        self.address = alias if "@" in alias else f"{alias}@{DOMAIN}"
        wanted = {"address": self.address, "scopes": list(scopes), **token}
        answer = requests.post(f"{simulator.address}/control/token", json=wanted, timeout=PATIENCE)
        self.token = answer.json()["access_token"]

    def ask(self, method: str, path: str, **sent: Any) -> requests.Response:
        """`path` is below the version, or a whole address."""
        address = path if path.startswith("http") else f"{self.simulator.address}/graph/v1.0{path}"
        headers = {"Authorization": f"Bearer {self.token}", **sent.pop("headers", {})}
        return self.simulator.session.request(method, address, headers=headers, timeout=PATIENCE, **sent)

    def get(self, path: str, **sent: Any) -> Any:
        return self.right(self.ask("GET", path, **sent), 200)

    def right(self, answer: requests.Response, status: int) -> Any:
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def every(self, path: str) -> list[dict[str, Any]]:
        """All rows, by following nextLink."""
        rows: list[dict[str, Any]] = []
        while path:
            body = self.get(path)
            rows += body["value"]
            path = body.get("@odata.nextLink", "")
        return rows

    def batch(self, *items: dict[str, Any]) -> requests.Response:
        return self.ask("POST", "/$batch", json={"requests": list(items)})

    def answers(self, *items: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """A batch's answers by id."""
        body = self.right(self.batch(*items), 200)
        return {answer["id"]: answer for answer in body["responses"]}

    def rules(self) -> list[dict[str, Any]]:
        return self.every(RULES)

    def make_rule(self, **rule: Any) -> requests.Response:
        """A valid rule, changed by `rule` (None leaves a member out)."""
        whole = {"displayName": "made", "sequence": 1, "isEnabled": True, "actions": {"markAsRead": True}}
        sent = {name: value for name, value in (whole | rule).items() if value is not None}
        return self.ask("POST", RULES, json=sent)

    def made_rule(self, **rule: Any) -> dict[str, Any]:
        return self.right(self.make_rule(**rule), 201)

    def change_rule(self, rule: str, **sent: Any) -> requests.Response:
        return self.ask("PATCH", f"{RULES}/{quote(rule, safe='')}", json=sent)

    def folder(self, name: str) -> dict[str, Any]:
        """A folder anywhere in the tree, by its display name."""
        return next(row for row in self.every("/me/mailFolders/delta") if row["displayName"] == name)

    def subjects(self, folder: str) -> list[str]:
        return [row["subject"] for row in self.every(f"/me/mailFolders/{folder}/messages")]


def code(answer: requests.Response) -> tuple[int, str]:
    """Status and code of an error."""
    return answer.status_code, answer.json()["error"]["code"]


def addressed(*addresses: str) -> list[dict[str, Any]]:
    return [{"emailAddress": {"address": address}} for address in addresses]
