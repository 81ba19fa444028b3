"""Filters for every template: sizes and counts.

A table has dozens of numbers: Django's number_format takes five times as long for each.
"""

from __future__ import annotations

from django import template
from django.utils.formats import get_format

register = template.Library()

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
UNITS = ("B", "KB", "MB", "GB", "TB")


@register.filter
def size(count: int) -> str:
    """A size in bytes as a person reads it: 49.0 GB (1 GB = 2^30 bytes, as Microsoft counts)."""
    value, unit = float(count), 0
    while round(value, _places(unit)) >= 1024 and unit < len(UNITS) - 1:
        value, unit = value / 1024, unit + 1
    number = f"{value:.{_places(unit)}f}".replace(".", get_format("DECIMAL_SEPARATOR"))
    return f"{number}{NO_BREAK_SPACE}{UNITS[unit]}"


def _places(unit: int) -> int:
    """Decimals: one from GB on."""
    return 1 if unit >= UNITS.index("GB") else 0


@register.filter
def grouped(count: int) -> str:
    """A whole number with separators: 18,204."""
    return f"{count:,}".replace(",", get_format("THOUSAND_SEPARATOR"))
