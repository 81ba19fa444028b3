"""Rules as Outlook would have made them."""

from typing import Any


def rule(name: str, conditions: dict[str, Any], actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A rule that is on; `more` overrides any other member."""
    made = {
        "displayName": name,
        "isEnabled": True,
        "isReadOnly": False,
        "conditions": conditions,
        "actions": actions,
        "exceptions": {},
    }
    return made | more


def people(*addresses: str) -> list[dict[str, Any]]:
    return [{"emailAddress": {"name": address, "address": address}} for address in addresses]
