"""What no log line may hold: tokens and what can be exchanged for one, secrets, addresses, somebody's mail."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache

import requests

from tests.simulator_control import Simulator

SHAPES = {
    "a signed token": r"eyJ[\w-]{10}",
    "something sealed": r"gAAAA[\w-]{20}",
    "a code or refresh token of Microsoft's": r"\b[01M]\.[A-Z][\w-]{20}",
    "a bearer token": r"(?i:bearer) [\w.~+/-]{8}",
    # A PKCE verifier, a key, an identifier of Graph's: capitals, small letters and digits, long and without a gap.
    "random text": r"\b(?=[\w-]{32})(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*\d)[\w-]{32}",
    "a session key": r"\b(?=[a-z0-9]{32}\b)(?=[a-z0-9]*[g-z])(?=[a-z0-9]*\d)[a-z0-9]{32}",
    "a parameter of a sign-in": (
        r"[?&](?:code|state|nonce|session_state|client_info|client_secret|client_assertion|code_verifier|id_token"
        r"|access_token|refresh_token|login_hint|logout_hint|claims|next)="
    ),
    "a mail address": r"[^\s@](?:@|%40)[\w-]+(?:\.[\w-]+)+",
}
Patterns = Mapping[str, re.Pattern[str]]
SECRETS = ("SECRET_KEY", "TOKEN_KEYS", "CLIENT_SECRET")


def leaks(text: str, kinds: Patterns | None = None) -> Iterator[tuple[str, str]]:
    """(what it is, the line) of each line that holds something it may not; by default, of this test run."""
    for line in text.splitlines():
        for what, pattern in (kinds or patterns()).items():
            if pattern.search(line):
                yield what, line
                break


@cache
def patterns() -> Patterns:
    """Those of this test run, whose settings are in the environment."""
    return make_patterns(os.environ, subjects())


def make_patterns(settings: Mapping[str, str], subjects: list[str]) -> Patterns:
    """One for each kind: quicker than one for all, since most begin with letters that a line does not have."""
    secrets = [settings[name] for name in SECRETS if settings.get(name)]
    kinds = {**SHAPES, "a secret": alternatives(secrets), "somebody's mail": alternatives(subjects)}
    return {what: re.compile(pattern) for what, pattern in kinds.items()}


def alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in words)


@cache
def subjects(address: str = "") -> list[str]:
    """The subjects of the letters in the simulated mailboxes, as they are when it is asked first."""
    simulator = Simulator(address or os.environ["SIMULATOR"])
    owners = [person["address"] for person in simulator.people()]
    letters = [letter for owner in owners for letter in letters_of(owner, simulator)]
    return sorted({letter["subject"] for letter in letters})


def letters_of(owner: str, simulator: Simulator) -> list[dict[str, str]]:
    """None for somebody without a mailbox."""
    try:
        return simulator.graph(owner, "GET", "/me/messages?$select=subject&$top=1000")["value"]
    except requests.HTTPError:
        return []
