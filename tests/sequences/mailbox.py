"""One person's mailbox from outside the site: what is in it, what Outlook does there, and what goes wrong with it."""

from __future__ import annotations

import time
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import requests

from demo.stamps import ROOT
from tests.front_door import DOMAIN
from tests.sequences.faults import RULES, Fault
from tests.simulator_control import Simulator

SCOPES = ["User.Read", "Mail.ReadWrite", "MailboxSettings.ReadWrite"]
NO_RULE = f"{RULES}/none"
Rule = dict[str, Any]  # in Graph's JSON

SERVICE = tomllib.loads((ROOT / "portal" / "service.toml").read_text(encoding="utf-8"))
SITE_RULE_NAME = SERVICE["forwarding"]["rule_name"]
# What Outlook makes, with parts that no form of the site shows; and the forwarding that the site has made before.
KINDS: dict[str, Rule] = {
    "plain": {"actions": {"markAsRead": True}},
    "rich": {
        "conditions": {
            "importance": "high",
            "withinSizeRange": {"minimumSize": 1, "maximumSize": 4000},
            "categories": ["Course"],
            "sentToMe": True,
        },
        "exceptions": {
            "bodyContains": ["unsubscribe"],
            "fromAddresses": [{"emailAddress": {"address": f"dean@{DOMAIN}"}}],
        },
        "actions": {"assignCategories": ["Kept"], "markImportance": "low", "stopProcessingRules": True},
    },
    "off": {"isEnabled": False, "actions": {"markAsRead": True}},
    "forwards": {
        "conditions": {},
        "exceptions": {"subjectContains": ["private"]},
        "actions": {"redirectTo": [{"emailAddress": {"address": f"second.desk@{DOMAIN}"}}]},
    },
    "site rule": {
        "displayName": SITE_RULE_NAME,
        "exceptions": {"isAutomaticForward": True},
        "actions": {"forwardTo": [{"emailAddress": {"address": "me@example.com"}}]},
    },
}


@dataclass
class Mailbox:
    """Of a student with this number. The path has /users/ in it, which no fault of this package is for."""

    address: str
    simulator: Simulator
    token: str = ""

    def __post_init__(self) -> None:
        answer = self.simulator.session.post(
            f"{self.simulator.address}/control/token", json={"address": self.address, "scopes": SCOPES}, timeout=10
        )
        self.token = answer.json()["access_token"]

    @property
    def path(self) -> str:
        return f"/users/{self.address}{RULES.removeprefix('/me')}"

    def rules(self) -> tuple[Rule, ...]:
        """In the order in which Microsoft runs them."""
        found = self.graph("GET", self.path).json()["value"]
        return tuple(sorted(found, key=lambda rule: rule["sequence"]))

    def made_in_outlook(self, kind: str, name: str, word: str) -> Rule:
        body = {"displayName": name, "sequence": 1, "isEnabled": True, "conditions": {}, **KINDS[kind]}
        if kind not in ("forwards", "site rule"):
            body["conditions"] = {**body["conditions"], "subjectContains": [word]}
        return dict(self.graph("POST", self.path, body).json())

    def changed_in_outlook(self, rule: Rule, word: str) -> None:
        conditions = {**rule.get("conditions", {}), "senderContains": [word]}
        self.graph("PATCH", f"{self.path}/{rule['id']}", {"conditions": conditions})

    def switched_in_outlook(self, rule: Rule) -> None:
        self.graph("PATCH", f"{self.path}/{rule['id']}", {"isEnabled": not rule["isEnabled"]})

    def deleted_in_outlook(self, rule: Rule) -> None:
        self.graph("DELETE", f"{self.path}/{rule['id']}")

    def break_next(self, fault: Fault, change: str) -> None:
        for order in fault.orders(self.address, change):
            self.simulator.fault(**order)

    def was_hit(self) -> bool:
        """Whether a request under the latest fault has come in; it may still be held."""
        return bool(self.faults()[-1]["hits"])

    def faults(self) -> list[dict[str, Any]]:
        answer = self.simulator.session.get(f"{self.simulator.address}/control/faults", timeout=10)
        return [fault for fault in answer.json()["faults"] if fault["address"] == self.address]

    def heal(self) -> int:
        """Use up what is left of this person's faults, by requests that can do nothing; how many were left."""
        left = [fault for fault in self.faults() for _ in range(fault["times"] - fault["hits"])]
        for fault in left:
            with suppress(requests.RequestException):  # a fault that drops the connection
                self.spend(fault["match"])
        return len(left)

    def spend(self, match: str) -> None:
        """One request that fits the pattern and has no effect: there is no rule of this name, and no body."""
        if match.startswith("POST /$batch"):
            self.graph("POST", "/$batch", {"requests": []}, check=False)
        elif match.startswith("POST"):
            self.graph("POST", RULES, {}, check=False)
        elif match.startswith("GET"):
            self.graph("GET", RULES, check=False)
        elif match.startswith("DELETE"):
            self.graph("DELETE", NO_RULE, check=False)
        else:
            self.graph("PATCH", NO_RULE, {}, check=False)

    def graph(self, method: str, path: str, body: Any = None, *, check: bool = True) -> requests.Response:
        answer = self.simulator.session.request(
            method,
            f"{self.simulator.address}/graph/v1.0{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=10,
        )
        if check:
            answer.raise_for_status()
        return answer


def wait_until(moment: float) -> None:
    """A moment of time.monotonic()."""
    left = moment - time.monotonic()
    if left > 0:
        time.sleep(left)
