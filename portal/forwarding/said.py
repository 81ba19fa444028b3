"""What is said after a change was made."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.changes.carrying_out import Outcome
from portal.changes.models import Kind


def done(outcome: Outcome) -> str:
    """A few sentences, with the time at which Microsoft's side was looked at."""
    time = date_format(localtime(outcome.checked), "TIME_FORMAT")
    return _words(outcome) % {"time": time}


def _words(outcome: Outcome) -> str:
    kind = outcome.change.kind
    if kind in (Kind.START_FORWARDING, Kind.CHANGE_FORWARDING) and not outcome.first:
        return _(
            "The forwarding rule was saved. Checked with Microsoft at %(time)s. It could not be put above your other "
            "rules, so please see below whether mail reaches it."
        )
    if kind == Kind.START_FORWARDING:
        return _("Forwarding has started. Checked with Microsoft at %(time)s.")
    if kind == Kind.CHANGE_FORWARDING:
        return _("Forwarding was changed. Checked with Microsoft at %(time)s.")
    if outcome.change.contents["wanted"] is None:
        return _("The forwarding rule was deleted. Checked with Microsoft at %(time)s.")
    return _("The forwarding rule was turned off. Checked with Microsoft at %(time)s.")
