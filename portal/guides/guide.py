"""A guide as values: what the content files say, ready for the templates."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from portal.service import Server

# What a guide can have tabs for: fixed names, which are ids of links, and their labels.
SYSTEMS = {
    "windows": _("Windows"),
    "mac": _("Mac"),
    "linux": _("Linux"),
    "android": _("Android"),
    "iphone": _("iPhone"),
    "ipad": _("iPad"),
    "ios-18": _("iOS 18 or newer"),
    "ios-17": _("iOS 17 or older"),
    "computer": _("Computer"),
    "phone": _("Phone"),
}


class GuideError(ValueError):
    """A content file cannot be used; the text is one sentence for whoever edits the guide."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}, line {line}: {problem}")


@dataclass(frozen=True)
class Head:
    """The front matter. `checked` is the day of the last comparison with the program or service."""

    title: str
    lead: str
    description: str
    checked: datetime.date
    checked_with: str = ""
    systems: tuple[str, ...] = ()

    @property
    def system_labels(self) -> list[str]:
        return [str(SYSTEMS[name]) for name in self.systems]


@dataclass(frozen=True)
class Prose:
    """Paragraphs and lists, as HTML that the Markdown renderer made (raw HTML in content is escaped)."""

    html: str
    template: ClassVar[str] = "guides/_prose.html"


@dataclass(frozen=True)
class Subheading:
    id: str
    title: str
    template: ClassVar[str] = "guides/_subheading.html"


@dataclass(frozen=True)
class Note:
    kind: str
    parts: tuple[Part, ...]
    template: ClassVar[str] = "guides/_note.html"


@dataclass(frozen=True)
class Details:
    summary: str
    parts: tuple[Part, ...]
    template: ClassVar[str] = "guides/_details.html"


@dataclass(frozen=True)
class Field:
    """`copy` is the bare value for the clipboard, empty where there is none; `me` marks the reader's address."""

    label: str
    html: str
    copy: str = ""
    me: bool = False


@dataclass(frozen=True)
class Fields:
    fields: tuple[Field, ...]
    template: ClassVar[str] = "guides/_fields.html"


@dataclass(frozen=True)
class ServerCard:
    """`name` is a key of the service file's servers: imap, pop or smtp."""

    name: str
    server: Server
    template: ClassVar[str] = "guides/_server.html"


@dataclass(frozen=True)
class GuidePlace:
    address: str
    name: str
    html: str


@dataclass(frozen=True)
class Places:
    places: tuple[GuidePlace, ...]
    template: ClassVar[str] = "guides/_places.html"


@dataclass(frozen=True)
class Cell:
    """`label` is the text of the column's head, shown beside the cell on narrow screens."""

    label: str
    html: str


@dataclass(frozen=True)
class Table:
    """`document` says that the words are the document's, to be shown with its source."""

    caption: str
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    document: bool = False
    template: ClassVar[str] = "guides/_table.html"


@dataclass(frozen=True)
class GuideStep:
    """`former` are ids that this step had before; they still lead here."""

    id: str
    title: str
    parts: tuple[Part, ...]
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Steps:
    steps: tuple[GuideStep, ...]
    template: ClassVar[str] = "guides/_steps.html"


@dataclass(frozen=True)
class SystemPanel:
    """One tab. `tested` is the small line under it, as HTML; `id` is a name of SYSTEMS."""

    id: str
    tested: str
    parts: tuple[Part, ...]
    former: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return str(SYSTEMS[self.id])


@dataclass(frozen=True)
class Systems:
    panels: tuple[SystemPanel, ...]
    template: ClassVar[str] = "guides/_systems.html"


# What stands in a section, a step, a tab, a note or details, in the order of the page.
Part = Prose | Subheading | Note | Details | Fields | ServerCard | Places | Table | Steps | Systems


@dataclass(frozen=True)
class GuideSection:
    id: str
    title: str
    parts: tuple[Part, ...]
    former: tuple[str, ...] = ()

    @property
    def is_wide(self) -> bool:
        return any(isinstance(part, Table) for part in self.parts)


@dataclass(frozen=True)
class Guide:
    slug: str
    language: str
    head: Head
    sections: tuple[GuideSection, ...]

    def list_ids(self) -> Iterator[str]:
        """Every permanent id of the page, in its order."""
        for section in self.sections:
            yield section.id
            yield from _list_ids(section.parts)


def _list_ids(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Subheading) and part.id:
            yield part.id
        for owner in _list_owners(part):
            if isinstance(owner, GuideStep | SystemPanel):
                yield owner.id
            yield from _list_ids(owner.parts)


def _list_owners(part: Part) -> tuple[GuideStep | SystemPanel | Note | Details, ...]:
    """What in this part holds further parts."""
    if isinstance(part, Steps):
        return part.steps
    if isinstance(part, Systems):
        return part.panels
    return (part,) if isinstance(part, Note | Details) else ()
