"""Seals tokens and the journal again under the first of TOKEN_KEYS; the site may run meanwhile."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from accounts.resealing import reseal_all


class Command(BaseCommand):
    help = "Seals everything again under the first of TOKEN_KEYS. Broken off, it can simply be run again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = reseal_all()
        self.stdout.write(f"Sealed again: {count.resealed}")
        self.stdout.write(f"Under the first key already: {count.current}")
        self.stdout.write(f"Left as they are, since no key opens them: {count.unreadable}")
