"""For a nightly timer: a site on which nobody changes anything forgets in time, too."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.changes import journal


class Command(BaseCommand):
    help = "Deletes changes that are older than JOURNAL_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Deleted as older than {settings.JOURNAL_DAYS} days: {journal.purge_changes()}")
