"""The value of a term in words: one, or several in a row as each language puts them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from portal.mailbox.folders import Tree
from portal.mailbox.rules import Address, SizeRange, Value
from portal.mailbox.vocabulary import ACTIONS, Term, TermKind

# What is done to each value: made bold on a page, left as it is in plain text.
Mark = Callable[[str], str]

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
BETWEEN_FOLDERS = f"{NO_BREAK_SPACE}› "
KB_IN_MB = 1024
# Terms whose words are names of categories, not text to look for.
CATEGORIES = ("categories", "assign_categories")
CONTROL_PICTURES = 0x2400
DELETE, PICTURE_OF_DELETE = 0x7F, "\u2421"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Unicode categories: controls, surrogates, line and paragraph separators.
INVISIBLE = ("Cc", "Cs", "Zl", "Zp")

# The words for the choices that a term offers.
CHOICES = {
    "importance": {
        "low": pgettext_lazy("importance", "low"),
        "normal": pgettext_lazy("importance", "normal"),
        "high": pgettext_lazy("importance", "high"),
    },
    "sensitivity": {
        "normal": pgettext_lazy("sensitivity", "normal"),
        "personal": pgettext_lazy("sensitivity", "personal"),
        "private": pgettext_lazy("sensitivity", "private"),
        "confidential": pgettext_lazy("sensitivity", "confidential"),
    },
    "message_action_flag": {
        "any": pgettext_lazy("flag", "any action"),
        "call": pgettext_lazy("flag", "call"),
        "doNotForward": pgettext_lazy("flag", "do not forward"),
        "followUp": pgettext_lazy("flag", "follow up"),
        "fyi": pgettext_lazy("flag", "for your information"),
        "forward": pgettext_lazy("flag", "forward"),
        "noResponseNecessary": pgettext_lazy("flag", "no response necessary"),
        "read": pgettext_lazy("flag", "read"),
        "reply": pgettext_lazy("flag", "reply"),
        "replyToAll": pgettext_lazy("flag", "reply to all"),
        "review": pgettext_lazy("flag", "review"),
    },
}
CHOICES["mark_importance"] = CHOICES["importance"]


@dataclass(frozen=True)
class Series:
    """How a language puts several things in a row: `more` joins one to those that follow, `last` the last two."""

    more: Promise
    last: Promise

    def join(self, things: Sequence[str]) -> str:
        """All things, of which there is at least one."""
        *earlier, text = things
        pattern = self.last
        for thing in reversed(earlier):
            text = str(pattern) % {"first": thing, "rest": text}
            pattern = self.more
        return text


ANY_WORD = Series(
    pgettext_lazy("any of these words", "%(first)s, %(rest)s"),
    pgettext_lazy("any of these words", "%(first)s or %(rest)s"),
)
ANY_NAME = Series(
    pgettext_lazy("any of these names", "%(first)s, %(rest)s"),
    pgettext_lazy("any of these names", "%(first)s or %(rest)s"),
)
ALL_PEOPLE = Series(
    pgettext_lazy("all of these people", "%(first)s, %(rest)s"),
    pgettext_lazy("all of these people", "%(first)s and %(rest)s"),
)
ALL_NAMES = Series(
    pgettext_lazy("all of these names", "%(first)s, %(rest)s"),
    pgettext_lazy("all of these names", "%(first)s and %(rest)s"),
)
# For texts beside the sentences about rules: the items of a bare list, and whole sentences after each other.
ITEMS = Series(
    pgettext_lazy("items of a list", "%(first)s, %(rest)s"),
    pgettext_lazy("items of a list", "%(first)s, %(rest)s"),
)
SENTENCE_SERIES = Series(
    pgettext_lazy("sentences", "%(first)s %(rest)s"),
    pgettext_lazy("sentences", "%(first)s %(rest)s"),
)


def fill_phrase(term: Term, value: Value, tree: object, mark: Mark) -> dict[str, str]:
    """What the term's phrase takes for its %(…)s. `tree` is a Tree, or anything else when the folders are not known."""
    if isinstance(value, SizeRange):
        return {"least": write_size(value.minimum_kb, mark), "most": write_size(value.maximum_kb, mark)}
    if term.kind is TermKind.FOLDER:
        return {"folder": write_folder(str(value), tree, mark)}
    if term.kind is TermKind.CHOICE:
        words = CHOICES[term.name][str(value)]
        return {"choice": mark(pgettext("a choice in a sentence", "%(name)s") % {"name": words})}
    if isinstance(value, tuple):
        return {"words": join_members(term, value, mark)}
    return {}


def join_members(term: Term, value: tuple[str, ...] | tuple[Address, ...], mark: Mark) -> str:
    """Any of them in a predicate, all of them in an action."""
    if term.kind is TermKind.PEOPLE:
        people = ALL_PEOPLE if term.name in ACTIONS else ANY_WORD
        return people.join([mark(write_person(each)) for each in value if isinstance(each, Address)])
    if term.name in CATEGORIES:
        names = ALL_NAMES if term.name in ACTIONS else ANY_NAME
        return names.join([mark(quote_name(str(each))) for each in value])
    return ANY_WORD.join([mark(quote_word(str(each))) for each in value])


def write_person(person: Address) -> str:
    """The address, or the name where the address is one of Exchange's own ("/o=…")."""
    return person.address if "@" in person.address or not person.name else person.name


def write_folder(folder_id: str, tree: object, mark: Mark) -> str:
    """The folder with its place in the tree."""
    if not isinstance(tree, Tree):
        return _("a folder")
    path = tree.get_path(folder_id)
    if not path:
        return _("a folder that was not found")
    return _("the folder %(path)s") % {"path": mark(quote_name(BETWEEN_FOLDERS.join(path)))}


def quote_name(name: str) -> str:
    return pgettext("a name in a sentence", "“%(name)s”") % {"name": name}


def quote_word(word: str) -> str:
    """A word to look for: Japanese marks it otherwise than a name."""
    return pgettext("a word to look for in a sentence", "“%(word)s”") % {"word": word}


def write_size(kilobytes: int | None, mark: Mark) -> str:
    """Exact: 10 MB, 1,500 KB."""
    if kilobytes is None:
        return ""
    whole_mb = kilobytes and kilobytes % KB_IN_MB == 0
    count, unit = (kilobytes // KB_IN_MB, "MB") if whole_mb else (kilobytes, "KB")
    return mark(f"{number_format(count, 0, use_l10n=True, force_grouping=True)}{NO_BREAK_SPACE}{unit}")


def make_visible(text: str) -> str:
    """The text with a symbol for each character that no page may carry or nobody could see."""
    return text if text.isprintable() else "".join(_symbol_of(character) for character in text)


def _symbol_of(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(CONTROL_PICTURES + code)
    if code == DELETE:
        return PICTURE_OF_DELETE
    if unicodedata.category(character) in INVISIBLE or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return REPLACEMENT
    return character
