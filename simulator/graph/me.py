"""The signed-in person and the mailbox's settings.

https://learn.microsoft.com/graph/api/user-get
https://learn.microsoft.com/graph/api/resources/mailboxsettings
"""

from typing import Any

from django.http import HttpResponse

from simulator.graph.call import Call, answer
from simulator.graph.odata import options
from simulator.graph.vocabulary import USER
from simulator.tenant import Person

LOCALES = {
    "ja": {"locale": "ja-JP", "displayName": "日本語 (日本)"},
    "en": {"locale": "en-US", "displayName": "English (United States)"},
}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


def profile(call: Call) -> HttpResponse:
    asked = options(call.query, USER)
    context = {"@odata.context": f"{call.base}/$metadata#users/$entity"}
    return answer({**context, **asked.pick(facts(call.person), USER)})


def facts(person: Person) -> dict[str, Any]:
    """Both kinds of name: a Japanese one has its family name first."""
    first, _, last = person.name.partition(" ")
    family, given = (first, last) if person.language == "ja" else (last, first)
    alias = person.address.partition("@")[0]
    return {
        "id": person.oid,
        "accountEnabled": True,
        "businessPhones": [],
        "companyName": None,
        "department": None,
        "displayName": person.name,
        "givenName": given,
        "jobTitle": None,
        "mail": person.address if person.licensed else None,
        "mailNickname": alias,
        "mobilePhone": None,
        "officeLocation": None,
        "otherMails": [],
        "preferredLanguage": LOCALES[person.language]["locale"],
        "proxyAddresses": [f"SMTP:{person.address}"] if person.licensed else [],
        "surname": family,
        "userPrincipalName": person.address,
        "userType": "Member",
    }


def settings(call: Call) -> HttpResponse:
    """Nothing here tells of forwarding: Graph has no property for it."""
    mailbox = call.mailbox
    hours = {
        "daysOfWeek": list(WEEK),
        "startTime": "08:00:00.0000000",
        "endTime": "17:00:00.0000000",
        "timeZone": {"name": "Tokyo Standard Time"},
    }
    return answer(
        {
            "@odata.context": call.context("mailboxSettings"),
            "archiveFolder": mailbox.folder("archive").id,
            "timeZone": "Tokyo Standard Time",
            "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
            "dateFormat": "yyyy/MM/dd",
            "timeFormat": "H:mm",
            "userPurpose": "user",
            "automaticRepliesSetting": _no_replies(),
            "language": LOCALES[call.person.language],
            "workingHours": hours,
        }
    )


def _no_replies() -> dict[str, Any]:
    noon = {"dateTime": "2026-11-24T03:00:00.0000000", "timeZone": "UTC"}
    return {
        "status": "disabled",
        "externalAudience": "all",
        "internalReplyMessage": "",
        "externalReplyMessage": "",
        "scheduledStartDateTime": noon,
        "scheduledEndDateTime": noon,
    }
