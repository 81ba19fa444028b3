"""The words for the choices that a term offers."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

CHOICES = {
    "importance": {
        "low": pgettext_lazy("importance", "low"),
        "normal": pgettext_lazy("importance", "normal"),
        "high": pgettext_lazy("importance", "high"),
    },
    "sensitivity": {
        "normal": pgettext_lazy("sensitivity", "normal"),
        "personal": pgettext_lazy("sensitivity", "personal"),
        "private": pgettext_lazy("sensitivity", "private"),
        "confidential": pgettext_lazy("sensitivity", "confidential"),
    },
    "message_action_flag": {
        "any": pgettext_lazy("flag", "any action"),
        "call": pgettext_lazy("flag", "call"),
        "doNotForward": pgettext_lazy("flag", "do not forward"),
        "followUp": pgettext_lazy("flag", "follow up"),
        "fyi": pgettext_lazy("flag", "for your information"),
        "forward": pgettext_lazy("flag", "forward"),
        "noResponseNecessary": pgettext_lazy("flag", "no response necessary"),
        "read": pgettext_lazy("flag", "read"),
        "reply": pgettext_lazy("flag", "reply"),
        "replyToAll": pgettext_lazy("flag", "reply to all"),
        "review": pgettext_lazy("flag", "review"),
    },
}
CHOICES["mark_importance"] = CHOICES["importance"]
