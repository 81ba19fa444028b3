"""The phrase for each action; what it is done to stands in the hole `it`, which Japanese leaves out."""

from __future__ import annotations

from enum import Enum, auto

from django.utils.translation import pgettext_lazy

from portal.mailbox.rules import Value
from portal.mailbox.vocabulary import ACTIONS
from portal.sentences.conditions import Phrase
from portal.sentences.marks import Mark
from portal.sentences.values import holes


class Role(Enum):
    """What the message is to the first action, which decides the Japanese particle."""

    OBJECT = auto()  # を: it is moved, forwarded
    RECIPIENT = auto()  # に: something is put on it
    TOPIC = auto()  # は: nothing is done to it


ROLES = {
    "mark_importance": Role.RECIPIENT,
    "assign_categories": Role.RECIPIENT,
    "stop_processing_rules": Role.TOPIC,
}
PHRASES = {
    "move_to_folder": Phrase(
        pgettext_lazy("linked action", "move %(it)s to %(folder)s"),
        pgettext_lazy("last action", "move %(it)s to %(folder)s"),
    ),
    "copy_to_folder": Phrase(
        pgettext_lazy("linked action", "copy %(it)s to %(folder)s"),
        pgettext_lazy("last action", "copy %(it)s to %(folder)s"),
    ),
    "delete": Phrase(
        pgettext_lazy("linked action", "move %(it)s to Deleted Items"),
        pgettext_lazy("last action", "move %(it)s to Deleted Items"),
    ),
    "permanent_delete": Phrase(
        pgettext_lazy("linked action", "delete %(it)s permanently"),
        pgettext_lazy("last action", "delete %(it)s permanently"),
    ),
    "mark_as_read": Phrase(
        pgettext_lazy("linked action", "mark %(it)s as read"),
        pgettext_lazy("last action", "mark %(it)s as read"),
    ),
    "mark_importance": Phrase(
        pgettext_lazy("linked action", "set the importance of %(it)s to %(choice)s"),
        pgettext_lazy("last action", "set the importance of %(it)s to %(choice)s"),
    ),
    "assign_categories": Phrase(
        pgettext_lazy("linked action", "categorise %(it)s as %(words)s"),
        pgettext_lazy("last action", "categorise %(it)s as %(words)s"),
    ),
    "forward_to": Phrase(
        pgettext_lazy("linked action", "forward %(it)s to %(words)s"),
        pgettext_lazy("last action", "forward %(it)s to %(words)s"),
    ),
    "forward_as_attachment_to": Phrase(
        pgettext_lazy("linked action", "forward %(it)s as an attachment to %(words)s"),
        pgettext_lazy("last action", "forward %(it)s as an attachment to %(words)s"),
    ),
    "redirect_to": Phrase(
        pgettext_lazy("linked action", "redirect %(it)s to %(words)s"),
        pgettext_lazy("last action", "redirect %(it)s to %(words)s"),
    ),
    "stop_processing_rules": Phrase(
        pgettext_lazy("linked action", "do not check later rules"),
        pgettext_lazy("last action", "do not check later rules"),
    ),
}
UNKNOWN = Phrase(
    pgettext_lazy("linked action", "do something with %(it)s that cannot be shown here"),
    pgettext_lazy("last action", "do something with %(it)s that cannot be shown here"),
)
NOTHING = pgettext_lazy("last action", "do nothing with %(it)s")


def action(name: str, value: Value, it: str, tree: object, mark: Mark, *, linked: bool = False) -> str:
    """One action with its value, done to `it`."""
    phrase = PHRASES[name]
    filled = holes(ACTIONS[name], value, tree, mark)
    return str(phrase.linked if linked else phrase.last) % {**filled, "it": it}


def unknown_action(it: str, *, linked: bool = False) -> str:
    """Some action outside the vocabulary."""
    return str(UNKNOWN.linked if linked else UNKNOWN.last) % {"it": it}


def nothing(it: str) -> str:
    """No action at all."""
    return str(NOTHING) % {"it": it}
