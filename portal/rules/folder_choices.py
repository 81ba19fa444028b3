"""The folders that mail can be moved to, as the options of a list."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from portal.mailbox.folders import Folder, FolderRole, Tree
from portal.sentences.values import make_visible

# Where a moved message would be lost, or not be a received one; Deleted Items has a box of its own in the form.
NOT_OFFERED = (FolderRole.RECOVERABLE, FolderRole.DELETED, FolderRole.DRAFTS, FolderRole.OUTBOX, FolderRole.HISTORY)
INDENT = "\N{IDEOGRAPHIC SPACE}"
Choice = tuple[str, str]


def folder_choices(tree: object, present: str) -> list[Choice]:
    """(folder id, name), indented by depth, under "do not move". `present` is among them in any case."""
    choices = [("", _("Do not move")), *_folders(tree)]
    if present and present not in dict(choices):
        choices.append((present, _name(tree, present)))
    return choices


def _name(tree: object, folder_id: str) -> str:
    """Of a folder that is not offered."""
    if not isinstance(tree, Tree):
        return _("The folder chosen before")
    folder = tree.by_id.get(folder_id)
    return make_visible(folder.name) if folder else _("A folder that was not found")


def _folders(tree: object) -> list[Choice]:
    if not isinstance(tree, Tree):
        return []
    return [(folder.id, INDENT * depth + make_visible(folder.name)) for depth, folder in _offered(tree)]


def _offered(tree: Tree) -> Iterator[tuple[int, Folder]]:
    """(depth, folder), without those below a folder that is not offered."""
    closed: int | None = None
    for depth, folder in tree.walk():
        if closed is not None and depth > closed:
            continue
        closed = depth if folder.hidden or folder.role in NOT_OFFERED else None
        if closed is None:
            yield depth, folder
