"""A name for a rule whose author gave it none, which follows the rule's conditions."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import override

from portal.mailbox.rules import Rule
from portal.sentences.rule import write_title
from portal.sentences.values import make_visible

LENGTH = 60


def name_rule(rule: Rule) -> Rule:
    """The rule, named after its conditions in the reader's language."""
    return replace(rule, name=Truncator(write_title(rule, make_visible)).chars(LENGTH))


def rename_rule(wanted: Rule, current: Rule) -> Rule:
    """`wanted`, with a new name when it still has the one that this site made for the rule as it is `current`."""
    if not wanted.name:
        return name_rule(wanted)
    language = find_language(current) if wanted.name == " ".join(current.name.split()) else None
    if language is None:
        return wanted
    with override(language):
        return name_rule(wanted)


def find_language(rule: Rule) -> str | None:
    """In which language this site named the rule; None for a name that somebody chose."""
    for language, _ in settings.LANGUAGES:
        with override(language):
            made = name_rule(rule).name
        if _is_same_name(made, rule.name):
            return language
    return None


def _is_same_name(made: str, name: str) -> bool:
    """Exchange may give words back in capitals, and names had straight quotation marks once."""
    return _fold(made) == _fold(name)


def _fold(name: str) -> str:
    for mark in "“”「」":
        name = name.replace(mark, '"')
    return " ".join(name.casefold().split())
