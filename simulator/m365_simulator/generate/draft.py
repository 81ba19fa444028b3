"""A letter that nobody wrote: made of its number alone, and so never kept.

There are some thousand of them; a large mailbox holds each many times, to another date.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from m365_simulator.generate import kinds
from m365_simulator.generate.chance import WORDS, Chance, pick_japanese_name, pick_western_name
from m365_simulator.generate.kinds import KINDS, UNIVERSITY, WEIGHTS, Kind
from m365_simulator.mail.headers import Address

LATEST = datetime(2026, 11, 24, 0, 40, tzinfo=UTC)
YEARS = 4
VARIANTS = 4096
UP_TO = list(accumulate(WEIGHTS))
SMALLEST, LARGEST = 20_000, 3_000_000  # bytes of a file


class Key(NamedTuple):
    """Which letter: `number` of the whole lot, place in it, whose mailbox, and whether they wrote it."""

    number: int
    place: int
    owner: Address
    own: bool = False

    @property
    def variant(self) -> int:
        return self.place % VARIANTS

    @property
    def sent(self) -> datetime:
        minutes = Chance(self.number, self.place, VARIANTS).share() ** 1.5 * YEARS * 365 * 24 * 60
        return LATEST - timedelta(minutes=int(minutes))


class Draft(NamedTuple):
    """All but who gets it and when. `file` is the name of what is attached, of `file_size` bytes."""

    kind: Kind
    other: Address
    subject: str
    lines: tuple[str, ...]
    charset: str
    file: str
    file_size: int


@lru_cache(maxsize=VARIANTS)
def make_draft(number: int, variant: int) -> Draft:
    chance = Chance(number, variant)
    drawn = chance.below(100)
    kind = next(it for it, end in zip(KINDS, UP_TO, strict=True) if drawn < end)
    other, gaps = _other(chance, kind), _gaps(chance)
    gaps["name"] = other.name
    file = f"{chance.pick(WORDS['files'])}{gaps['n']}.{chance.pick(kinds.ENDINGS)}" if chance.hits(kind.percent) else ""
    return Draft(
        kind=kind,
        other=other,
        subject=chance.pick(kind.subjects).format_map(gaps),
        lines=tuple(line.format_map(gaps) for line in kind.lines),
        charset="iso-2022-jp" if kind.language == "ja" and not kind.page and chance.hits(25) else "utf-8",
        file=file,
        file_size=int(SMALLEST * (LARGEST / SMALLEST) ** chance.share()) if file else 0,
    )


def _gaps(chance: Chance) -> dict[str, str]:
    return {
        "course": chance.pick(WORDS["courses"]),
        "module": chance.pick(WORDS["modules"]),
        "place": chance.pick(WORDS["places"]),
        "n": str(1 + chance.below(15)),
        "month": str(1 + chance.below(12)),
        "day": str(1 + chance.below(28)),
    }


def _other(chance: Chance, kind: Kind) -> Address:
    """Who writes to the owner of the mailbox."""
    if kind.by == "office":
        name, alias = chance.pick(kinds.OFFICES)
        return Address(name, f"{alias}@{UNIVERSITY}")
    if kind.by == "system":
        return Address("manaba 通知", f"manaba@lms.{UNIVERSITY}")
    if kind.by == "shop":
        return Address("Campus Shop", f"news{chance.below(40)}@shop.example.com")
    name, latin = pick_western_name(chance) if kind.by == "abroad" else pick_japanese_name(chance)
    host = "recruit.example.com" if kind.by == "company" else UNIVERSITY
    return Address(name, f"{latin}.{chance.below(90):02}@{host}")
