"""A name for a rule whose author gave it none."""

from __future__ import annotations

from dataclasses import replace

from django.utils.text import Truncator

from portal.mailbox.rules import Rule
from portal.sentences.marks import plain
from portal.sentences.rule import title

LENGTH = 60


def name_of(rule: Rule) -> Rule:
    """The rule, named after its conditions in the reader's language."""
    return replace(rule, name=Truncator(title(rule, plain)).chars(LENGTH))
