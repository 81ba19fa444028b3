"""What an administrator of Entra does, over the control paths."""

from __future__ import annotations

from typing import Any

import requests

from tests.simulator_control import Simulator

PATIENCE = 10  # seconds
DOMAIN = "example.ac.jp"


class Administrator:
    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator

    def ask(self, method: str, path: str, body: Any = None) -> requests.Response:
        address = f"{self.simulator.address}/control/{path}"
        return self.simulator.session.request(method, address, json=body, timeout=PATIENCE)

    def done(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        answer = self.ask(method, path, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def register(self, **members: Any) -> dict[str, Any]:
        """Change the application's registration."""
        return self.done("PUT", "application", members)

    def condition(self, aadsts: int, at: str, person: str = "", **more: Any) -> None:
        address = {"address": address_of(person)} if person else {}
        self.done("PUT", "conditions", {"aadsts": aadsts, "at": at, **address, **more})

    def new_key(self, **how: Any) -> list[str]:
        """The ids of the published keys."""
        return self.done("POST", "keys", how)["kids"]

    def revoke(self, person: str) -> None:
        self.done("POST", "revoke", {"address": address_of(person)})

    def disable(self, person: str, disabled: bool = True) -> None:
        self.done("POST", "disable", {"address": address_of(person), "disabled": disabled})


def address_of(person: str) -> str:
    return person if "@" in person else f"{person}@{DOMAIN}"
