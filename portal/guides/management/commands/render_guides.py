"""Write the guide pages as files, ready to be served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.guides.guide import GuideError
from portal.guides.render_guides import render_guides


class Command(BaseCommand):
    help = "Writes every guide page, compressed forms included, for the server to send."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.RENDERED_GUIDES, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = len(render_guides(options["to"]))
        except GuideError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} guide pages are in {options['to']}.")
