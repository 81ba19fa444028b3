"""The university's facts, read once from service.toml (or the file that SERVICE_FILE names)."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Self, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from django.utils.translation import get_language

from portal.mailbox.forwarding import Outside, Policy


class ServiceFileError(ValueError):
    """The service file cannot be used; the text is one sentence for whoever starts the site."""


@dataclass(frozen=True)
class Must:
    """What a value has to be beyond its type, and how to say it."""

    fits: Callable[[Any], bool]
    words: str


# What a value without a Must has to be.
KINDS = {str: "a text that is not empty", int: "a whole number", datetime.date: "a date such as 2022-08-05"}


def _is_domain(text: str) -> bool:
    return DOMAIN.fullmatch(text) is not None


def _is_link(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme == "https" and _is_domain(parts.hostname or "")


DOMAIN = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
Domain = Annotated[str, Must(_is_domain, "a domain in lower case, such as example.ac.jp")]
Link = Annotated[str, Must(_is_link, "an address that begins with https://")]
Mailbox = Annotated[str, Must(lambda text: _is_domain(text.rpartition("@")[2]) and text.count("@") == 1, "an address")]
Port = Annotated[int, Must(lambda number: 1 <= number <= 65535, "a port from 1 to 65535")]
Amount = Annotated[int, Must(lambda number: number >= 1, "1 or more")]
# Above 9, Microsoft may not apply the rule at all.
Addresses = Annotated[int, Must(lambda number: 1 <= number <= 9, "a number from 1 to 9")]


@dataclass(frozen=True)
class Text:
    """One text for people in both languages."""

    ja: str
    en: str

    def in_language(self, language: str) -> str:
        return self.ja if language == "ja" else self.en

    def __str__(self) -> str:
        """As a template writes it: in the reader's language."""
        return self.in_language(get_language() or "ja")


@dataclass(frozen=True)
class University:
    name: Text


@dataclass(frozen=True)
class Helpdesk:
    name: Text
    phone: str
    hours: Text
    email: Mailbox


@dataclass(frozen=True)
class Mail:
    domains: Annotated[tuple[Domain, ...], Must(bool, "a list with one domain at least")]
    example_address: Mailbox


@dataclass(frozen=True)
class Server:
    protocol: str
    host: Domain
    port: Port
    security: str
    authentication: str


@dataclass(frozen=True)
class Servers:
    imap: Server
    pop: Server
    smtp: Server


@dataclass(frozen=True)
class Limits:
    """Sizes of messages in MB, of the mailbox in GB (2^30 bytes)."""

    message_mb: Amount
    attachments_mb: Amount
    mailbox_gb: Amount
    recoverable_days: Amount

    @property
    def mailbox_bytes(self) -> int:
        return self.mailbox_gb * 1024**3


@dataclass(frozen=True)
class ForwardingPolicy:
    rule_name: str
    outside: Outside
    allowed_domains: tuple[Domain, ...]
    most_addresses: Addresses
    earlier_rule_names: tuple[str, ...] = ()

    @property
    def rule_names(self) -> tuple[str, ...]:
        """The display names that the site rule may have, today's first."""
        return (self.rule_name, *self.earlier_rule_names)


@dataclass(frozen=True)
class Links:
    webmail: Link
    outlook_storage: Link
    outlook_forwarding: Link
    outlook_rules: Link


@dataclass(frozen=True)
class Document:
    title: Text
    institution: Text
    date: datetime.date


@dataclass(frozen=True)
class Service:
    university: University
    helpdesk: Helpdesk
    mail: Mail
    servers: Servers
    limits: Limits
    forwarding: ForwardingPolicy
    links: Links
    document: Document
    # The policy for mail that leaves, as the mailbox's code knows it.
    policy: Policy = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        facts = self.forwarding
        policy = Policy(
            outside=facts.outside,
            own_domains=self.mail.domains,
            allowed_domains=facts.allowed_domains,
            most_addresses=facts.most_addresses,
        )
        object.__setattr__(self, "policy", policy)  # it is frozen

    @classmethod
    def read(cls, path: Path) -> Self:
        """The facts in the file at `path`. Raises ServiceFileError."""
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ServiceFileError(f"SERVICE_FILE: {path} cannot be read ({error.strerror}).") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ServiceFileError(f"SERVICE_FILE: {path} is not valid TOML: {error}.") from error
        service: Self = _convert(cls, table, "SERVICE_FILE")
        return service


def _convert(kind: Any, value: Any, where: str) -> Any:
    """`value` as an instance of `kind`, walking dataclasses; raises ServiceFileError naming the place."""
    if get_origin(kind) is Annotated:
        base, must = get_args(kind)
        return _require_fitting(base, must, value, where)
    if is_dataclass(kind):
        return _convert_table(kind, value, where)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ServiceFileError(f"{where} must be a list.")
        return tuple(_convert(get_args(kind)[0], item, where) for item in value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _convert_choice(kind, value, where)
    if type(value) is not kind or (isinstance(value, str) and not value.strip()):
        raise ServiceFileError(f"{where} must be {KINDS[kind]}, not {value!r}.")
    return value


def _require_fitting(kind: Any, must: Must, value: Any, where: str) -> Any:
    converted = _convert(kind, value, where)
    if not must.fits(converted):
        raise ServiceFileError(f"{where} must be {must.words}, not {value!r}.")
    return converted


def _convert_table(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ServiceFileError(f"{where} must be a table.")
    hints = get_type_hints(kind, include_extras=True)
    facts = [each for each in fields(kind) if each.init]
    names = [each.name for each in facts if each.default is MISSING or each.name in value]
    for name in names:
        if name not in value:
            raise ServiceFileError(f"{where}: {name} is missing.")
    for name in value:
        if name not in {each.name for each in facts}:
            raise ServiceFileError(f"{where}: {name} is not a known fact.")
    return kind(**{name: _convert(hints[name], value[name], f"{where}: {name}") for name in names})


def _convert_choice(kind: type[Enum], value: Any, where: str) -> Enum:
    try:
        return kind(value)
    except ValueError:
        choices = ", ".join(str(member.value) for member in kind)
        raise ServiceFileError(f"{where} must be one of {choices}, not {value!r}.") from None
