"""Make what the site serves but does not keep in its sources: for an installation, with its own settings."""

from __future__ import annotations

import subprocess  # nosec B404  # our own interpreter and words of ours
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.management import catalogues

# Each in a process of its own: this one has read the translations as they were before.
STEPS = (
    # An old site.css would pass for the joined one: always from nothing.
    ("collectstatic", "--noinput", "--clear", "--verbosity=0"),
    ("render_guides",),
)


class Command(BaseCommand):
    requires_system_checks = []
    help = "Compiles the translations, collects the static files and renders the guides. Restart the site after it."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.ROOT / "locale" / "ja" / "LC_MESSAGES" / "django.po"
        catalogues.write_compiled(catalogues.read_catalogue(path), path)
        for step in STEPS:
            done = subprocess.run([sys.executable, "manage.py", *step], cwd=settings.ROOT)  # nosec B603  # of STEPS
            if done.returncode != 0:
                raise CommandError(f"{step[0]} ended with an error, which stands above.")
