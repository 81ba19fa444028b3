"""What the service refuses in a rule.

The reasons are those of Exchange
(https://learn.microsoft.com/exchange/client-developer/web-service-reference/errorcode);
which of them Graph names, and how, is not documented: the outer code is a switch.
"""

import json
from typing import Any

from m365_simulator import switches
from m365_simulator.graph.errors import GraphError, bad_request, unknown_property
from m365_simulator.graph.rule_rows import PARTS
from m365_simulator.graph.rule_values import RuleError, read_rule_value
from m365_simulator.graph.vocabulary import MESSAGE_RULE
from m365_simulator.mailbox.mailbox import Mailbox

INT32 = 2**31 - 1
# https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/outlook-on-the-web/increase-the-space-used-by-inbox-rules
STORAGE = 256 * 1024  # bytes, of the rules that are on
SIMPLE: dict[str, type] = {"displayName": str, "sequence": int, "isEnabled": bool}
READ_ONLY = ("id", "hasError", "isReadOnly")


def read_rule(
    mailbox: Mailbox, body: dict[str, Any], *, new: bool, present: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The writable members of a rule, unset ones dropped. Raises GraphError (400).

    `present` is the rule that a PATCH lays this over.
    """
    for name in body:
        if name not in MESSAGE_RULE.properties and "@" not in name:
            raise unknown_property(name, MESSAGE_RULE.name)
    given = {name: value for name, value in body.items() if name in MESSAGE_RULE.properties}
    try:
        made = {n: _member(mailbox, n, v) for n, v in given.items() if n not in READ_ONLY}
        _complete(made, new=new)
    except RuleError as reason:
        raise find_refusal(str(reason)) from None
    _within_storage(mailbox, made, present)
    return made


def find_refusal(reason: str) -> GraphError:
    return bad_request(reason, str(switches.value("rule_error_code")))


def _member(mailbox: Mailbox, name: str, value: Any) -> Any:
    if name in PARTS:
        return _part(mailbox, name, value)
    mistyped = type(value) is not SIMPLE[name]  # a bool is an int, too
    if mistyped:
        raise _wrong_type(name)
    if name == "sequence" and not 0 <= value <= INT32:
        raise RuleError("InvalidValue: sequence")
    if name == "displayName":
        _name(value)
    return value


def _name(value: str) -> None:
    if not value.strip():
        raise RuleError("EmptyValueFound: displayName")
    if len(value) > int(switches.value("rule_name_limit")):
        raise RuleError("StringValueTooBig: displayName")


def _part(mailbox: Mailbox, name: str, value: Any) -> dict[str, Any]:
    if value is None and switches.value("null_in_patch") == "clears":
        value = {}
    if not isinstance(value, dict):
        raise _wrong_type(name)
    made = {}
    for member, content in value.items():
        if "@" in member:
            continue
        if member not in PARTS[name]:
            raise unknown_property(member, _type_of(name))
        if not _unset(content):
            made[member] = read_rule_value(mailbox, member, PARTS[name][member], content)
    return made


def _unset(content: Any) -> bool:
    return content is None or content is False or content == []


def _complete(rule: dict[str, Any], *, new: bool) -> None:
    required = ["displayName", "actions"] if new else []
    if new and switches.value("rule_sequence_required"):
        required.append("sequence")
    for name in required:
        if name not in rule:
            raise RuleError(f"MissingParameter: {name}")
    if "actions" in rule and not rule["actions"]:
        raise RuleError("MissingAction")


def _within_storage(mailbox: Mailbox, made: dict[str, Any], present: dict[str, Any] | None) -> None:
    others = [rule for rule in mailbox.rules if rule is not present]
    after = [*others, {**(present or {}), **made}]
    size = sum(len(json.dumps(rule).encode()) for rule in after if rule.get("isEnabled"))
    if size > STORAGE:
        raise bad_request("The rules take more space than allowed.", "ErrorRulesOverQuota")


def _type_of(part: str) -> str:
    kind = "messageRuleActions" if part == "actions" else "messageRulePredicates"
    return f"microsoft.graph.{kind}"


def _wrong_type(name: str) -> GraphError:
    return bad_request(f"The value of '{name}' has the wrong type.", "RequestBodyRead")
