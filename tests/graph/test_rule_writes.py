"""Writes to inbox rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from portal.graph import errors
from portal.graph.client import Graph
from portal.graph.rule_json import encode_rule, make_patch
from portal.graph.rule_writes import change_rule, create_rule, delete_rule
from portal.graph.rules import digest_rule, list_rules
from portal.graph.wire import NO_LIMITS
from portal.mailbox.rules import Address, FormFields, Parts, Rule, SizeRange
from portal.mailbox.vocabulary import ACTIONS, PREDICATES, TERMS, TermKind
from tests.simulator_control import Simulator

WANTED = Rule(
    "",
    "課題",
    0,
    True,
    False,
    False,
    conditions=Parts(subject_contains=("report", "課題")),
    actions=Parts(redirect_to=(Address("taro@example.com"),)),
)
SHOWN = FormFields(frozenset(PREDICATES), frozenset(), frozenset(ACTIONS))


@pytest.mark.parametrize("echo", ["as_sent", "upper"])
def test_a_new_rule_says_what_was_sent(graph: Graph, simulator: Simulator, echo: str) -> None:
    simulator.switch(rule_strings=echo)
    made = create_rule(graph, encode_rule(WANTED), NO_LIMITS)
    assert made.rule.enabled
    assert made.digest == digest_rule(encode_rule(WANTED))
    assert [stored.digest for stored in list_rules(graph)] == [made.digest]


def test_a_change_replaces_what_it_shows(graph: Graph) -> None:
    made = create_rule(graph, encode_rule(WANTED), NO_LIMITS)
    wanted = replace(made.rule, name="新しい名前", conditions=Parts(), actions=Parts(mark_as_read=True))
    changed = change_rule(graph, made.rule.id, make_patch(made.raw, wanted, SHOWN), NO_LIMITS)
    assert changed.rule == wanted


def test_a_deleted_rule_is_gone_and_cannot_be_deleted_again(graph: Graph) -> None:
    made = create_rule(graph, encode_rule(WANTED), NO_LIMITS)
    delete_rule(graph, made.rule.id, NO_LIMITS)
    assert list_rules(graph) == ()
    with pytest.raises(errors.Missing):
        delete_rule(graph, made.rule.id, NO_LIMITS)


def test_a_rule_that_only_outlook_changes_is_refused(open_graph: Callable[..., Graph]) -> None:
    graph = open_graph("rule.collector")
    hidden = next(stored.rule for stored in list_rules(graph) if stored.rule.read_only)
    with pytest.raises(errors.ReadOnlyRule):
        change_rule(graph, hidden.id, {"isEnabled": False}, NO_LIMITS)
    with pytest.raises(errors.ReadOnlyRule):
        delete_rule(graph, hidden.id, NO_LIMITS)


def test_a_rule_without_an_action_is_refused(graph: Graph) -> None:
    with pytest.raises(errors.Refused):
        create_rule(graph, encode_rule(replace(WANTED, actions=Parts())), NO_LIMITS)


@pytest.mark.parametrize("answer", [{}, {"value": []}])
def test_an_answer_that_is_no_rule_leaves_a_doubt(
    graph: Graph, simulator: Simulator, answer: dict[str, object]
) -> None:
    simulator.fault("POST */messageRules", status=201, body=answer, apply=True)
    with pytest.raises(errors.Doubtful):
        create_rule(graph, encode_rule(WANTED), NO_LIMITS)


def test_all_that_a_form_does_not_show_survives_at_microsoft(graph: Graph) -> None:
    folder = str(graph.get("/me/mailFolders/archive")["id"])
    full = every_term(folder)
    made = create_rule(graph, encode_rule(full), NO_LIMITS)
    assert (made.rule.conditions, made.rule.exceptions) == (full.conditions, full.exceptions)
    assert made.rule.actions == full.actions
    form = FormFields(frozenset({"subject_contains", "has_attachments"}), frozenset(), frozenset({"mark_as_read"}))
    wanted = replace(made.rule, conditions=Parts(subject_contains=("new",)), actions=Parts())
    changed = change_rule(graph, made.rule.id, make_patch(made.raw, wanted, form), NO_LIMITS).rule
    kept = full.conditions.without("has_attachments")
    assert changed.conditions == Parts({**kept, "subject_contains": ("new",)})
    assert changed.exceptions == full.exceptions
    assert changed.actions == full.actions.without("mark_as_read")


def every_term(folder: str) -> Rule:
    """A rule that uses all 30 predicates, twice, and all 11 actions."""
    values: dict[TermKind, Any] = {
        TermKind.WORDS: ("課題", "report"),
        TermKind.PEOPLE: (Address("taro@example.com", "太郎"),),
        TermKind.YES: True,
        TermKind.SIZE: SizeRange(1, 2048),
        TermKind.FOLDER: folder,
    }
    parts = {name: values.get(term.kind) or term.choices[-1] for name, term in TERMS.items()}
    predicates = Parts({name: parts[name] for name in PREDICATES})
    return replace(WANTED, conditions=predicates, exceptions=predicates, actions=Parts({n: parts[n] for n in ACTIONS}))
