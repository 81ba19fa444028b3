"""`{% rule_sentence rule tree %}`: one inbox rule as a sentence, its values in bold."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from portal.mailbox.rules import Rule
from portal.sentences.rule import write_parts, write_sentence
from portal.sentences.values import ITEMS, make_visible

register = template.Library()

# Characters of a value that is not broken over two lines: about half a line on a phone.
KEPT_WHOLE = 24


@register.simple_tag
def rule_sentence(rule: Rule, tree: object = None) -> SafeString:
    """`tree` is the mailbox's Tree; without it a folder is "a folder". `tree` may also be the problem of reading it."""
    words = write_sentence(rule, tree, mark_bold)
    # mark_bold() escapes every value, and the rest is our own words.
    return mark_safe(words)  # noqa: S308  # nosec B308, B703  # nosemgrep: unescaped-in-python


@register.simple_tag
def kept_sentences(rule: Rule, tree: object = None) -> list[SafeString]:
    """Each part of the rule as a sentence: {% kept_sentences rule tree as lines %}."""
    lines = write_parts(rule, tree, mark_bold)
    # As above.
    return [mark_safe(line) for line in lines]  # noqa: S308  # nosec B308, B703  # nosemgrep: unescaped-in-python


@register.filter
def rule_name(rule: Rule) -> str:
    """The rule's name; a word in its place where it has none, or none that can be seen."""
    name = make_visible(rule.name)
    return name if name.strip(" ") else gettext("(no name)")


register.filter("visible", make_visible)


@register.filter
def join_items(items: Sequence[str]) -> str:
    """A bare list, with the mark that the reader's language puts between its items."""
    return ITEMS.join(items)


def mark_bold(value: str) -> str:
    """A value as it stands out in a sentence on a page, escaped."""
    long = " word-long" if len(value) > KEPT_WHOLE else ""
    return f'<b class="word{long}">{escape(make_visible(value))}</b>'
