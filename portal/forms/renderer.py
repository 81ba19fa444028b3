"""How the widgets of a form become HTML: those that our forms have are written here, without a template.

Fifteen widgets through Django's templates took a quarter of the time of the page of a new rule. What is written is,
letter by letter, what those templates make; a widget that is not known here still goes through them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# What a template would find under "widget": name, type, value, attrs, …
Widget = Mapping[str, Any]


class Written(DjangoTemplates):
    """Set as FORM_RENDERER."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        writer = WRITERS.get(template_name)
        written = writer(context["widget"]) if writer else None
        return super().render(template_name, context, request) if written is None else written


def control(widget: Widget) -> SafeString:
    value = widget["value"]
    told = "" if value is None else format_html(' value="{}"', value)
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], told, attributes(widget))


def area(widget: Widget) -> SafeString:
    value = widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], attributes(widget), value)


def select(widget: Widget) -> SafeString | None:
    """None for one with groups: no form of ours has any."""
    groups = widget["optgroups"]
    if any(name for name, _, _ in groups):
        return None
    options = format_html_join("", "\n  {}\n", ((option(each),) for _, choices, _ in groups for each in choices))
    return format_html('<select name="{}"{}>{}\n</select>', widget["name"], attributes(widget), options)


def option(widget: Widget) -> SafeString:
    return format_html('<option value="{}"{}>{}</option>', widget["value"], attributes(widget), widget["label"])


def attributes(widget: Widget) -> SafeString:
    """True is an attribute without a value, False none at all."""
    given = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    told = ((name, "" if value is True else format_html('="{}"', value)) for name, value in given)
    return format_html_join("", " {}{}", told)


WRITERS: Mapping[str, Callable[[Widget], SafeString | None]] = {
    "django/forms/widgets/checkbox.html": control,
    "django/forms/widgets/hidden.html": control,
    "django/forms/widgets/text.html": control,
    "django/forms/widgets/textarea.html": area,
    "django/forms/widgets/select.html": select,
}
