"""The message catalogues beside the sources: brought up to date, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

# Without dates, which would change with every run.
HEADER = r"""# The Japanese words of Madoguchi. `make messages` keeps this file; edit the msgstr lines only.
msgid ""
msgstr ""
"Project-Id-Version: madoguchi\n"
"Language: ja\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""


def read_catalogue(path: Path) -> Catalog:
    """The catalogue at `path`; an empty Japanese one when there is none."""
    if not path.is_file():
        return Catalog(locale="ja")
    with path.open("rb") as file:
        return read_po(file, locale="ja", charset="utf-8", abort_invalid=True)


def messages(catalogue: Catalog) -> Iterator[Message]:
    """All but the header."""
    return (message for message in catalogue if message.id)


def entry_for(catalogue: Catalog, message: Message) -> Message | None:
    """The entry for the same words in the same context, if both are plural or neither is."""
    known = catalogue.get(message.id, message.context)
    return known if known is not None and known.id == message.id else None


def is_translated(message: Message) -> bool:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(texts) and all(texts)


def problems(there: Catalog, sources: Catalog) -> Iterator[str]:
    """One line for each message that is missing, untranslated, fuzzy, wrong in its placeholders, or no longer used."""
    for message in messages(sources):
        known = entry_for(there, message)
        if known is None or not is_translated(known):
            yield f"not translated: {line_about(message)}"
    for message in messages(there):
        if message.fuzzy:
            yield f"fuzzy: {line_about(message)}"
        if entry_for(sources, message) is None:
            yield f"no longer used: {line_about(message)}"
        elif is_translated(message):
            yield from (f"{error}: {line_about(message)}" for error in message.check(there))


def line_about(message: Message) -> str:
    """The message, its context and where it is used, in one line."""
    text = message.id[0] if isinstance(message.id, tuple | list) else message.id
    context = f" [{message.context}]" if message.context else ""
    where = ", ".join(sorted({path for path, _ in message.locations}))
    return f"{text!r}{context}" + (f" ({where})" if where else "")


def write_catalogue(catalogue: Catalog, path: Path) -> None:
    """As text, and compiled beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode())
        write_po(
            file, catalogue, width=110, include_lineno=False, sort_output=True, omit_header=True, ignore_obsolete=True
        )
    write_compiled(catalogue, path)


def write_compiled(catalogue: Catalog, path: Path) -> None:
    """The form that gettext reads, beside the catalogue at `path`; nobody finds half of it there."""
    made = path.with_suffix(".mo")
    unfinished = made.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(made)
