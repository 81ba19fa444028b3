"""`{% rule_sentence rule tree %}`: one inbox rule as a sentence, its values in bold."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from portal.mailbox.rules import Rule
from portal.sentences.marks import bold, plain, visible
from portal.sentences.rule import kept, sentence

register = template.Library()


@register.simple_tag
def rule_sentence(rule: Rule, tree: object = None) -> SafeString:
    """`tree` is the mailbox's Tree; without it a folder is "a folder". `tree` may also be the problem of reading it."""
    return mark_safe(sentence(rule, tree, bold))  # noqa: S308  bold() escapes every value, the rest is our own words


@register.simple_tag
def kept_sentences(rule: Rule, tree: object = None) -> list[SafeString]:
    """Each part of the rule as a sentence: {% kept_sentences rule tree as lines %}."""
    return [mark_safe(line) for line in kept(rule, tree, bold)]  # noqa: S308  as above


def plain_sentence(rule: Rule, tree: object = None) -> str:
    """For names and titles: text, not HTML."""
    return sentence(rule, tree, plain)


register.filter("visible", visible)
