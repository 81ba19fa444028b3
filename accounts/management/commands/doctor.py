"""Examines the installation against the configured tenant, or the simulator, and says how to mend what is wrong."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from accounts.doctor import installation, person, registration
from accounts.doctor.finding import Finding, Result, failed, not_known
from accounts.doctor.tenant import Tenant
from accounts.models import User

Findings = list[tuple[str, Finding]]


class Command(BaseCommand):
    help = "Says what of the installation is well and how to mend the rest. Exit status 1 when a check failed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for a program to read")
        parser.add_argument("--person", metavar="OID", help="object id of a signed-in test person, for the mailbox")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(examine(find_person(options["person"])))
        self.stdout.write(as_json(findings) if options["json"] else as_text(findings))
        if any(finding.result == Result.FAILED for _, finding in findings):
            sys.exit(1)


def find_person(oid: str | None) -> User | None:
    """Whose mailbox is opened. Raises CommandError for somebody who is not known."""
    if oid is None:
        return None
    try:
        found = User.objects.filter(tid=settings.TENANT_ID, oid=UUID(oid)).first()
    except ValueError:
        raise CommandError("--person must be an object id, a GUID.") from None
    except DatabaseError as error:
        raise CommandError(f"--person: the database does not answer ({type(error).__name__}).") from None
    if found is None:
        raise CommandError("--person: nobody with this object id has signed in here.")
    return found


def checks(whose: User | None) -> dict[str, Callable[[], Finding]]:
    """All checks by name, in the order in which one would mend things."""
    tenant = Tenant()
    return {
        "settings": installation.environment,
        "database": installation.database,
        "migrations": installation.migrations,
        "cache": installation.shared_cache,
        "keys": installation.keys,
        "forwarding policy": installation.forwarding_policy,
        "way out": tenant.way_out,
        "discovery": tenant.discovery,
        "clock": tenant.clock,
        "credential": registration.credential,
        "credential's end": registration.expiry,
        "redirect address": registration.redirect_address,
        "sign-out address": registration.sign_out_address,
        "permissions": partial(person.permissions, whose),
        "mailbox": partial(person.mailbox, whose),
    }


def examine(whose: User | None) -> Iterator[tuple[str, Finding]]:
    """Name and finding of each check. One that breaks does not keep the others from being made."""
    for name, check in checks(whose).items():
        yield name, make_check(check)


def make_check(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except DatabaseError as error:
        return not_known(f"The database did not tell ({type(error).__name__}).", "Mend the database first.")
    except Exception as error:
        return failed(f"The check itself broke ({type(error).__name__}).", "Please report it.")


def as_text(findings: Findings) -> str:
    lines = []
    for name, finding in findings:
        lines.append(f"{finding.result:<10} {name:<18} {finding.says}")
        if finding.mend:
            lines.append(f"{'':<29} {finding.mend}")
    return "\n".join([*lines, "", summary(findings)])


def summary(findings: Findings) -> str:
    counts = Counter(finding.result for _, finding in findings)
    return f"{len(findings)} checks: " + ", ".join(f"{counts[result]} {result}" for result in Result) + "."


def as_json(findings: Findings) -> str:
    rows = [{"check": name, "result": it.result, "says": it.says, "mend": it.mend} for name, it in findings]
    return json.dumps({"checks": rows, "summary": summary(findings)}, indent=2)
