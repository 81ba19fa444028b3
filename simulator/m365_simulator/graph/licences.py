"""What a person is licensed for: https://learn.microsoft.com/graph/api/user-list-licensedetails

The plans are those of Microsoft 365 A1; the names and ids are published at
https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
"""

import base64
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from m365_simulator.directory.person import Person
from m365_simulator.graph import errors
from m365_simulator.graph.call import Call
from m365_simulator.graph.listing import answer_count, answer_list, answer_one
from m365_simulator.graph.odata.options import read_options_of_many, read_options_of_one
from m365_simulator.graph.odata.writing import Plain
from m365_simulator.graph.vocabulary import LICENCE

STUDENT = ("STANDARDWOFFPACK_STUDENT", "314c4481-f395-4525-be8b-2ec4bb1e9d91")
FACULTY = ("STANDARDWOFFPACK_FACULTY", "94763226-9b3c-4e75-a931-5c89701abe66")
# EXCHANGE_S_STANDARD is Exchange Online Plan 1: a mailbox of 50 GB
PLANS = {
    "EXCHANGE_S_STANDARD": "9aaf7827-d63c-4b61-89c3-182f06f82e5c",
    "SHAREPOINTSTANDARD_EDU": "0a4983bb-d3e5-4a09-95d8-b2d0127b3df5",
    "TEAMS1": "57ff2da0-773e-42df-b2af-ffb7a2317929",
}
PAGE = 100


def rows(person: Person) -> list[Plain]:
    """None without a licence."""
    if not person.licensed:
        return []
    name, sku = FACULTY if person.staff else STUDENT
    key = base64.urlsafe_b64encode(UUID(person.oid).bytes_le + UUID(sku).bytes_le).decode().rstrip("=")
    facts = {"id": key, "skuId": sku, "skuPartNumber": name, "servicePlans": [_plan(*plan) for plan in PLANS.items()]}
    return [Plain(LICENCE, facts)]


def _plan(name: str, plan: str) -> dict[str, Any]:
    return {"servicePlanId": plan, "servicePlanName": name, "provisioningStatus": "Success", "appliesTo": "User"}


def index(call: Call) -> HttpResponse:
    asked = read_options_of_many(call.request.GET, LICENCE)
    return answer_list(call, rows(call.person), lambda row: row, asked, size=PAGE, path="licenseDetails")


def count(call: Call) -> HttpResponse:
    return answer_count(rows(call.person), lambda row: row, read_options_of_many(call.request.GET, LICENCE))


def detail(call: Call) -> HttpResponse:
    for row in rows(call.person):
        if row.value("id") == call.ids["licence"]:
            return answer_one(call, row, read_options_of_one(call.request.GET, LICENCE), "licenseDetails")
    raise errors.directory_not_found(call.ids["licence"])
