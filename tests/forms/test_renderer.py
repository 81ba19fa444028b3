"""Widgets written without a template are what Django's own templates make of them."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.forms.renderer import WRITERS, Written
from portal.forwarding.forms import ForwardingForm, TicketForm
from portal.rules.forms import DeleteForm, RuleForm, SwitchForm

TEXTS = st.one_of(
    st.none(), st.text(max_size=20), st.sampled_from(["", "0", '"><script>', "a & b", "受信トレイ", "\n x"])
)
ATTRS = st.dictionaries(
    st.sampled_from(["id", "rows", "class", "checked", "aria-invalid"]), st.one_of(TEXTS, st.booleans())
)
ASKED = (
    forms.TextInput(),
    forms.HiddenInput(),
    forms.CheckboxInput(),
    forms.Textarea(),
    forms.Select(choices=[("", "—"), ("a", "A & B"), ("b", "<i>")]),
    forms.Select(choices=[("", "—"), ("Group", [("a", "A"), ("b", "B")])]),
)


@pytest.mark.parametrize("widget", ASKED, ids=lambda widget: type(widget).__name__)
@settings(deadline=None)
@given(value=TEXTS, attrs=ATTRS)
def test_a_widget_is_written_as_the_template_would(widget: forms.Widget, value: Any, attrs: dict[str, Any]) -> None:
    told = {"name": "it", "value": value, "attrs": attrs}
    assert widget.render(**told, renderer=Written()) == widget.render(**told, renderer=DjangoTemplates())


def test_every_widget_of_our_forms_but_radio_buttons_is_written() -> None:
    widgets = [
        field.widget
        for form in (RuleForm, SwitchForm, DeleteForm, ForwardingForm, TicketForm)
        for field in form.base_fields.values()
    ]
    templates = {widget.template_name for widget in widgets}
    assert templates - set(WRITERS) == {forms.RadioSelect.template_name}
