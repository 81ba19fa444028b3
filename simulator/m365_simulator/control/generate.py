"""A tenant as large as one likes, at one's order."""

from dataclasses import fields

from django.http import HttpRequest, HttpResponse

from m365_simulator.control.door import Wrong, answer, for_programs, json_of
from m365_simulator.generate.plan import Plan
from m365_simulator.tenant import TENANT

NAMES = [field.name for field in fields(Plan)]


@for_programs("POST")
def generate(request: HttpRequest) -> HttpResponse:
    """`{"number": 7, "people": 20000, "messages": 100000, "folders": 1000}`: the same number makes the same tenant.

    It lasts until the reset. The answer says which addresses there are now.
    """
    plan = plan_of(request)
    with TENANT.lock:
        plan.carry_out(TENANT)
    return answer(plan.as_json())


def plan_of(request: HttpRequest) -> Plan:
    body = json_of(request)
    for name, value in body.items():
        if name not in NAMES:
            raise Wrong(400, f"unknown: {name}; known: {', '.join(NAMES)}.")
        if type(value) is not int:
            raise Wrong(400, f"{name} must be a whole number.")
    plan = Plan(**{"number": 1, **body})
    if plan.problem():
        raise Wrong(400, f"{plan.problem()}.")
    return plan
