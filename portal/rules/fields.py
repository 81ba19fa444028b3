"""Which parts of a rule the form shows, and whether it can show their values as they are."""

from __future__ import annotations

from portal.mailbox.addresses import AddressProblem, normalise_address
from portal.mailbox.rules import Address, FormFields, Rule, Value
from portal.sentences.values import make_visible

CONDITIONS = (
    "from_addresses",
    "sent_to_addresses",
    "subject_contains",
    "body_contains",
    "body_or_subject_contains",
    "has_attachments",
)
ACTIONS = ("move_to_folder", "mark_as_read", "forward_to", "delete", "stop_processing_rules")


def shown_of(rule: Rule | None) -> FormFields:
    """What the form shows of this rule, everything it can for a new one (None)."""
    return FormFields(
        conditions=frozenset(name for name in CONDITIONS if rule is None or fits(rule.conditions.get(name))),
        actions=frozenset(name for name in ACTIONS if rule is None or fits(rule.actions.get(name))),
        settings=frozenset({"name"}),
    )


def fits(value: Value | None) -> bool:
    """Whether the form gives the value back as it was. What does not fit is left alone like a part it has no field for.

    A field holds one word a line, and addresses as mail programs write them; Outlook also has names of Exchange's own.
    """
    if not isinstance(value, tuple):
        return True
    return all(_is_plain(member) if isinstance(member, Address) else _is_line(member) for member in value)


def left_alone(rule: Rule, shown: FormFields) -> Rule:
    """The rule with only those parts that the form does not show."""
    return Rule(
        id=rule.id,
        name=rule.name,
        sequence=rule.sequence,
        enabled=rule.enabled,
        has_error=rule.has_error,
        read_only=rule.read_only,
        conditions=rule.conditions.without(*shown.conditions),
        exceptions=rule.exceptions.without(*shown.exceptions),
        actions=rule.actions.without(*shown.actions),
        unknown=rule.unknown,
    )


def leaves_some_alone(rule: Rule) -> bool:
    """Whether the rule has parts, known or unknown, that the form does not show: some would be `left_alone`."""
    return bool(
        rule.exceptions
        or rule.unknown
        or any(name not in CONDITIONS or not fits(value) for name, value in rule.conditions.items())
        or any(name not in ACTIONS or not fits(value) for name, value in rule.actions.items())
    )


def _is_line(word: str) -> bool:
    return word == word.strip() and make_visible(word) == word


def _is_plain(person: Address) -> bool:
    try:
        return normalise_address(person.address).lower() == person.address.lower()
    except AddressProblem:
        return False
