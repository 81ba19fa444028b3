"""Whether page, history and mailbox agree, when nothing can come any more."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tests.sequences import shown
from tests.sequences.answers import Claim, Page
from tests.sequences.ledger import Event, Ledger, Wrong
from tests.sequences.mailbox import SITE_RULE_NAME, Rule
from tests.sequences.sent import Sent, markers_of, told
from tests.sequences.shown import Entry, key_of

DENYING = (Claim.REFUSED, Claim.MISTAKE, Claim.CONFLICT)
SENDING = ("forwardTo", "redirectTo", "forwardAsAttachmentTo")
REPLAY = "the history replayed does not give the mailbox"
State = dict[str, tuple[str, bool]]  # by name: the last marker, and whether it is on


def disagreements(ledger: Ledger, pages: Mapping[str, Page]) -> Iterator[Wrong]:
    """In words, each thing that is wrong."""
    yield from ledger.wrong
    for name, page in pages.items():
        if page.status != 200:
            yield Wrong("a page cannot be opened at the end", f"{name} answers {page.status}: {page.text[:200]}")
            return
    entries = shown.history(pages["history"])
    yield from of_rules(pages["rules"], ledger.rules)
    yield from of_forwarding(pages["forwarding"], ledger.rules)
    yield from of_forms(ledger)
    yield from of_history(entries, ledger)
    yield from of_replay(entries, ledger)


def of_rules(page: Page, rules: Sequence[Rule]) -> Iterator[Wrong]:
    there = [(rule["displayName"], rule["isEnabled"]) for rule in rules]
    if shown.listed(page) != there:
        yield Wrong("the list of rules is not the mailbox's", f"{shown.listed(page)}, and the mailbox has {there}")


def of_forwarding(page: Page, rules: Sequence[Rule]) -> Iterator[Wrong]:
    on = [rule for rule in rules if rule["isEnabled"] and forwards_all(rule)]
    if shown.forwards(page) != bool(on):
        says = " ".join(page.texts(".state"))
        yield Wrong("the forwarding page is wrong", f"“{says}”, and {len(on)} rules forward all mail")
    missing = {marker for rule in on for marker in markers_of(rule) if marker not in page.text}
    if missing:
        yield Wrong("the forwarding page is wrong", f"it does not show {missing}")


def forwards_all(rule: Rule) -> bool:
    return not rule.get("conditions") and any(rule.get("actions", {}).get(name) for name in SENDING)


def of_forms(ledger: Ledger) -> Iterator[Wrong]:
    """No form did what its answer denies, and none did it twice."""
    for sent in ledger.sent:
        if sent.effects and sent.claim in DENYING:
            yield Wrong("made, and the answer said that nothing was changed", told(sent))
    times = Counter(sent.marker for sent in made_by(ledger.events) if sent.has_marker)
    for marker, count in times.items():
        if count > 1:
            yield Wrong("one form was carried out more than once", f"{marker}, {count} times")


def made_by(events: Sequence[Event]) -> list[Sent]:
    return [event.by for event in events if event.by is not None]


def of_history(entries: Sequence[Entry], ledger: Ledger) -> Iterator[Wrong]:
    """Every effect is one entry that says done, every such entry an effect, and no entry is open."""
    for entry in entries:
        if entry.state == "open":
            yield Wrong("an entry of the history stays open", entry.text)
    done = Counter(entry.key for entry in entries if entry.state == "done")
    made = Counter(
        key_of(event.by.kind, str(event.rule["displayName"]), event.by.marker)
        for event in ledger.events
        if event.by is not None
    )
    for key in sorted(done.keys() | made.keys()):
        if done[key] > made[key]:
            yield Wrong("the history has a change that was not made", f"{' '.join(key)}: {done[key]} for {made[key]}")
        elif done[key] < made[key]:
            yield Wrong("a change is not in the history as made", f"{' '.join(key)}: {done[key]} for {made[key]}")


def of_replay(entries: Sequence[Entry], ledger: Ledger) -> Iterator[Wrong]:
    """What the history says, and what Outlook did, one after the other over the first rules, gives the mailbox."""
    steps: list[tuple[datetime.datetime, Entry | Event]] = [
        (entry.at, entry) for entry in entries if entry.state == "done"
    ]
    steps += [(event.at, event) for event in ledger.events if event.by is None]
    state: State = {rule["displayName"]: ("", rule["isEnabled"]) for rule in ledger.first}
    for _, step in sorted(steps, key=lambda pair: pair[0]):
        if isinstance(step, Entry):
            replay_entry(state, step)
        else:
            replay_outlook(state, step)
    there = {rule["displayName"]: (markers_of(rule), rule["isEnabled"]) for rule in ledger.rules}
    for name in sorted((state.keys() | there.keys()) - ledger.twins):
        if name not in there or name not in state:
            yield Wrong(REPLAY, f"“{name}” is only in the {'mailbox' if name in there else 'history'}")
        elif state[name][1] != there[name][1] or (state[name][0] and state[name][0] not in there[name][0]):
            yield Wrong(REPLAY, f"“{name}” is {there[name]}, and should be {state[name]}")


def replay_entry(state: State, entry: Entry) -> None:
    marker, on = state.get(entry.name, ("", True))
    if entry.kind == "delete" or (entry.kind == "stop" and entry.name == SITE_RULE_NAME):
        state.pop(entry.name, None)
    elif entry.kind in ("make", "edit"):
        state[entry.name] = (entry.marker, on)
    elif entry.kind == "forward":
        state[entry.name] = (entry.marker, True)
    else:
        state[entry.name] = (marker, entry.kind == "turn on")


def replay_outlook(state: State, event: Event) -> None:
    name = event.rule["displayName"]
    if event.what == "delete":
        state.pop(name, None)
    elif event.what == "made":
        state[name] = ("", event.rule["isEnabled"])
    else:
        state[name] = (state.get(name, ("", True))[0], event.rule["isEnabled"])
