"""One rule as one sentence, as a title, and each of its parts as a sentence of its own.

In all of these `tree` is the mailbox's Tree, or anything else when its folders are not known, and `mark` is what is
done to each value.
"""

from __future__ import annotations

from django.utils.text import capfirst

from portal.mailbox.rules import Parts, Rule, SizeRange, Value
from portal.mailbox.vocabulary import ACTIONS, PREDICATES
from portal.sentences import frames, phrases
from portal.sentences.values import Mark, fill_phrase


def write_sentence(rule: Rule, tree: object, mark: Mark) -> str:
    """What the rule does, in the reader's language."""
    if rule.hidden:
        return str(frames.HIDDEN)
    conditions = _join_conditions(rule, mark)
    exceptions = _join_exceptions(rule, mark)
    frame = frames.FRAMES[_particle_of(rule), bool(conditions), bool(exceptions)]
    message = frames.THE_MESSAGE if conditions else frames.EVERY_MESSAGE
    actions = _join_actions(rule, str(message), tree, mark)
    text = capfirst(str(frame) % {"conditions": conditions, "exceptions": exceptions, "actions": actions})
    if any("." not in place for place in rule.unknown):
        return str(frames.WITH_UNKNOWN_SETTING) % {"sentence": text}
    return text


def write_title(rule: Rule, mark: Mark) -> str:
    """The rule's conditions as a title."""
    conditions = _join_conditions(rule, mark)
    return capfirst(str(frames.TITLE) % {"conditions": conditions}) if conditions else str(frames.TITLE_OF_ALL)


def write_parts(rule: Rule, tree: object, mark: Mark) -> list[str]:
    """Each part of the rule as a sentence of its own: for the parts that a form leaves as they are."""
    conditions = _write_predicates(rule.conditions, rule, "conditions", mark)
    exceptions = _write_predicates(rule.exceptions, rule, "exceptions", mark)
    actions = [_write_action(name, value, str(frames.IT), tree, mark) for name, value in rule.actions.items()]
    if _has_unknown(rule, "actions"):
        actions.append(_write_unknown_action(str(frames.IT)))
    return [
        *(str(frames.ONLY_CONDITION) % {"clause": clause} for clause in conditions),
        *(str(frames.ONLY_EXCEPTION) % {"clause": clause} for clause in exceptions),
        *(capfirst(str(frames.ONLY_ACTION) % {"clause": clause}) for clause in actions),
        *(str(frames.UNKNOWN_SETTING) for place in rule.unknown if "." not in place),
    ]


def _join_conditions(rule: Rule, mark: Mark) -> str:
    """All of them, "" when there are none."""
    has_unknown = _has_unknown(rule, "conditions")
    count = len(rule.conditions)
    clauses = [
        _write_predicate(name, value, mark, linked=has_unknown or place < count)
        for place, (name, value) in enumerate(rule.conditions.items(), start=1)
    ]
    if has_unknown:
        clauses.append(str(phrases.UNKNOWN_PREDICATE))
    return frames.CONDITION_SERIES.join(clauses) if clauses else ""


def _join_exceptions(rule: Rule, mark: Mark) -> str:
    """All of them, "" when there are none."""
    predicates = _write_predicates(rule.exceptions, rule, "exceptions", mark)
    clauses = [str(frames.EXCEPTION) % {"clause": clause} for clause in predicates]
    return frames.EXCEPTION_SERIES.join(clauses) if clauses else ""


def _join_actions(rule: Rule, message: str, tree: object, mark: Mark) -> str:
    """All of them, the first done to `message` and the others to "it"."""
    has_unknown = _has_unknown(rule, "actions")
    count = len(rule.actions)
    it = str(frames.IT)
    clauses = [
        _write_action(name, value, message if place == 1 else it, tree, mark, linked=has_unknown or place < count)
        for place, (name, value) in enumerate(rule.actions.items(), start=1)
    ]
    if has_unknown:
        clauses.append(_write_unknown_action(it if clauses else message))
    return frames.ACTION_SERIES.join(clauses or [str(phrases.NO_ACTION) % {"it": message}])


def _write_predicates(parts: Parts, rule: Rule, member: str, mark: Mark) -> list[str]:
    """Each predicate of one member of the rule ("conditions" or "exceptions"), none linked to another."""
    clauses = [_write_predicate(name, value, mark) for name, value in parts.items()]
    return [*clauses, str(phrases.UNKNOWN_PREDICATE)] if _has_unknown(rule, member) else clauses


def _write_predicate(name: str, value: Value, mark: Mark, *, linked: bool = False) -> str:
    phrase = _phrase_of(name, value)
    return str(phrase.linked if linked else phrase.last) % fill_phrase(PREDICATES[name], value, None, mark)


def _phrase_of(name: str, value: Value) -> phrases.Phrase:
    """The phrase of one predicate; a size range may be open at an end."""
    if isinstance(value, SizeRange):
        if value.maximum_kb is None:
            return phrases.AT_LEAST
        if value.minimum_kb is None:
            return phrases.AT_MOST
    return phrases.PREDICATE_PHRASES[name]


def _write_action(name: str, value: Value, it: str, tree: object, mark: Mark, *, linked: bool = False) -> str:
    """One action, done to `it`."""
    phrase = phrases.ACTION_PHRASES[name]
    return str(phrase.linked if linked else phrase.last) % {**fill_phrase(ACTIONS[name], value, tree, mark), "it": it}


def _write_unknown_action(it: str) -> str:
    return str(phrases.UNKNOWN_ACTION) % {"it": it}


def _particle_of(rule: Rule) -> frames.Particle:
    first = next(iter(rule.actions), "")
    return frames.PARTICLES.get(first, frames.Particle.OBJECT) if first else frames.Particle.RECIPIENT


def _has_unknown(rule: Rule, member: str) -> bool:
    return any(place.partition(".")[0] == member for place in rule.unknown if "." in place)
