"""The journal as staff see it: that there was a change, and how it went; never what it was about."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import SITE, ReadOnly
from portal.changes.journal import Change


@admin.register(Change, site=SITE)
class Changes(ReadOnly):
    heading = _("Changes")
    list_display = ["number", "object_id", "what", "how", "began_at", "ended_at"]
    search_fields = ["person__oid__iexact"]
    list_select_related = ["person"]
    ordering = ["-began"]

    @admin.display(description=_("Number"), ordering="pk")
    def number(self, row: Change) -> int:
        return row.pk

    @admin.display(description=_("Object id"), ordering="person__oid")
    def object_id(self, row: Change) -> str:
        return str(row.person.oid)

    @admin.display(description=_("What"), ordering="kind")
    def what(self, row: Change) -> str:
        """As the audit log names it."""
        return row.kind

    @admin.display(description=_("How it ended"), ordering="state")
    def how(self, row: Change) -> str:
        return row.state

    @admin.display(description=_("Began"), ordering="began")
    def began_at(self, row: Change) -> Any:
        return row.began

    @admin.display(description=_("Ended"), ordering="ended")
    def ended_at(self, row: Change) -> Any:
        return row.ended
