"""The frames of whole sentences, by what the message is to the first action and by what is there."""

from __future__ import annotations

from enum import Enum, auto

from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.sentences.values import Series


class Particle(Enum):
    """The Japanese particle after "message": it says what the message is to the first action."""

    OBJECT = auto()  # を: it is moved, forwarded
    RECIPIENT = auto()  # に: something is put on it
    TOPIC = auto()  # は: nothing is done to it


# By the first action; OBJECT for all others.
PARTICLES = {
    "mark_importance": Particle.RECIPIENT,
    "assign_categories": Particle.RECIPIENT,
    "stop_processing_rules": Particle.TOPIC,
}

HIDDEN = gettext_lazy("The contents of this rule can be shown only in Outlook.")
WITH_UNKNOWN_SETTING = gettext_lazy("%(sentence)s It also has a setting that cannot be shown here.")

# (particle, are there conditions, are there exceptions)
FRAMES = {
    (Particle.OBJECT, True, False): pgettext_lazy("to move or forward", "If %(conditions)s, %(actions)s."),
    (Particle.OBJECT, True, True): pgettext_lazy(
        "to move or forward", "If %(conditions)s, %(actions)s, except if %(exceptions)s."
    ),
    (Particle.OBJECT, False, False): pgettext_lazy("to move or forward", "%(actions)s."),
    (Particle.OBJECT, False, True): pgettext_lazy("to move or forward", "%(actions)s, except if %(exceptions)s."),
    (Particle.RECIPIENT, True, False): pgettext_lazy("to mark", "If %(conditions)s, %(actions)s."),
    (Particle.RECIPIENT, True, True): pgettext_lazy(
        "to mark", "If %(conditions)s, %(actions)s, except if %(exceptions)s."
    ),
    (Particle.RECIPIENT, False, False): pgettext_lazy("to mark", "%(actions)s."),
    (Particle.RECIPIENT, False, True): pgettext_lazy("to mark", "%(actions)s, except if %(exceptions)s."),
    (Particle.TOPIC, True, False): pgettext_lazy("to let pass", "If %(conditions)s, %(actions)s."),
    (Particle.TOPIC, True, True): pgettext_lazy(
        "to let pass", "If %(conditions)s, %(actions)s, except if %(exceptions)s."
    ),
    (Particle.TOPIC, False, False): pgettext_lazy("to let pass", "For every message, %(actions)s."),
    (Particle.TOPIC, False, True): pgettext_lazy(
        "to let pass", "For every message, %(actions)s, except if %(exceptions)s."
    ),
}
CONDITION_SERIES = Series(
    pgettext_lazy("conditions", "%(first)s, %(rest)s"),
    pgettext_lazy("conditions", "%(first)s and %(rest)s"),
)
EXCEPTION_SERIES = Series(
    pgettext_lazy("exceptions", "%(first)s, or if %(rest)s"),
    pgettext_lazy("exceptions", "%(first)s, or if %(rest)s"),
)
ACTION_SERIES = Series(
    pgettext_lazy("actions", "%(first)s, %(rest)s"),
    pgettext_lazy("actions", "%(first)s and %(rest)s"),
)
EXCEPTION = pgettext_lazy("an exception", "%(clause)s")
# One part of a rule alone, as a sentence.
ONLY_CONDITION = gettext_lazy("Only if %(clause)s.")
ONLY_EXCEPTION = gettext_lazy("Except if %(clause)s.")
ONLY_ACTION = pgettext_lazy("one action of a rule", "%(clause)s.")
UNKNOWN_SETTING = gettext_lazy("A setting that cannot be shown here.")

# A name for a rule.
TITLE = pgettext_lazy("name of a rule", "%(conditions)s")
TITLE_OF_ALL = pgettext_lazy("name of a rule", "Every message")

THE_MESSAGE = pgettext_lazy("what is moved, forwarded, marked", "the message")
EVERY_MESSAGE = pgettext_lazy("what is moved, forwarded, marked", "every message")
IT = pgettext_lazy("what is moved, forwarded, marked", "it")
