"""Bring the message catalogue up to date, or say what is missing in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.management import catalogues
from portal.management.extraction import extract

CATALOGUE = "locale/ja/LC_MESSAGES/django.po"


class Command(BaseCommand):
    requires_system_checks = []
    help = "Collects the messages of the sources into locale/ja/LC_MESSAGES/django.po (English is the source itself)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when something is missing or stale"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.ROOT / CATALOGUE
        there, sources = catalogues.read_catalogue(path), extract(settings.ROOT)
        if options["check"]:
            self.report([*catalogues.problems(there, sources)])
        else:
            self.update(path, there, sources)

    def report(self, wrong: list[str]) -> None:
        if wrong:
            advice = "`make messages` brings it up to date; what is new is then translated in it, by hand."
            raise CommandError("\n".join([f"{CATALOGUE} is not complete. {advice}", *wrong]))
        self.stdout.write("The Japanese catalogue is complete.")

    def update(self, path: Path, there: Catalog, sources: Catalog) -> None:
        there.update(sources, no_fuzzy_matching=True)
        catalogues.write_catalogue(there, path)
        for line in catalogues.problems(there, sources):
            self.stdout.write(line)
        self.stdout.write(f"{len(there)} messages are in {path}.")
