"""Chance that is the same for the same key in every run and on every machine: numbers, picks, names of nobody."""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
WORDS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
ALL = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15  # splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators)


class Chance:
    """A row of numbers; another key gives another row. Some twenty times faster to make than `random.Random`."""

    __slots__ = ("state",)

    def __init__(self, *key: int) -> None:
        self.state = 0
        for part in key:
            self.state = mix_bits(self.state ^ (part & ALL))

    def draw(self) -> int:
        """From 0 to 2⁶⁴ - 1."""
        self.state = (self.state + STEP) & ALL
        return mix_bits(self.state)

    def below(self, end: int) -> int:
        return self.draw() % end

    def share(self) -> float:
        """From 0 up to, but not, 1."""
        return (self.draw() >> 11) / (1 << 53)

    def hits(self, percent: int) -> bool:
        return self.below(100) < percent

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]


def mix_bits(value: int) -> int:
    value = (value + STEP) & ALL
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & ALL
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & ALL
    return value ^ (value >> 31)


def pick_japanese_name(chance: Chance) -> tuple[str, str]:
    """A name, family name first, and the family name in Latin letters."""
    family, latin = chance.pick(WORDS["family"]).split()
    return f"{family} {chance.pick(WORDS['given'])}", latin


def pick_western_name(chance: Chance) -> tuple[str, str]:
    """A name, given name first, and the family name in small letters."""
    family = chance.pick(WORDS["western_family"])
    return f"{chance.pick(WORDS['western_given'])} {family}", family.lower()
