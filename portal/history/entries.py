"""What the journal says of one change, as rules that can be put into sentences."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.changes.journal import Change, Kind, State
from portal.connect import SealBroken
from portal.graph.rule_json import decode_rule
from portal.mailbox.rules import Rule
from portal.mailbox.vocabulary import FOLDER_ACTIONS


@dataclass(frozen=True)
class Entry:
    """One change: either `rule` (made, deleted, turned on or off), or the rule `before` and `after`.

    When it was not made, or it is not known, `rule` and `after` are what was asked for. `is_readable` is False when
    no key of ours opens it any more.
    """

    change: Change
    rule: Rule | None = None
    before: Rule | None = None
    after: Rule | None = None
    is_readable: bool = True

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.change.began)

    @property
    def is_done(self) -> bool:
        return self.change.state == State.DONE

    @property
    def is_known(self) -> bool:
        return self.change.state in (State.DONE, State.NOT_DONE)

    @property
    def is_forwarding(self) -> bool:
        """Forwarding was set up or changed on its page."""
        return self.change.kind in (Kind.START_FORWARDING, Kind.CHANGE_FORWARDING)

    @property
    def names_a_folder(self) -> bool:
        rules = (self.rule, self.before, self.after)
        return any(rule.actions.get_text(name) for rule in rules if rule for name in FOLDER_ACTIONS)


def read_entry(change: Change) -> Entry:
    try:
        contents = change.contents
    except SealBroken:
        return Entry(change, is_readable=False)
    before, wanted = contents["before"], contents["wanted"]
    result = contents["after"] if change.state == State.DONE else lay_wanted_over(before, wanted)
    if before is None:
        return Entry(change, rule=_read_rule(result))
    if is_one_rule(wanted):
        return Entry(change, rule=_read_rule(before))
    return Entry(change, before=_read_rule(before), after=_read_rule(result))


def lay_wanted_over(before: dict[str, Any] | None, wanted: dict[str, Any] | None) -> dict[str, Any]:
    """The rule as it would have become: what was sent replaces the members that it names."""
    return {**(before or {}), **(wanted or {})}


def is_one_rule(wanted: dict[str, Any] | None) -> bool:
    """A deletion, or a mere switch: the rule reads the same before and after."""
    return wanted is None or wanted.keys() <= {"isEnabled"}


def _read_rule(raw: dict[str, Any] | None) -> Rule | None:
    return decode_rule(raw) if raw else None
