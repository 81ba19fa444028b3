"""Filters for every template: sizes, and texts that the service file has in both languages."""

from __future__ import annotations

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language

from portal.service import Text

register = template.Library()

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
UNITS = ("B", "KB", "MB", "GB", "TB")


@register.filter
def in_language(text: Text) -> str:
    """One text of the service file in the reader's language."""
    return text.in_language(get_language() or "ja")


@register.filter
def size(count: int) -> str:
    """A size in bytes as a person reads it: 49.0 GB (1 GB = 2^30 bytes, as Microsoft counts)."""
    value, unit = float(count), 0
    while round(value, _places(unit)) >= 1024 and unit < len(UNITS) - 1:
        value, unit = value / 1024, unit + 1
    return f"{number_format(round(value, _places(unit)), _places(unit), use_l10n=True)}{NO_BREAK_SPACE}{UNITS[unit]}"


def _places(unit: int) -> int:
    """Decimals: one from GB on."""
    return 1 if unit >= UNITS.index("GB") else 0


@register.filter
def grouped(count: int) -> str:
    """A whole number with separators: 18,204."""
    return number_format(count, 0, use_l10n=True, force_grouping=True)
