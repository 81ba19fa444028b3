"""Refusals made to order: what a policy, an administrator or time does to people, without waiting for it.

`PUT /control/conditions {"aadsts": 700082, "at": "refresh", "address": …, "times": 1}`

`at` is where it strikes: "authorize" (the page), "code" (redeeming one) or "refresh". Without `address` it strikes
everybody. Some end as they do at Microsoft, each by what `ends_with` of its number says: those about a refresh token
by the next grant, those about a session by the next sign-in, those about a second factor by that proof. The others
stay until `times` are used up, or until `{"clear": true}`.

At the authorize page a refusal that is about the application (50011, 700016, …) comes before the account picker when
no address is given, every other one after an account was picked. One about a second factor becomes the page that
asks for it. One about a session makes the person sign in anew. With prompt=none nothing is shown: the application is
told `interaction_required`.
"""

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from m365_simulator.aadsts import TABLE
from m365_simulator.directory.grants import SignIn

PLACES = ("authorize", "code", "refresh")
ABOUT_THE_APPLICATION = (50011, 50194, 700016, 90002, 9002332)


class BadCondition(ValueError):
    """What was sent does not describe a condition; the text says why."""


@dataclass
class Condition:
    """`since` is when it was made, in epoch seconds; `hits` how often it struck."""

    aadsts: int
    at: str
    address: str | None = None
    times: int | None = None
    since: float = field(default_factory=time.time)
    hits: int = 0

    @property
    def spent(self) -> bool:
        return self.times is not None and self.hits >= self.times

    @property
    def before_the_picker(self) -> bool:
        return self.aadsts in ABOUT_THE_APPLICATION and self.address is None

    @property
    def ends_with(self) -> str:
        return TABLE[self.aadsts].ends_with

    def strikes(self, at: str, address: str) -> bool:
        return self.at == at and not self.spent and (self.address or address) == address

    def is_met(self, sign_in: SignIn) -> bool:
        """Whether what ends it has happened."""
        newer = {"grant": sign_in.granted > self.since, "sign-in": sign_in.auth_time > self.since}
        return newer.get(self.ends_with, False) or (self.ends_with == "proof" and sign_in.proven)


class Conditions:
    """Those asked for, oldest first; the first that strikes is taken. Call with the tenant's lock held."""

    def __init__(self) -> None:
        self.listed: list[Condition] = []

    def clear(self) -> None:
        self.listed.clear()

    def add(self, wanted: dict[str, Any]) -> None:
        """Raises BadCondition."""
        self.listed.append(read_condition(wanted))

    def before_the_picker(self) -> int | None:
        return take_first(it for it in self.listed if it.before_the_picker and it.strikes("authorize", ""))

    def for_person(self, address: str, *, proven: bool) -> int | None:
        """At the authorize page, once it is known who is there; an ended session was signed in anew by then."""
        met = ("sign-in", "proof") if proven else ("sign-in",)
        here = (it for it in self.listed if it.strikes("authorize", address) and not it.before_the_picker)
        return take_first(it for it in here if it.ends_with not in met)

    def for_grant(self, at: str, sign_in: SignIn) -> int | None:
        """At the token endpoint."""
        return take_first(it for it in self.listed if it.strikes(at, sign_in.address) and not it.is_met(sign_in))

    def signed_out_at(self, address: str) -> float:
        """Sessions from before that time do not count at the authorize page either."""
        ended = [it for it in self.listed if it.ends_with == "sign-in" and it.strikes(it.at, address)]
        return max((it.since for it in ended), default=0.0)

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(condition) for condition in self.listed]


def take_first(fitting: Iterable[Condition]) -> int | None:
    condition = next(iter(fitting), None)
    if condition is None:
        return None
    condition.hits += 1
    return condition.aadsts


def read_condition(wanted: dict[str, Any]) -> Condition:
    unknown = sorted(set(wanted) - {"aadsts", "at", "address", "times"})
    if unknown:
        raise BadCondition(f"A condition has no {unknown[0]!r}")
    aadsts, at = wanted.get("aadsts"), wanted.get("at")
    if type(aadsts) is not int or aadsts not in TABLE:
        raise BadCondition(f"aadsts must be one of {', '.join(str(code) for code in sorted(TABLE))}")
    if at not in PLACES:
        raise BadCondition(f"at must be one of {', '.join(PLACES)}")
    return Condition(aadsts, at, read_address(wanted), read_times(wanted))


def read_address(wanted: dict[str, Any]) -> str | None:
    address = wanted.get("address")
    if address is not None and not isinstance(address, str):
        raise BadCondition("address must be a string")
    return address.strip().lower() if address else None


def read_times(wanted: dict[str, Any]) -> int | None:
    times = wanted.get("times")
    if times is not None and (type(times) is not int or times < 1):
        raise BadCondition("times must be a whole number above 0")
    return times
