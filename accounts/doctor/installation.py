"""What can be seen on this machine: settings, database, cache, keys, and the facts of the university."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts import probes
from accounts.doctor.finding import Finding, failed, ok, warning

PER_PROCESS = "django.core.cache.backends.locmem.LocMemCache"


def environment() -> Finding:
    """A setting that is missing or malformed ends the start, so this command too, with a sentence of its own."""
    if settings.DEBUG:
        return failed("DEBUG=1: a problem shows its visitor the site's insides.", "Take DEBUG away.")
    if settings.SIMULATOR:
        return ok("All settings can be read. Microsoft 365 is a simulated one (SIMULATOR).")
    if settings.DEMO:
        return warning("DEMO=1: cookies travel without Secure.", "Take DEMO away where real people sign in.")
    return ok("All settings can be read.")


def database() -> Finding:
    try:
        probes.ask_database()
    except Exception as error:  # each database has errors of its own
        return failed(
            f"The database does not answer ({type(error).__name__}).", "See to DATABASE_URL and the database's log."
        )
    return ok(f"The database answers ({connection.vendor}).")


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return failed(f"{waiting} migrations have not been applied.", "Run `manage.py migrate`.")
    return ok("All migrations have been applied.")


def shared_cache() -> Finding:
    try:
        kept = probes.cache_keeps()
    except Exception as error:  # each cache has errors of its own
        return failed(f"The cache does not answer ({type(error).__name__}).", "See to CACHE_URL and the cache server.")
    if not kept:
        return failed("The cache keeps nothing.", "Set CACHE_URL, such as redis://host:6379/0.")
    if settings.CACHES["default"]["BACKEND"] == PER_PROCESS:
        return warning(
            "The cache is the memory of each process: limits are counted in each, and one knows nothing of the others.",
            "Where more than one process runs, set CACHE_URL, such as redis://host:6379/0.",
        )
    return ok("The cache keeps what it is given, for all processes.")


def keys() -> Finding:
    table = probes.find_unreadable_table()
    if table:
        return failed(
            f"No key of TOKEN_KEYS opens the newest row of {table}.",
            "Put the key back that sealed it, at the end of TOKEN_KEYS; then run `manage.py rotate_keys`.",
        )
    return ok("TOKEN_KEYS opens what was sealed last.")


def forwarding_policy() -> Finding:
    """That the tenant does what the file says cannot be seen with delegated permissions."""
    policy = settings.SERVICE.forwarding
    outside, domains = policy.outside.value, len(policy.allowed_domains)
    if not settings.SERVICE_FILE and not settings.SIMULATOR:
        return failed(
            "The facts of the university are those of the fictional one.",
            "Copy portal/service.toml, fill it in, and set SERVICE_FILE.",
        )
    if outside == "domains" and not domains:
        return warning(
            "Forwarding to outside is for allowed domains only, and none is listed.",
            'List allowed_domains in the service file, or write outside = "blocked".',
        )
    listed = f" ({domains} listed)" if outside == "domains" else ""
    return ok(f"Automatic forwarding to outside: {outside}{listed}. Exchange's outbound spam policy must say the same.")
