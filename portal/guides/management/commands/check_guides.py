"""Check the guides: both languages, permanent ids, links, facts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.guides import library
from portal.guides.check_guides import find_problems


class Command(BaseCommand):
    help = "Says what does not hold together in the guides; ends with an error if anything does not."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(find_problems())
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(library.list_slugs()) + 1} guides are in order in both languages.")
