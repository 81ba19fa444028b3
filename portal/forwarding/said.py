"""What is said after a change was made."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from portal.changes.models import Change, Kind


def done(change: Change) -> str:
    """One sentence or two, with the time at which Microsoft's side was looked at."""
    time = date_format(localtime(change.ended or now()), "TIME_FORMAT")
    return _words(change) % {"time": time}


def _words(change: Change) -> str:
    if change.kind == Kind.START_FORWARDING:
        return _("Forwarding has started. Checked with Microsoft at %(time)s.")
    if change.kind == Kind.CHANGE_FORWARDING:
        return _("Forwarding was changed. Checked with Microsoft at %(time)s.")
    if change.contents["wanted"] is None:
        return _("The forwarding rule was deleted. Checked with Microsoft at %(time)s.")
    return _("The forwarding rule was turned off. Checked with Microsoft at %(time)s.")
