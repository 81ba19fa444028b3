"""The folders that mail can be moved to, as the options of a list."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.mailbox.folders import Role, Tree
from portal.sentences.marks import visible

INDENT = "\N{IDEOGRAPHIC SPACE}"
Choice = tuple[str, str]


def folder_choices(tree: object, present: str) -> list[Choice]:
    """(folder id, name), indented by depth, under "do not move". `present` is among them even when it is not found."""
    choices = [("", _("Do not move")), *_folders(tree)]
    if present and present not in dict(choices):
        lost = _("A folder that was not found") if isinstance(tree, Tree) else _("The folder chosen before")
        choices.append((present, lost))
    return choices


def _folders(tree: object) -> list[Choice]:
    if not isinstance(tree, Tree):
        return []
    return [
        (folder.id, INDENT * depth + visible(folder.name))
        for depth, folder in tree.in_order()
        if not (folder.hidden or folder.role is Role.RECOVERABLE)
    ]
