"""An inbox rule: its terms with their values, and what can be said about it without asking anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from portal.mailbox.vocabulary import SENDING, TERMS, Term, TermKind


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
        checked = ((name, _check_value(TERMS[name], given[name])) for name in sorted(given, key=_PLACES.__getitem__))
        object.__setattr__(self, "pairs", tuple((name, value) for name, value in checked if value is not None))

    def __getitem__(self, name: str) -> Value:
        for own, value in self.pairs:
            if own == name:
                return value
        raise KeyError(name)

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


NO_PARTS = Parts()


@dataclass(frozen=True)
class Rule:
    """One rule as Microsoft keeps it.

    `sequence` orders the rules, lowest first. `unknown` holds the places of what is set outside the vocabulary, as
    "conditions.somethingNew" in Microsoft's spelling.
    """

    id: str
    name: str
    sequence: int
    enabled: bool
    has_error: bool
    read_only: bool
    conditions: Parts = NO_PARTS
    exceptions: Parts = NO_PARTS
    actions: Parts = NO_PARTS
    unknown: frozenset[str] = frozenset()

    @property
    def hidden(self) -> bool:
        """Only Outlook shows what it does: Graph lists such a rule without its contents."""
        return self.read_only and not (self.conditions or self.exceptions or self.actions or self.unknown)

    @property
    def takes_everything(self) -> bool:
        """It has no condition that would spare a message. Exceptions may still spare some."""
        if self.hidden or self.conditions:
            return False
        return not any(place.startswith("conditions.") for place in self.unknown)

    @property
    def spares_some(self) -> bool:
        """It has exceptions, known or unknown."""
        return bool(self.exceptions) or any(place.startswith("exceptions.") for place in self.unknown)

    @property
    def recipients(self) -> tuple[Address, ...]:
        """Everybody it sends to: forwarded, as an attachment, or redirected."""
        return tuple(person for name in SENDING for person in self.actions.get_people(name))

    @property
    def sends(self) -> bool:
        return bool(self.recipients)

    @property
    def keeps_copy(self) -> bool:
        """The message stays in the mailbox, wherever it is moved, unless the rule deletes it."""
        return not (self.actions.get("delete") or self.actions.get("permanent_delete"))

    @property
    def stops(self) -> bool:
        return bool(self.actions.get("stop_processing_rules"))


@dataclass(frozen=True)
class FormFields:
    """Which parts of a rule a form shows, by name; what it shows is the form's to set and to empty.

    `settings` may hold "name", "enabled" and "sequence".
    """

    conditions: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset({"name", "enabled"})


def sort_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules as Microsoft runs them; those of one sequence as they came."""
    return tuple(sorted(rules, key=lambda rule: rule.sequence))


def _check_value(term: Term, value: object) -> Value | None:
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
