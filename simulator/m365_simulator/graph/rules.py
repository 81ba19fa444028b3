"""Inbox rules: https://learn.microsoft.com/graph/api/resources/messagerule

Seen on real mailboxes: `sequence` does nothing on creation; `isEnabled` left out makes a
rule that is off; conditions, actions and exceptions are replaced whole; a rule with parts
that the API does not know is listed without them and cannot be written.
"""

from typing import Any

from django.http import HttpResponse

from m365_simulator import switches
from m365_simulator.graph import errors
from m365_simulator.graph.call import Call
from m365_simulator.graph.folders import find_folder
from m365_simulator.graph.listing import answer_count, answer_list, answer_one
from m365_simulator.graph.odata.options import read_options_of_many, read_options_of_one
from m365_simulator.graph.rule_rows import RuleRow
from m365_simulator.graph.rule_validation import read_rule
from m365_simulator.graph.vocabulary import MESSAGE_RULE
from m365_simulator.mailbox import ids

LIST = "mailFolders('inbox')/messageRules"


def index(call: Call) -> HttpResponse:
    _inbox(call)
    asked = read_options_of_many(call.request.GET, MESSAGE_RULE)
    held, size = call.mailbox.rules_in_order(), int(switches.value("rules_page_size"))
    return answer_list(call, held, lambda rule: RuleRow(call.mailbox, rule), asked, size=size, path=LIST)


def count(call: Call) -> HttpResponse:
    _inbox(call)
    asked = read_options_of_many(call.request.GET, MESSAGE_RULE)
    return answer_count(call.mailbox.rules, lambda rule: RuleRow(call.mailbox, rule), asked)


def detail(call: Call) -> HttpResponse:
    return _shown(call, _find(call))


def create(call: Call) -> HttpResponse:
    _inbox(call)
    wanted = read_rule(call.mailbox, call.body(), new=True)
    enabled = wanted.pop("isEnabled", switches.value("rule_enabled_default"))
    wanted.pop("sequence", None)
    rule = {"conditions": {}, "exceptions": {}, "isReadOnly": False, **wanted}
    made = call.mailbox.add_rule({**rule, "isEnabled": enabled})
    response = _shown(call, made, 201)
    response["Location"] = f"{call.base}/me/mailFolders('inbox')/messageRules('{made['id']}')"
    return response


def update(call: Call) -> HttpResponse:
    rule = _writable(call)
    wanted = read_rule(call.mailbox, call.body(), new=False, present=rule)
    sequence = wanted.pop("sequence", None)
    rule.update(wanted)
    if sequence is not None:
        _place(call.mailbox.rules, rule, sequence)
    return _shown(call, rule)


def delete(call: Call) -> HttpResponse:
    call.mailbox.rules.remove(_writable(call))
    return HttpResponse(status=204)


def _shown(call: Call, rule: dict[str, Any], status: int = 200) -> HttpResponse:
    return answer_one(
        call, RuleRow(call.mailbox, rule), read_options_of_one(call.request.GET, MESSAGE_RULE), LIST, status
    )


def _inbox(call: Call) -> None:
    """Only the Inbox owns rules."""
    if find_folder(call.mailbox, call.ids["folder"]).role != "inbox":
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
