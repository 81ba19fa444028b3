"""An order for a fault, as `PUT /control/faults` gets it: read, or refused with a reason."""

from typing import Any
from wsgiref.util import is_hop_by_hop

from django.http import HttpResponse

from m365_simulator.faults import Fault

KINDS: dict[str, Any] = {
    "match": str,
    "address": str,
    "status": int,
    "headers": dict,
    "body": (str, dict, list),
    "delay_ms": int,
    "times": int,
    "apply": bool,
    "apply_after_ms": int,
    "drop": bool,
    "truncate_at": int,
}
HOUR = 3_600_000  # milliseconds
LIMITS = {
    "status": (200, 599),
    "delay_ms": (0, HOUR),
    "apply_after_ms": (0, HOUR),
    "times": (1, 2**31),
    "truncate_at": (0, 2**31),
}
WITHOUT_BODY = (204, 205, 304)


class BadFault(ValueError):
    """What was sent does not describe a fault; the text says why."""


def read_fault(wanted: dict[str, Any]) -> Fault:
    """Raises BadFault for an unknown name, a value of the wrong kind, or parts that do not go together."""
    unknown = sorted(set(wanted) - set(KINDS))
    if unknown:
        raise BadFault(f"unknown: {', '.join(unknown)}; known: {', '.join(KINDS)}")
    given = {name: value for name, value in wanted.items() if value is not None}
    for name, value in given.items():
        _check_value(name, value)
    if "match" not in given:
        raise BadFault('match is missing, for example "POST */messageRules"')
    given["headers"] = _headers(given.get("headers", {}))
    fault = Fault(**given)
    _check_whole(fault)
    return fault


def _check_value(name: str, value: Any) -> None:
    if not isinstance(value, KINDS[name]) or (KINDS[name] is int and isinstance(value, bool)):
        raise BadFault(f"{name} has the wrong type: {value!r}")
    least, most = LIMITS.get(name, (None, None))
    if least is not None and most is not None and not least <= value <= most:
        raise BadFault(f"{name} must be between {least} and {most}")


def _headers(given: dict[str, Any]) -> dict[str, str]:
    made = {name: str(value) for name, value in given.items()}
    for name, value in made.items():
        if is_hop_by_hop(name):
            raise BadFault(f"the server itself sets {name}")
        try:
            HttpResponse(headers={name: value})
        except (ValueError, UnicodeError):
            raise BadFault(f"{name!r} cannot be sent as a header with {value!r}") from None
    return made


def _check_whole(fault: Fault) -> None:
    if fault.body not in ("", {}, []) and fault.status is None:
        raise BadFault("body needs a status, 200 for example")
    if fault.body != "" and fault.status in WITHOUT_BODY:
        raise BadFault(f"an answer with status {fault.status} has no body")
    try:
        fault.answer()
    except ValueError:
        raise BadFault("body cannot be sent: it holds half a character") from None
    if fault.apply_after_ms is not None and not fault.replaces_answer:
        raise BadFault("apply_after_ms needs a status, or drop: the real answer is not known yet")
