"""The frames of whole sentences, by what the message is to the first action and by what is there."""

from __future__ import annotations

from enum import Enum, auto

from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.sentences.values import Row


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

HIDDEN = gettext_lazy("The contents of this rule can be shown only in Outlook.")
WITH_MORE = gettext_lazy("%(sentence)s It also has a setting that cannot be shown here.")

# (role, are there conditions, are there exceptions)
FRAMES = {
    (Role.OBJECT, True, False): pgettext_lazy("to move or forward", "If %(conditions)s, %(actions)s."),
    (Role.OBJECT, True, True): pgettext_lazy(
        "to move or forward", "If %(conditions)s, %(actions)s, except if %(exceptions)s."
    ),
    (Role.OBJECT, False, False): pgettext_lazy("to move or forward", "%(actions)s."),
    (Role.OBJECT, False, True): pgettext_lazy("to move or forward", "%(actions)s, except if %(exceptions)s."),
    (Role.RECIPIENT, True, False): pgettext_lazy("to mark", "If %(conditions)s, %(actions)s."),
    (Role.RECIPIENT, True, True): pgettext_lazy("to mark", "If %(conditions)s, %(actions)s, except if %(exceptions)s."),
    (Role.RECIPIENT, False, False): pgettext_lazy("to mark", "%(actions)s."),
    (Role.RECIPIENT, False, True): pgettext_lazy("to mark", "%(actions)s, except if %(exceptions)s."),
    (Role.TOPIC, True, False): pgettext_lazy("to let pass", "If %(conditions)s, %(actions)s."),
    (Role.TOPIC, True, True): pgettext_lazy("to let pass", "If %(conditions)s, %(actions)s, except if %(exceptions)s."),
    (Role.TOPIC, False, False): pgettext_lazy("to let pass", "For every message, %(actions)s."),
    (Role.TOPIC, False, True): pgettext_lazy(
        "to let pass", "For every message, %(actions)s, except if %(exceptions)s."
    ),
}
CONDITIONS = Row(
    pgettext_lazy("conditions", "%(first)s, %(rest)s"),
    pgettext_lazy("conditions", "%(first)s and %(rest)s"),
)
EXCEPTIONS = Row(
    pgettext_lazy("exceptions", "%(first)s, or if %(rest)s"),
    pgettext_lazy("exceptions", "%(first)s, or if %(rest)s"),
)
ACTIONS = Row(
    pgettext_lazy("actions", "%(first)s, %(rest)s"),
    pgettext_lazy("actions", "%(first)s and %(rest)s"),
)
EXCEPTION = pgettext_lazy("an exception", "%(clause)s")
# One part of a rule alone, as a sentence.
KEPT_CONDITION = gettext_lazy("Only if %(clause)s.")
KEPT_EXCEPTION = gettext_lazy("Except if %(clause)s.")
KEPT_ACTION = pgettext_lazy("one action of a rule", "%(clause)s.")
KEPT_SETTING = gettext_lazy("A setting that cannot be shown here.")

# A name for a rule.
TITLE = pgettext_lazy("name of a rule", "%(conditions)s")
TITLE_OF_ALL = pgettext_lazy("name of a rule", "Every message")

THE_MESSAGE = pgettext_lazy("what is moved, forwarded, marked", "the message")
EVERY_MESSAGE = pgettext_lazy("what is moved, forwarded, marked", "every message")
IT = pgettext_lazy("what is moved, forwarded, marked", "it")
