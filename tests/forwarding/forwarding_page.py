"""The forwarding page as its tests use it, and what people do in Outlook meanwhile."""

from __future__ import annotations

from typing import Any

from tests.front_door import DOMAIN, Page, Reader
from tests.simulator_control import Simulator

PAGE = "/en/forwarding/"
RULES = "/me/mailFolders/inbox/messageRules"
SITE_RULE_NAME = "窓口の転送 / Madoguchi forwarding"
STUDENT = f"new.student@{DOMAIN}"
HOME = "hanako@example.com"


def people(*addresses: str) -> list[dict[str, Any]]:
    return [{"emailAddress": {"address": address}} for address in addresses]


def outlook_rule(simulator: Simulator, name: str = "Made in Outlook", **members: Any) -> dict[str, Any]:
    """A rule of new.student's, made elsewhere: outlook_rule(simulator, actions={"delete": True})."""
    body = {"displayName": name, "sequence": 1, "isEnabled": True, **members}
    return simulator.graph(STUDENT, "POST", RULES, body)


def outlook_forward(simulator: Simulator, to: str = HOME, name: str = "Made in Outlook", **more: Any) -> dict[str, Any]:
    return outlook_rule(simulator, name, actions={"forwardTo": people(to)}, **more)


def checked(reader: Reader, to: str = HOME, copy: str = "keep", *, status: int = 200) -> Page:
    """The form filled in and sent: the page for checking the answers, or the form again."""
    return reader.send(reader.open(PAGE), "form[action$='/check/']", to=to, copy=copy, status=status)


def started(reader: Reader, to: str = HOME, copy: str = "keep", *, status: int = 200) -> Page:
    return reader.send(checked(reader, to, copy), "form#start", status=status)


def sent_to(rule: dict[str, Any], action: str = "forwardTo") -> list[str]:
    return [person["emailAddress"]["address"] for person in rule["actions"].get(action, [])]


def typed(page: Page) -> str:
    return page.soup.select_one("#id_to").get_text().strip()  # type: ignore[union-attr]
