"""The values that terms of a rule take, and Parts, a set of terms with their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.mailbox.vocabulary import TERMS, Term, TermKind


@dataclass(frozen=True)
class Address:
    """A person in a rule. Outlook may give a directory name ("/O=…") or nothing for the address."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class SizeRange:
    """Sizes of a message in KB; None is an open end."""

    minimum_kb: int | None
    maximum_kb: int | None


Value = tuple[str, ...] | tuple[Address, ...] | bool | str | SizeRange

_PLACES = {name: place for place, name in enumerate(TERMS)}
_UNSET = (None, (), False, "", SizeRange(None, None))


@dataclass(frozen=True, init=False, eq=False, repr=False)
class Parts(Mapping[str, Value]):
    """Terms by name, in the vocabulary's order. A term that is not set is absent.

    `Parts({"subject_contains": ("report",)})` or `Parts(subject_contains=("report",))`; None, (), [], False and ""
    are unset. Raises KeyError for a name outside the vocabulary, TypeError for a value not of the term's kind.
    """

    pairs: tuple[tuple[str, Value], ...]

    def __init__(self, values: Mapping[str, object] | None = None, /, **more: object) -> None:
        given = {**(values or {}), **more}
        unknown = given.keys() - TERMS.keys()
        if unknown:
            raise KeyError(f"not in the vocabulary: {', '.join(sorted(unknown))}")
        checked = ((name, _checked(TERMS[name], given[name])) for name in sorted(given, key=_PLACES.__getitem__))
        object.__setattr__(self, "pairs", tuple((name, value) for name, value in checked if value is not None))

    def __getitem__(self, name: str) -> Value:
        for own, value in self.pairs:
            if own == name:
                return value
        raise KeyError(name)

    def get(self, name: str, default: Any = None) -> Any:
        """As a dict's. Most questions are for a term that is not set, and Mapping's own answer raises for each."""
        for own, value in self.pairs:
            if own == name:
                return value
        return default

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def __hash__(self) -> int:
        return hash(self.pairs)

    def __repr__(self) -> str:
        return f"Parts({dict(self.pairs)!r})"

    def get_words(self, name: str) -> tuple[str, ...]:
        """The words of a term of kind WORDS, () when unset."""
        value = self.get(name, ())
        return tuple(word for word in value if isinstance(word, str)) if isinstance(value, tuple) else ()

    def get_people(self, name: str) -> tuple[Address, ...]:
        """The people of a term of kind PEOPLE, () when unset."""
        value = self.get(name, ())
        return tuple(person for person in value if isinstance(person, Address)) if isinstance(value, tuple) else ()

    def get_text(self, name: str) -> str:
        """The choice or folder id of a term, "" when unset."""
        value = self.get(name, "")
        return value if isinstance(value, str) else ""

    def without(self, *names: str) -> Parts:
        """These parts less the named ones."""
        return Parts({name: value for name, value in self.pairs if name not in names})


def _checked(term: Term, value: object) -> Value | None:
    """The value, lists made tuples and empty members dropped; None when it is unset."""
    if isinstance(value, list | tuple):
        value = tuple(member for member in value if member not in ("", Address("")))
    if value in _UNSET:
        return None
    if not _fits(term, value):
        raise TypeError(f"{term.name} is not of kind {term.kind.value}")  # without the value: it may be logged
    return value  # type: ignore[return-value]  # _fits has just said so


def _fits(term: Term, value: object) -> bool:
    if term.kind in (TermKind.WORDS, TermKind.PEOPLE):
        member = str if term.kind is TermKind.WORDS else Address
        return isinstance(value, tuple) and all(isinstance(each, member) for each in value)
    if term.kind is TermKind.CHOICE:
        return value in term.choices
    if term.kind is TermKind.SIZE:
        return isinstance(value, SizeRange)
    return value is True if term.kind is TermKind.YES else isinstance(value, str)
