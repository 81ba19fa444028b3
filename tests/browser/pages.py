"""Every page of the site, with the people who see something particular on it."""

from __future__ import annotations

from portal.guides import library

PUBLIC = (
    "",
    "guides/",
    *(f"guides/{slug}/" for slug in library.list_slugs()),
    "accounts/sign-in/",
)
SIGNED_IN = {
    "": ("new.student", "full.mailbox", "over.quota", "forwarder", "rule.collector", "no.licence"),
    "quota/": ("new.student", "full.mailbox", "over.quota"),
    "forwarding/": ("new.student", "forwarder", "rule.collector"),
    "rules/": ("new.student", "full.mailbox", "rule.collector"),
    "rules/new/": ("full.mailbox",),
    "history/": ("new.student", "full.mailbox"),
    "accounts/sessions/": ("new.student",),
}
EVERY = [(None, path) for path in PUBLIC] + [(who, path) for path, people in SIGNED_IN.items() for who in people]
