"""The value of a term in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.mailbox.folders import Tree
from portal.mailbox.rules import Address, SizeRange, Value
from portal.mailbox.vocabulary import ACTIONS, Term, TermKind
from portal.sentences.choices import CHOICES
from portal.sentences.joining import ALL_NAMES, ALL_PEOPLE, ANY_NAME, ANY_WORD, Row
from portal.sentences.marks import Mark

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
BETWEEN_FOLDERS = f"{NO_BREAK_SPACE}› "
KB_IN_MB = 1024
# Terms whose words are names of categories, not text to look for.
CATEGORIES = ("categories", "assign_categories")


def holes(term: Term, value: Value, tree: object, mark: Mark) -> dict[str, str]:
    """What fills the holes of the term's phrase. `tree` is a Tree, or anything else when the folders are not known."""
    if isinstance(value, SizeRange):
        return {"least": size(value.minimum_kb, mark), "most": size(value.maximum_kb, mark)}
    if term.kind is TermKind.FOLDER:
        return {"folder": folder(str(value), tree, mark)}
    if term.kind is TermKind.CHOICE:
        words = CHOICES[term.name][str(value)]
        return {"choice": mark(pgettext("a choice in a sentence", "%(name)s") % {"name": words})}
    if isinstance(value, tuple):
        return {"words": several(term, value, mark)}
    return {}


def several(term: Term, value: tuple[str, ...] | tuple[Address, ...], mark: Mark) -> str:
    """Any of them in a predicate, all of them in an action."""
    if term.kind is TermKind.PEOPLE:
        people: Row = ALL_PEOPLE if term.name in ACTIONS else ANY_WORD
        return people([mark(person(each)) for each in value if isinstance(each, Address)])
    if term.name in CATEGORIES:
        names: Row = ALL_NAMES if term.name in ACTIONS else ANY_NAME
        return names([mark(quoted(str(each))) for each in value])
    return ANY_WORD([mark(sought(str(each))) for each in value])


def person(found: Address) -> str:
    """The address, or the name where the address is one of Exchange's own ("/o=…")."""
    return found.address if "@" in found.address or not found.name else found.name


def folder(folder_id: str, tree: object, mark: Mark) -> str:
    """The folder with its place in the tree."""
    if not isinstance(tree, Tree):
        return _("a folder")
    path = tree.get_path(folder_id)
    if not path:
        return _("a folder that was not found")
    return _("the folder %(path)s") % {"path": mark(quoted(BETWEEN_FOLDERS.join(path)))}


def quoted(name: str) -> str:
    return pgettext("a name in a sentence", "“%(name)s”") % {"name": name}


def sought(word: str) -> str:
    return pgettext("a word to look for in a sentence", "“%(word)s”") % {"word": word}


def size(kilobytes: int | None, mark: Mark) -> str:
    """Exact: 10 MB, 1,500 KB."""
    if kilobytes is None:
        return ""
    whole_mb = kilobytes and kilobytes % KB_IN_MB == 0
    count, unit = (kilobytes // KB_IN_MB, "MB") if whole_mb else (kilobytes, "KB")
    return mark(f"{number_format(count, 0, use_l10n=True, force_grouping=True)}{NO_BREAK_SPACE}{unit}")
