"""One rule as one sentence."""

from __future__ import annotations

from django.utils.text import capfirst

from portal.mailbox.rules import Parts, Rule, SizeRange, Value
from portal.mailbox.vocabulary import ACTIONS as ACTION_TERMS
from portal.mailbox.vocabulary import PREDICATES
from portal.sentences.frames import (
    ACTIONS,
    CONDITIONS,
    EVERY_MESSAGE,
    EXCEPTION,
    EXCEPTIONS,
    FRAMES,
    HIDDEN,
    IT,
    KEPT_ACTION,
    KEPT_CONDITION,
    KEPT_EXCEPTION,
    KEPT_SETTING,
    ROLES,
    THE_MESSAGE,
    TITLE,
    TITLE_OF_ALL,
    WITH_MORE,
    Role,
)
from portal.sentences.phrases import (
    ACTION_PHRASES,
    AT_LEAST,
    AT_MOST,
    CONDITION_PHRASES,
    NO_ACTION,
    UNKNOWN_ACTION,
    UNKNOWN_CONDITION,
    Phrase,
)
from portal.sentences.values import Mark, holes


def sentence(rule: Rule, tree: object, mark: Mark) -> str:
    """What the rule does, in the reader's language. `tree` is a Tree, or anything else when folders are not known."""
    if rule.hidden:
        return str(HIDDEN)
    conditions = _conditions(rule, mark)
    exceptions = _exceptions(rule, mark)
    frame = FRAMES[_role(rule), bool(conditions), bool(exceptions)]
    actions = _actions(rule, str(THE_MESSAGE if conditions else EVERY_MESSAGE), tree, mark)
    text = capfirst(str(frame) % {"conditions": conditions, "exceptions": exceptions, "actions": actions})
    if any("." not in place for place in rule.unknown):
        return str(WITH_MORE) % {"sentence": text}
    return text


def title(rule: Rule, mark: Mark) -> str:
    """The rule's conditions as a title."""
    conditions = _conditions(rule, mark)
    return capfirst(str(TITLE) % {"conditions": conditions}) if conditions else str(TITLE_OF_ALL)


def kept(rule: Rule, tree: object, mark: Mark) -> list[str]:
    """Each part of the rule as a sentence of its own: for the parts that a form leaves as they are."""
    lines = [str(KEPT_CONDITION) % {"clause": clause} for clause in _clauses(rule.conditions, rule, "conditions", mark)]
    lines += [
        str(KEPT_EXCEPTION) % {"clause": clause} for clause in _clauses(rule.exceptions, rule, "exceptions", mark)
    ]
    told = [action(name, value, str(IT), tree, mark) for name, value in rule.actions.items()]
    if _has_unknown(rule, "actions"):
        told.append(unknown_action(str(IT)))
    lines += [capfirst(str(KEPT_ACTION) % {"clause": clause}) for clause in told]
    return lines + [str(KEPT_SETTING) for place in rule.unknown if "." not in place]


def _conditions(rule: Rule, mark: Mark) -> str:
    """All of them, "" when there are none."""
    more = _has_unknown(rule, "conditions")
    count = len(rule.conditions)
    told = [
        condition(name, value, mark, linked=more or place < count)
        for place, (name, value) in enumerate(rule.conditions.items(), start=1)
    ]
    if more:
        told.append(unknown_condition())
    return CONDITIONS(told) if told else ""


def _exceptions(rule: Rule, mark: Mark) -> str:
    told = [str(EXCEPTION) % {"clause": clause} for clause in _clauses(rule.exceptions, rule, "exceptions", mark)]
    return EXCEPTIONS(told) if told else ""


def _clauses(parts: Parts, rule: Rule, member: str, mark: Mark) -> list[str]:
    """Each predicate alone."""
    told = [condition(name, value, mark) for name, value in parts.items()]
    return [*told, unknown_condition()] if _has_unknown(rule, member) else told


def _actions(rule: Rule, first: str, tree: object, mark: Mark) -> str:
    more = _has_unknown(rule, "actions")
    count = len(rule.actions)
    told = [
        action(name, value, first if place == 1 else str(IT), tree, mark, linked=more or place < count)
        for place, (name, value) in enumerate(rule.actions.items(), start=1)
    ]
    if more:
        told.append(unknown_action(str(IT) if told else first))
    return ACTIONS(told or [nothing(first)])


def _role(rule: Rule) -> Role:
    first = next(iter(rule.actions), "")
    return ROLES.get(first, Role.OBJECT) if first else Role.RECIPIENT


def _has_unknown(rule: Rule, member: str) -> bool:
    return any(place.partition(".")[0] == member for place in rule.unknown if "." in place)


def phrase_for(name: str, value: Value) -> Phrase:
    """The phrase of one predicate; a size range may be open at an end."""
    if isinstance(value, SizeRange):
        if value.maximum_kb is None:
            return AT_LEAST
        if value.minimum_kb is None:
            return AT_MOST
    return CONDITION_PHRASES[name]


def condition(name: str, value: Value, mark: Mark, *, linked: bool = False) -> str:
    """One predicate with its value."""
    phrase = phrase_for(name, value)
    return str(phrase.linked if linked else phrase.last) % holes(PREDICATES[name], value, None, mark)


def unknown_condition(*, linked: bool = False) -> str:
    """Some condition outside the vocabulary."""
    return str(UNKNOWN_CONDITION.linked if linked else UNKNOWN_CONDITION.last)


def action(name: str, value: Value, it: str, tree: object, mark: Mark, *, linked: bool = False) -> str:
    """One action with its value, done to `it`."""
    phrase = ACTION_PHRASES[name]
    filled = holes(ACTION_TERMS[name], value, tree, mark)
    return str(phrase.linked if linked else phrase.last) % {**filled, "it": it}


def unknown_action(it: str, *, linked: bool = False) -> str:
    """Some action outside the vocabulary."""
    return str(UNKNOWN_ACTION.linked if linked else UNKNOWN_ACTION.last) % {"it": it}


def nothing(it: str) -> str:
    """No action at all."""
    return str(NO_ACTION) % {"it": it}
