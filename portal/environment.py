"""The environment, read once, typed and loudly. Nothing but settings.py asks it."""

from __future__ import annotations

import ipaddress
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from environs import Env, EnvError, ValidationError, validate

from portal.service import Service, ServiceFileError


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
        return [item.strip() for item in self.text(name, default).split(",") if item.strip()]

    def whole(self, name: str, default: int, *, least: int = 0) -> int:
        value = self.text(name, str(default))
        if not value.isdecimal() or int(value) < least:
            stop(f"{name} must be a whole number from {least} on, not {value!r}.")
        return int(value)

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.text(name, default)
        if value not in choices:
            stop(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
        return value

    def origin(self, name: str, default: str | None = None) -> str:
        """A scheme and host without a path, such as https://mail.example.ac.jp."""
        value = self.text(name, default).rstrip("/")
        try:
            validate.URL(schemes={"http", "https"}, require_tld=False)(value)
            parts = urlsplit(value)
        except (ValueError, ValidationError):
            stop(f"{name} must be an address such as https://mail.example.ac.jp, not {value!r}.")
        if parts.path or parts.query or parts.fragment:
            stop(f"{name} must be an address without a path, not {value!r}.")
        return value

    def database(self, name: str, default: str) -> dict[str, Any]:
        return self._address(name, default, self._env.dj_db_url, "postgres://user:password@host/name")

    def cache(self, name: str, default: str) -> dict[str, Any]:
        return self._address(name, default, self._env.dj_cache_url, "redis://host:6379/0")

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


def is_loopback(origin: str) -> bool:
    """Whether an address points at this machine only."""
    host = urlsplit(origin).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
