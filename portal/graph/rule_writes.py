"""Writes to inbox rules. Only the code that keeps the journal may import this.

Each is sent once, within the limits; portal.graph.client.Graph.write says what they raise.
"""

from __future__ import annotations

from portal.graph.client import Graph, quote_id
from portal.graph.errors import Doubtful, Trace
from portal.graph.rules import RULES_PATH, StoredRule, decode_stored_rule
from portal.graph.wire import Json, TimeLimits


def create_rule(graph: Graph, body: Json, limits: TimeLimits) -> StoredRule:
    """Make a rule; it comes last whatever its sequence says. Returns it as Microsoft made it.

    https://learn.microsoft.com/graph/api/mailfolder-post-messagerules
    """
    return _decode_written(
        graph.write("POST", RULES_PATH, body | {"sequence": max(1, body.get("sequence", 1))}, limits=limits)
    )


def change_rule(graph: Graph, rule_id: str, body: Json, limits: TimeLimits) -> StoredRule:
    """Change what the body names; its conditions, exceptions and actions replace those there as a whole.

    Raises Missing when there is no such rule, ReadOnlyRule when only Outlook can change it.
    https://learn.microsoft.com/graph/api/messagerule-update
    """
    return _decode_written(graph.write("PATCH", _path_to(rule_id), body, limits=limits))


def delete_rule(graph: Graph, rule_id: str, limits: TimeLimits) -> None:
    """https://learn.microsoft.com/graph/api/messagerule-delete"""
    graph.write("DELETE", _path_to(rule_id), limits=limits)


def _path_to(rule_id: str) -> str:
    return f"{RULES_PATH}/{quote_id(rule_id)}"


def _decode_written(answer: Json) -> StoredRule:
    if not answer.get("id"):
        raise Doubtful(Trace(200, "no rule in the answer"))
    return decode_stored_rule(answer)
