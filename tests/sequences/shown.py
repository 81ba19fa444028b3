"""What the pages show of rules, forwarding and history, as values to compare with a mailbox."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from tests.sequences.answers import Page

MARKER = re.compile(r"w\d+-\d+[ab](?![\w-])")
NO_FORWARDING = "No rule forwards your mail"
# The words of the history, in the state of a change that was made, and their kinds.
MADE = {
    "A rule was made": "make",
    "A rule was changed": "edit",
    "A rule was deleted": "delete",
    "A rule was turned on": "turn on",
    "A rule was turned off": "turn off",
    "Forwarding was started": "forward",
    "Forwarding was changed": "forward",
    "Forwarding was stopped": "stop",
}
SUBJECTS = {
    "made": "make",
    "changed": "edit",
    "deleted": "delete",
    "turned on": "turn on",
    "turned off": "turn off",
    "started": "forward",
    "stopped": "stop",
}


@dataclass(frozen=True)
class Entry:
    """One line of the history. `key` says which change it is: by its marker, else by the name of the rule."""

    state: str  # done, not done, open
    kind: str
    name: str
    marker: str
    at: datetime.datetime
    text: str

    @property
    def key(self) -> tuple[str, str]:
        return key_of(self.kind, self.name, self.marker)


def key_of(kind: str, name: str, marker: str) -> tuple[str, str]:
    """What is written has a marker of its own; what is switched or deleted has only a name."""
    return (kind, marker if kind in ("make", "edit", "forward") else name)


def listed(page: Page) -> list[tuple[str, bool]]:
    """Name and on or off of every rule, in order."""
    return [
        (tag.select_one("h3 bdi").get_text(), "is-off" not in tag["class"])  # type: ignore[union-attr]
        for tag in page.soup.select("ol.rules > li.rule")
    ]


def forwards(page: Page) -> bool:
    return NO_FORWARDING not in " ".join(page.texts(".state"))


def history(page: Page) -> list[Entry]:
    """The oldest first."""
    return [entry(tag) for tag in reversed(page.soup.select("li.change"))]


def entry(tag: Tag) -> Entry:
    heading = words(tag.select_one("h3"))
    state, kind = state_and_kind(heading)
    told = list(versions(tag))
    name, after = told[-1] if told else ("", "")
    before = MARKER.findall(told[0][1]) if len(told) > 1 else []
    markers = [marker for marker in MARKER.findall(after) if marker not in before]
    return Entry(
        state=state,
        kind=kind,
        name=name,
        marker=markers[-1] if markers else "",
        at=datetime.datetime.fromisoformat(str(tag.select_one("time")["datetime"])),  # type: ignore[index]
        text=words(tag),
    )


def state_and_kind(heading: str) -> tuple[str, str]:
    if heading in MADE:
        return "done", MADE[heading]
    state = "open" if "may have been" in heading else "not done"
    verb = next((verb for verb in SUBJECTS if re.search(rf"\b{verb}\b", heading)), "")
    kind = SUBJECTS.get(verb, heading)
    return state, "forward" if heading.startswith("Forwarding") and kind == "edit" else kind


def versions(tag: Tag) -> Iterator[tuple[str, str]]:
    """Name and sentence of the rule that the entry speaks of, the last one being what it became or was to become."""
    for name in tag.select(".change-rule"):
        sentence = name.find_next_sibling("p")
        yield words(name.select_one("b")), words(sentence)


def words(tag: Tag | None) -> str:
    return " ".join(tag.get_text(" ").split()) if tag else ""
