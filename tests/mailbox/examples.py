"""Rules, folders and addresses as Hypothesis makes them, over the whole vocabulary."""

from __future__ import annotations

import string

from hypothesis import strategies as st

from portal.mailbox.rules import Address, Parts, Rule, SizeRange
from portal.mailbox.vocabulary import ACTIONS, PREDICATES, Term, TermKind

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
kilobytes = st.integers(0, 2**31 - 1)

_atom = st.text(string.ascii_letters + string.digits + "!#$%&'*+/=?^_`{|}~-", min_size=1, max_size=20)
_label = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True).filter(lambda it: it[2:4] != "--")
locals_ = st.lists(_atom, min_size=1, max_size=3).map(".".join)
domains = st.tuples(st.lists(_label, min_size=1, max_size=3), st.sampled_from(["jp", "com", "example"])).map(
    lambda parts: ".".join([*parts[0], parts[1]])
)
addresses = st.builds("{}@{}".format, locals_, domains)
people = st.builds(Address, addresses, words | st.just(""))


def value_of(term: Term) -> st.SearchStrategy[object]:
    """Any value that the term can take."""
    return {
        TermKind.WORDS: st.lists(words, min_size=1, max_size=3).map(tuple),
        TermKind.PEOPLE: st.lists(people, min_size=1, max_size=3).map(tuple),
        TermKind.YES: st.just(True),
        TermKind.CHOICE: st.sampled_from(term.choices or ("",)),
        TermKind.SIZE: st.builds(SizeRange, kilobytes, st.none() | kilobytes)
        | st.builds(SizeRange, st.none(), kilobytes),
        TermKind.FOLDER: st.text(string.ascii_letters + string.digits + "+/=-_", min_size=1, max_size=40),
    }[term.kind]


def parts_from(table: dict[str, Term], min_size: int = 0) -> st.SearchStrategy[Parts]:
    """Any parts that the table's terms make."""
    every = {name: value_of(term) for name, term in table.items()}
    chosen = st.lists(st.sampled_from(list(every)), unique=True, min_size=min_size, max_size=len(every))
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: every[name] for name in names})).map(Parts)


conditions = parts_from(dict(PREDICATES))
actions = parts_from(dict(ACTIONS), min_size=1)
rules = st.builds(
    Rule,
    id=st.text(string.ascii_letters + "=", min_size=1, max_size=8),
    name=words,
    sequence=st.integers(1, 100),
    enabled=st.booleans(),
    has_error=st.booleans(),
    read_only=st.booleans(),
    conditions=conditions,
    exceptions=conditions,
    actions=actions,
)


def rule(name: str = "a rule", *, sequence: int = 1, enabled: bool = True, **actions_: object) -> Rule:
    """A rule for every message; `actions_` are its actions."""
    return Rule(f"id of {name}", name, sequence, enabled, False, False, actions=Parts(actions_))


def sending(to: str, name: str = "a rule", **more: object) -> Rule:
    """A rule that redirects every message."""
    return rule(name, redirect_to=(Address(to),), **more)  # type: ignore[arg-type]
