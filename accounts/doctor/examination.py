"""All checks, in the order in which one would mend things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from django.db import DatabaseError

from accounts.doctor import installation, person, registration
from accounts.doctor.finding import Finding, failed, not_known
from accounts.doctor.tenant import Tenant
from accounts.models import User


def checks(somebody: User | None) -> dict[str, Callable[[], Finding]]:
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
        "permissions": partial(person.permissions, somebody),
        "mailbox": partial(person.mailbox, somebody),
    }


def examine(somebody: User | None) -> Iterator[tuple[str, Finding]]:
    """Name and finding of each check. One that breaks does not keep the others from being made."""
    for name, check in checks(somebody).items():
        yield name, finding_of(check)


def finding_of(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except DatabaseError as error:
        return not_known(f"The database did not tell ({type(error).__name__}).", "Mend the database first.")
    except Exception as error:
        return failed(f"The check itself broke ({type(error).__name__}).", "Please report it.")
