"""The values of a registration, as JSON brings them. Every reader raises BadRegistration."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from m365_simulator.directory.claims import CLAIMS
from m365_simulator.directory.credentials import Certificate, FederatedCredential


class BadRegistration(ValueError):
    """The text says which member is wrong, and how."""


def read_words(name: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise BadRegistration(f"{name} must be a list of strings")
    return value


def read_flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadRegistration(f"{name} must be true or false")
    return value


def read_claims(name: str, value: Any) -> list[str]:
    unknown = [word for word in read_words(name, value) if word not in CLAIMS]
    if unknown:
        raise BadRegistration(f"{name} has no {unknown[0]!r}; there are {', '.join(sorted(CLAIMS))}")
    return list(value)


def read_roles(name: str, value: Any) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        raise BadRegistration(f"{name} must be an object: lists of roles by address")
    return {address.strip().lower(): read_words(name, listed) for address, listed in value.items()}


def read_addresses(name: str, value: Any) -> list[str]:
    return [read_address(name, word) for word in read_words(name, value)]


def read_optional_address(name: str, value: Any) -> str:
    return read_address(name, value) if value else ""


def read_address(name: str, value: Any) -> str:
    try:
        parts = urlsplit(value) if isinstance(value, str) and value.isprintable() else None
        is_web = parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        raise BadRegistration(f"{name} must be an http or https address")
    return str(value)


def read_time(name: str, value: Any) -> float | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, OverflowError):
        raise BadRegistration(f"{name} must be a time such as 2028-11-24T00:00:00Z, or null") from None


def write_time(moment: float | None) -> str | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_certificates(name: str, value: Any) -> list[Certificate]:
    try:
        return [Certificate.from_pem(text) for text in read_words(name, value)]
    except ValueError:
        raise BadRegistration(f"{name} must be a list of certificates in PEM, each with an RSA key") from None


def read_federated_credentials(name: str, value: Any) -> list[FederatedCredential]:
    try:
        return [FederatedCredential.from_json(member) for member in value]
    except (TypeError, ValueError, AttributeError, KeyError):
        raise BadRegistration(
            f"{name} must be a list of objects with issuer, subject, audience and keys (the issuer's JWK set)"
        ) from None
