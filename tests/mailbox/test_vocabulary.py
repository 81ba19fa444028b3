"""The table of predicates and actions."""

from __future__ import annotations

from portal.mailbox.vocabulary import ACTIONS, PREDICATES, SENDING, TERMS, TermKind


def test_it_has_thirty_predicates_and_eleven_actions() -> None:
    assert (len(PREDICATES), len(ACTIONS)) == (30, 11)


def test_no_name_is_both_a_predicate_and_an_action() -> None:
    assert len(TERMS) == 41


def test_each_name_is_microsofts_in_our_spelling() -> None:
    for name, term in TERMS.items():
        first, *others = name.split("_")
        assert term.graph == first + "".join(word.capitalize() for word in others)


def test_only_choices_have_choices() -> None:
    assert all(bool(term.choices) is (term.kind is TermKind.CHOICE) for term in TERMS.values())


def test_what_makes_mail_leave_is_never_done_to_a_stored_message() -> None:
    assert not any(ACTIONS[name].tryable for name in SENDING)
