"""What every form of the site can do: take text as people type it, name its errors, carry a problem of the far side."""

from __future__ import annotations

from typing import Any, Protocol, TypedDict

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict

from portal.sentences.values import make_visible


class SummaryItem(TypedDict):
    """One line of the error summary: the id of the field it is about, and the field's own words."""

    id: str
    message: str


class ShownProblem(Protocol):
    """A problem of Microsoft's with the form that was sent (portal/web/problems.py)."""

    @property
    def may_be_done(self) -> bool:
        """Whether what was asked for may have been done all the same."""


class SummaryMixin(forms.BaseForm):
    """For components/errors.html and components/problem.html. The browser checks nothing: the words are ours."""

    use_required_attribute = False
    problem: ShownProblem | None = None
    # Shown again, as it was typed, after a sign-in that came in between.
    restored = False

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        super().__init__(remove_controls(data), *args, **options)

    @property
    def error_list(self) -> list[SummaryItem]:
        """Every error in the order of the fields, each with the place to mend it."""
        return [
            {"id": self._place(name), "message": str(message)}
            for name in (NON_FIELD_ERRORS, *self.fields)
            for message in self.errors.get(name, ())
        ]

    @property
    def failed(self) -> bool:
        """Whether the page's title says "Error"."""
        return bool(self.errors or (self.problem and not self.problem.may_be_done))

    @property
    def in_doubt(self) -> bool:
        """Whether the page's title says that it is not known how this ended."""
        return bool(self.problem and self.problem.may_be_done)

    def _place(self, name: str) -> str:
        """The id that a link to the field leads to; for the form as a whole that of its first field."""
        if name == NON_FIELD_ERRORS:
            name = next((field.name for field in self.visible_fields()), "")
        if name not in self.fields:
            return "main"
        field = self[name]
        return f"{field.auto_id}_0" if isinstance(field.field.widget, forms.RadioSelect) else field.id_for_label


def remove_controls(data: Any) -> Any:
    """What was sent, without characters that nobody can type and no page may carry; line ends and tabs stay."""
    if not isinstance(data, QueryDict):
        return data
    plain = data.copy()
    for name, values in data.lists():
        plain.setlist(name, [keep_printable(value) for value in values])
    return plain


def keep_printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(each for each in text if each in "\t\r\n" or make_visible(each) == each)
