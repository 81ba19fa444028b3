"""The signed-in person: https://learn.microsoft.com/graph/api/user-get"""

from typing import Any

from django.http import HttpResponse

from m365_simulator.directory.person import Person
from m365_simulator.graph import errors, mailbox_settings
from m365_simulator.graph.call import Call, answer_json
from m365_simulator.graph.odata.options import read_options_of_one
from m365_simulator.graph.odata.writing import Plain, write_row
from m365_simulator.graph.vocabulary import USER

SETTINGS_READ = ("MailboxSettings.Read", "MailboxSettings.ReadWrite")


def profile(call: Call) -> HttpResponse:
    asked = read_options_of_one(call.request.GET, USER)
    facts = describe_person(call.person)
    if asked.select and "mailboxSettings" in asked.select:
        facts["mailboxSettings"] = _settings(call)
    selected = f"({','.join(asked.select)})" if asked.select else ""
    context = {"@odata.context": f"{call.base}/$metadata#users{selected}/$entity"}
    return answer_json({**context, **write_row(Plain(USER, facts), asked)})


def _settings(call: Call) -> dict[str, Any]:
    """They want a scope of their own, and a mailbox."""
    if not call.scopes.intersection(SETTINGS_READ):
        raise errors.access_denied()
    return mailbox_settings.list_settings(call.mailbox)


def describe_person(person: Person) -> dict[str, Any]:
    """What is left out is null."""
    return {
        "id": person.oid,
        "accountEnabled": True,
        "businessPhones": [],
        "createdDateTime": "2024-04-01T00:00:00Z",
        "displayName": person.name,
        "givenName": person.given_name,
        "imAddresses": [person.address] if person.licensed else [],
        "interests": [],
        "mail": person.address if person.licensed else None,
        "mailNickname": person.address.partition("@")[0],
        "otherMails": [],
        "preferredLanguage": mailbox_settings.LOCALES[person.language]["locale"],
        "proxyAddresses": [f"SMTP:{person.address}"] if person.licensed else [],
        "responsibilities": [],
        "schools": [],
        "skills": [],
        "surname": person.family_name,
        "usageLocation": "JP",
        "userPrincipalName": person.upn,
        "userType": "Guest" if person.is_guest else "Member",
    }
