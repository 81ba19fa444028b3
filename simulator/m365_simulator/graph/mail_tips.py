"""Mail tips: https://learn.microsoft.com/graph/api/user-getmailtips"""

from typing import Any

from django.http import HttpResponse

from m365_simulator import switches
from m365_simulator.directory.person import DOMAIN
from m365_simulator.graph.call import Call, answer_json
from m365_simulator.graph.errors import bad_request
from m365_simulator.graph.mailbox_settings import list_settings
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.tenant import TENANT

OPTIONS = (
    "automaticReplies",
    "mailboxFullStatus",
    "customMailTip",
    "externalMemberCount",
    "totalMemberCount",
    "maxMessageSize",
    "deliveryRestriction",
    "moderationStatus",
    "recipientScope",
    "recipientSuggestions",
)
MIB = 1024 * 1024
NAMES = ("EmailAddresses", "MailTipsOptions")


def get_mail_tips(call: Call) -> HttpResponse:
    """The mailbox of the caller must exist, the addresses need not."""
    assert call.mailbox  # noqa: S101  # nosec B101  # raises for a person without a mailbox
    addresses, wanted = _asked(call.arguments(*NAMES))
    return answer_json(
        {
            "@odata.context": f"{call.base}/$metadata#Collection(microsoft.graph.mailTips)",
            "value": [_tip(address, wanted) for address in addresses],
        }
    )


def _asked(arguments: dict[str, Any]) -> tuple[list[str], set[str]]:
    addresses, text = (arguments.get(name) for name in NAMES)
    if not isinstance(addresses, list) or not all(isinstance(it, str) for it in addresses):
        raise bad_request("EmailAddresses must be a collection of strings.", "RequestBodyRead")
    if not isinstance(text, str):
        raise bad_request("MailTipsOptions is missing.", "RequestBodyRead")
    known = {name.casefold(): name for name in OPTIONS}
    named = [name.strip() for name in text.split(",")]
    for name in named:
        if name.casefold() not in known:
            raise bad_request(f"Requested value '{name}' was not found.", "RequestBodyRead")
    return addresses, {known[name.casefold()] for name in named}


def _tip(address: str, wanted: set[str]) -> dict[str, Any]:
    person = TENANT.person(address)
    inside = address.casefold().endswith(f"@{DOMAIN}")
    made: dict[str, Any] = {"emailAddress": {"name": "", "address": address}}
    if inside and person is None:
        text = "The recipient was not found."
        return {**made, "error": {"code": "RecipientNotFound", "message": text}}
    made.update(_state(person.oid if person else "", wanted))
    if "recipientScope" in wanted:
        made["recipientScope"] = "internal" if inside else "external"
    return made


def _state(oid: str, wanted: set[str]) -> dict[str, Any]:
    """Nothing for an address outside."""
    mailbox = TENANT.mailboxes.get(oid)
    if mailbox is None:
        return {}
    values = {
        "automaticReplies": ("automaticReplies", _replies(mailbox)),
        "customMailTip": ("customMailTip", ""),
        "deliveryRestriction": ("deliveryRestricted", False),
        "externalMemberCount": ("externalMemberCount", 0),
        "mailboxFullStatus": ("mailboxFull", mailbox.is_full),
        "maxMessageSize": ("maxMessageSize", int(switches.value("receive_limit")) * MIB),
        "moderationStatus": ("isModerated", False),
        "recipientSuggestions": ("recipientSuggestions", []),
        "totalMemberCount": ("totalMemberCount", 1),
    }
    return dict(values[name] for name in values if name in wanted)


def _replies(mailbox: Mailbox) -> dict[str, Any]:
    """The message inside the tenant, while it is sent."""
    settings = list_settings(mailbox)["automaticRepliesSetting"]
    if settings["status"] == "disabled":
        return {"message": ""}
    made = {"message": settings["internalReplyMessage"], "messageLanguage": list_settings(mailbox)["language"]}
    if settings["status"] == "scheduled":
        made["scheduledStartTime"] = settings["scheduledStartDateTime"]
        made["scheduledEndTime"] = settings["scheduledEndDateTime"]
    return made
