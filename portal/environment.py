"""The environment, read once, typed and loudly. Nothing but settings.py asks it."""

from __future__ import annotations

import ipaddress
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

import dj_database_url
import django_cache_url
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate, load_pem_x509_certificates
from environs import Env, ValidationError, validate

from portal.service import Service, ServiceFileError

# Redis as the site can do without it, in place of Django's; nobody imports it who does not use it.
OWN_CACHES = {"django.core.cache.backends.redis.RedisCache": "portal.cache.SpareableRedis"}

Value = TypeVar("Value")


def stop(sentence: str) -> NoReturn:
    """End the start with one sentence for the operator."""
    sys.exit(f"Madoguchi cannot start: {sentence}")


class Environment:
    """Typed readers; each name can also be given as NAME_FILE, the path of a file that holds the value.

    environs reads the value and checks it; the sentences are ours, because its own do not say what a value may be.
    The files are read here, because environs takes them for text in the encoding of the locale.
    """

    def __init__(self) -> None:
        self._env = Env()

    def text(self, name: str, default: str | None = None) -> str:
        """The value of `name`, without spaces around it; without a default it must be there."""
        try:
            value = self._read(name).strip()
        except (ValueError, OSError) as error:
            stop(f"{name}_FILE cannot be read: {error}.")
        if not value and default is None:
            stop(f"{name} is not set.")
        return value or default or ""

    def list(self, name: str, default: str | None = None) -> list[str]:
        """One item or more, apart by commas."""
        items = [item.strip() for item in self.text(name, default).split(",") if item.strip()]
        if not items:
            stop(f"{name} holds nothing but commas.")
        return items

    def flag(self, name: str) -> bool:
        return self._parse(name, "0", {"1": True, "0": False}.__getitem__, "1 or 0")

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        return str(self._parse(name, default, validate.OneOf(choices), f"one of {', '.join(choices)}"))

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        words, in_range = f"a whole number from {least} to {most}", validate.Range(least, most)
        return int(self._parse(name, str(default), lambda text: in_range(parse_digits(text)), words))

    def guid(self, name: str) -> str:
        """An identifier of Entra's, in the lower-case form that its tokens carry."""
        return str(self._parse(name, None, UUID, "a GUID such as 00000000-0000-0000-0000-000000000000"))

    def zone(self, name: str, default: str) -> str:
        """The name of a time zone, such as Asia/Tokyo."""
        return self._parse(name, default, ZoneInfo, "the name of a time zone such as Asia/Tokyo").key

    def proxy(self, name: str) -> str:
        """A proxy's address without a path, or "". It may hold a password, so it is not repeated."""
        value = self.text(name, "").rstrip("/")
        if value and not is_proxy(value):
            stop(f"{name} must be an address such as http://proxy.example.ac.jp:3128.")
        return value

    def origin(self, name: str, default: str | None = None) -> str:
        """A scheme and host without a path, such as https://mail.example.ac.jp."""
        value = self.text(name, default).rstrip("/")
        try:
            validate.URL(schemes={"http", "https"}, require_tld=False)(value)
            parts = urlsplit(value)
            parts.port  # noqa: B018  (raises for one above 65535)
        except (ValueError, ValidationError):
            stop(f"{name} must be an address such as https://mail.example.ac.jp, not {value!r}.")
        if value != value.lower():
            stop(f"{name} must be written in lower case: Entra compares addresses letter by letter.")
        if parts.path or parts.query or parts.fragment:
            stop(f"{name} must be an address without a path, not {value!r}.")
        if parts.username is not None:
            stop(f"{name} must be an address without a user name or password.")
        return value

    def origins(self, name: str) -> tuple[str, ...]:
        """Origins with https, comma-separated; none by default."""
        values = tuple(self.list(name)) if self.text(name, "") else ()
        for value in values:
            if not re.fullmatch(r"https://[^/?#@]+", value):
                stop(f"{name}: {value!r} is not an address like https://idp.example.ac.jp.")
        return values

    def database(self, name: str, default: str) -> dict[str, Any]:
        words = "an address such as postgres://user:password@host/name"
        return dict(self._parse(name, default, dj_database_url.parse, words, secret=True))

    def cache(self, name: str, default: str) -> dict[str, Any]:
        words = "an address such as redis://host:6379/0"
        found = self._parse(name, default, parse_cache, words, secret=True)
        return {**found, "BACKEND": OWN_CACHES.get(found["BACKEND"], found["BACKEND"])}

    def service(self, name: str, default: Path) -> Service:
        try:
            return Service.read(Path(self.text(name, str(default))))
        except ServiceFileError as error:
            stop(str(error))

    def _read(self, name: str) -> str:
        """Raises OSError and ValueError when the file that NAME_FILE names cannot be read, or is no UTF-8."""
        file = self._env.str(f"{name}_FILE", "")
        return Path(file).read_text(encoding="utf-8") if file else self._env.str(name, "")

    def _parse(
        self, name: str, default: str | None, parse: Callable[[str], Value], words: str, *, secret: bool = False
    ) -> Value:
        """What `parse` makes of the value. The sentence repeats the value unless it may hold a password (`secret`)."""
        value = self.text(name, default)
        try:
            return parse(value)
        except (ValueError, ValidationError, KeyError, OSError):  # the last two are ZoneInfo's
            stop(f"{name} must be {words}" + ("." if secret else f", not {value!r}."))


def parse_digits(text: str) -> int:
    """A number as people write one; int() also takes 1_80, +180 and the digits of other scripts. Raises ValueError."""
    if not (text.isascii() and text.isdecimal()):
        raise ValueError(text)
    return int(text)


def parse_cache(address: str) -> dict[str, Any]:
    """Raises ValueError, also for a scheme of which the package knows no cache: there it raises a bare Exception."""
    if urlsplit(address).scheme not in django_cache_url.BACKENDS:
        raise ValueError(address)
    return dict(django_cache_url.parse(address))


def are_certificates(path: Path) -> bool:
    """Whether the file can be read and holds certificates in PEM."""
    try:
        return bool(load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError):
        return False


def is_certified_key(pem: str) -> bool:
    """Whether the text holds a private key that opens without a password, and the certificate of that key."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
        certificate = load_pem_x509_certificate(pem.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return bool(key.public_key() == certificate.public_key())


def is_loopback(origin: str) -> bool:
    """Whether an address points at this machine only."""
    host = urlsplit(origin).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_proxy(address: str) -> bool:
    """Whether it is a scheme and host, with a user and password or without, and nothing behind them."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # ValueError for one that is no number up to 65535
    except ValueError:
        return False
    return bool(parts.scheme in ("http", "https") and parts.hostname and not (parts.path or parts.query))
