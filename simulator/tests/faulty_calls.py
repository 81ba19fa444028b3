"""Requests of one person, while faults are ordered."""

from __future__ import annotations

from typing import Any

import requests

from tests.simulator_control import Simulator

ME = "full.mailbox@example.ac.jp"
RULES = "/me/mailFolders/inbox/messageRules"
RULE = {"displayName": "made", "sequence": 1, "isEnabled": True, "actions": {"stopProcessingRules": True}}


def bearer(simulator: Simulator, address: str = ME) -> dict[str, str]:
    wanted = {"address": address, "scopes": ["User.Read", "Mail.ReadWrite", "MailboxSettings.ReadWrite"]}
    answer = simulator.session.post(f"{simulator.address}/control/token", json=wanted, timeout=10)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def graph(simulator: Simulator, method: str, path: str, address: str = ME, **sent: Any) -> requests.Response:
    address_of = f"{simulator.address}/graph/v1.0{path}"
    return simulator.session.request(method, address_of, headers=bearer(simulator, address), timeout=10, **sent)


def names(simulator: Simulator) -> list[str]:
    return [rule["displayName"] for rule in simulator.rules(ME)]


def batch(simulator: Simulator) -> requests.Response:
    items = [{"id": "1", "method": "GET", "url": "/me"}, {"id": "2", "method": "GET", "url": RULES}]
    return graph(simulator, "POST", "/$batch", json={"requests": items})
