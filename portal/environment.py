"""The environment, read once, typed and loudly. Nothing but settings.py asks it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from environs import Env, EnvError, ValidationError, validate

from portal.service import Service, ServiceFileError

# Redis as Django has it, and as the site can do without it: portal/cache.py, imported by nobody who does not use it.
DJANGOS_REDIS, SPAREABLE_REDIS = "django.core.cache.backends.redis.RedisCache", "portal.cache.SpareableRedis"
# Seconds that its answer may take; the library itself would wait for ever.
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}


def stop(sentence: str) -> NoReturn:
    """End the start with one sentence for the operator."""
    sys.exit(f"Madoguchi cannot start: {sentence}")


class Environment:
    """Typed readers; each name can also be given as NAME_FILE, the path of a file that holds the value."""

    def __init__(self) -> None:
        self._env = Env(expand_vars=False)

    def flag(self, name: str) -> bool:
        value = self.text(name, "0")
        if value not in ("0", "1"):
            stop(f"{name} must be 1 or 0, not {value!r}.")
        return value == "1"

    def text(self, name: str, default: str | None = None) -> str:
        """The value of `name`, without spaces around it; without a default it must be there."""
        value = self._read(name)
        if value:
            return value
        if default is None:
            stop(f"{name} is not set.")
        return default

    def list(self, name: str, default: str | None = None) -> list[str]:
        """One item or more, apart by commas."""
        items = [item.strip() for item in self.text(name, default).split(",") if item.strip()]
        if not items:
            stop(f"{name} holds nothing but commas.")
        return items

    def whole(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdecimal() and len(value) < 10 and least <= int(value) <= most):
            stop(f"{name} must be a whole number from {least} to {most}, not {value!r}.")
        return int(value)

    def guid(self, name: str) -> str:
        """An identifier of Entra's, in the lower-case form that its tokens carry."""
        value = self.text(name)
        try:
            return str(UUID(value))
        except ValueError:
            stop(f"{name} must be a GUID such as 00000000-0000-0000-0000-000000000000, not {value!r}.")

    def proxy(self, name: str) -> str:
        """A proxy's address without a path, or "". It may hold a password, so it is not repeated."""
        value = self.text(name, "").rstrip("/")
        try:
            parts = urlsplit(value)
            sound = parts.scheme in ("http", "https") and parts.hostname and not (parts.path or parts.query)
            _ = parts.port
        except ValueError:
            sound = False
        if value and not sound:
            stop(f"{name} must be an address such as http://proxy.example.ac.jp:3128.")
        return value

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in choices:
            stop(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
        return value

    def zone(self, name: str, default: str) -> str:
        """The name of a time zone, such as Asia/Tokyo."""
        value = self.text(name, default)
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            stop(f"{name} must be the name of a time zone such as Asia/Tokyo, not {value!r}.")
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
        if not self.text(name, ""):
            return ()
        for value in self.list(name):
            parts = urlsplit(value)
            if value != f"https://{parts.netloc}" or not parts.netloc or parts.username is not None:
                stop(f"{name}: {value!r} is not an address like https://idp.example.ac.jp.")
        return tuple(self.list(name))

    def database(self, name: str, default: str) -> dict[str, Any]:
        return self._address(name, default, self._env.dj_db_url, "postgres://user:password@host/name")

    def cache(self, name: str, default: str) -> dict[str, Any]:
        found = self._address(name, default, self._env.dj_cache_url, "redis://host:6379/0")
        if found["BACKEND"] != DJANGOS_REDIS:
            return found
        return {**found, "BACKEND": SPAREABLE_REDIS, "OPTIONS": {**PATIENCE, **found.get("OPTIONS", {})}}

    def service(self, name: str, default: Path) -> Service:
        try:
            return Service.read(Path(self.text(name, str(default))))
        except ServiceFileError as error:
            stop(str(error))

    def _address(self, name: str, default: str, reader: Any, example: str) -> dict[str, Any]:
        self.text(name, default)
        try:
            return dict(reader(name, default=default))
        except (ValueError, EnvError, KeyError):
            stop(f"{name} must be an address such as {example}.")

    def _read(self, name: str) -> str:
        path = self._env.str(f"{name}_FILE", "")
        if not path:
            return self._env.str(name, "").strip()
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            stop(f"{name}_FILE cannot be read: {error}.")
