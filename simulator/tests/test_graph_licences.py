"""What a person is licensed for: https://learn.microsoft.com/graph/api/user-list-licensedetails"""

from __future__ import annotations

from tests.graph_person import GraphPerson, code
from tests.simulator_control import Simulator

LICENCES = "/me/licenseDetails"


def test_the_plan_tells_of_the_mailbox(simulator: Simulator) -> None:
    [licence] = GraphPerson(simulator, "full.mailbox").get(f"{LICENCES}?$select=skuPartNumber,servicePlans")["value"]
    assert set(licence) == {"id", "skuPartNumber", "servicePlans"}
    assert licence["skuPartNumber"] == "STANDARDWOFFPACK_STUDENT"
    plans = {plan["servicePlanName"]: plan for plan in licence["servicePlans"]}
    assert plans["EXCHANGE_S_STANDARD"]["provisioningStatus"] == "Success"
    assert plans["EXCHANGE_S_STANDARD"]["appliesTo"] == "User"


def test_staff_have_another_and_some_have_none(simulator: Simulator) -> None:
    staff = GraphPerson(simulator, "helpdesk").get(LICENCES)["value"]
    assert [row["skuPartNumber"] for row in staff] == ["STANDARDWOFFPACK_FACULTY"]
    assert GraphPerson(simulator, "no.licence").get(LICENCES)["value"] == []


def test_one_is_read_by_its_id(simulator: Simulator) -> None:
    person = GraphPerson(simulator, "full.mailbox")
    licence = person.get(LICENCES)["value"][0]
    assert person.get(f"{LICENCES}/{licence['id']}")["skuId"] == licence["skuId"]
    assert person.ask("GET", f"{LICENCES}/$count").text == "1"
    assert code(person.ask("GET", f"{LICENCES}/nonsense")) == (404, "Request_ResourceNotFound")


def test_it_wants_a_scope_of_the_directory(simulator: Simulator) -> None:
    answer = GraphPerson(simulator, "full.mailbox", ("Mail.Read",)).ask("GET", LICENCES)
    assert code(answer) == (403, "Authorization_RequestDenied")
