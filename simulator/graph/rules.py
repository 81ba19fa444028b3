"""Inbox rules: https://learn.microsoft.com/graph/api/resources/messagerule

Seen on real mailboxes: `sequence` does nothing on creation; `isEnabled` left out makes a
rule that is off; conditions, actions and exceptions are replaced whole; a rule with parts
that the API does not know is listed without them and cannot be written.
"""

from typing import Any

from django.http import HttpResponse

from simulator import ids, switches
from simulator.graph import errors
from simulator.graph.call import Call, answer
from simulator.graph.folders import find
from simulator.graph.odata import filtered, options
from simulator.graph.paging import page
from simulator.graph.rule_rows import row
from simulator.graph.rule_validation import read
from simulator.graph.vocabulary import MESSAGE_RULE

LIST = "mailFolders('inbox')/messageRules"


def index(call: Call) -> HttpResponse:
    _inbox(call)
    asked = options(call.query, MESSAGE_RULE)
    rows = [row(call.mailbox, rule) for rule in call.mailbox.rules_in_order()]
    held = filtered(rows, asked.filter, MESSAGE_RULE)
    picked = [asked.pick(rule, MESSAGE_RULE) for rule in held]
    return answer(page(call, picked, asked, int(switches.value("rules_page_size")), LIST))


def detail(call: Call) -> HttpResponse:
    asked = options(call.query, MESSAGE_RULE)
    made = row(call.mailbox, _find(call))
    return answer({**_context(call), **asked.pick(made, MESSAGE_RULE)})


def create(call: Call) -> HttpResponse:
    _inbox(call)
    wanted = read(call.mailbox, call.body(), new=True)
    enabled = wanted.pop("isEnabled", switches.value("rule_enabled_default"))
    wanted.pop("sequence", None)
    rule = {"conditions": {}, "exceptions": {}, "isReadOnly": False, **wanted}
    made = call.mailbox.add_rule({**rule, "isEnabled": enabled})
    response = answer({**_context(call), **row(call.mailbox, made)}, 201)
    response["Location"] = f"{call.base}/me/mailFolders('inbox')/messageRules('{made['id']}')"
    return response


def update(call: Call) -> HttpResponse:
    rule = _writable(call)
    wanted = read(call.mailbox, call.body(), new=False, present=rule)
    sequence = wanted.pop("sequence", None)
    rule.update(wanted)
    if sequence is not None:
        _place(call.mailbox.rules, rule, sequence)
    return answer({**_context(call), **row(call.mailbox, rule)})


def delete(call: Call) -> HttpResponse:
    call.mailbox.rules.remove(_writable(call))
    return HttpResponse(status=204)


def _context(call: Call) -> dict[str, str]:
    return {"@odata.context": call.context(f"{LIST}/$entity")}


def _inbox(call: Call) -> None:
    """Only the Inbox owns rules."""
    if find(call.mailbox, call.ids["folder"]).role != "inbox":
        raise errors.bad_request("The folder does not support rules.", "ErrorInvalidRequest")


def _find(call: Call) -> dict[str, Any]:
    _inbox(call)
    wanted = call.ids["rule"]
    if not ids.is_rule(wanted):
        raise errors.malformed_id()
    rule = call.mailbox.rule(wanted)
    if rule is None:
        raise errors.item_not_found()
    return rule


def _writable(call: Call) -> dict[str, Any]:
    rule = _find(call)
    if rule["isReadOnly"]:
        raise errors.unsupported_rule()
    return rule


def _place(rules: list[dict[str, Any]], moved: dict[str, Any], sequence: int) -> None:
    """Put a rule at a place. Whoever stood there moves one down, as do those after it."""
    moved["sequence"] = sequence
    if switches.value("sequence_collision") == "duplicate":
        return
    taken = sequence
    for rule in sorted(rules, key=lambda held: held["sequence"]):
        if rule is not moved and rule["sequence"] == taken:
            taken += 1
            rule["sequence"] = taken
