"""What every form can do: read text as people type it, and name each error where it can be mended."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.forms.base import SummaryMixin
from portal.forms.fields import AddressesField, LinesField


class Sample(SummaryMixin, forms.Form):
    choice = forms.ChoiceField(choices=[("a", "a"), ("b", "b")], widget=forms.RadioSelect)
    words = LinesField(required=False)
    people = AddressesField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def sent(**values: str) -> Sample:
    data = QueryDict(mutable=True)
    data.update({"choice": "a", **values})  # type: ignore[arg-type]
    return Sample(data)


def value(name: str, text: str) -> Any:
    form = sent(**{name: text})
    assert form.is_valid(), form.errors
    return form.cleaned_data[name]


def said(name: str, text: str) -> list[str]:
    with override("en"):
        return [str(message) for message in sent(**{name: text}).errors[name]]


def test_every_error_leads_to_its_field() -> None:
    form = sent(choice="c", people="x")
    form.add_error(None, "whole")
    form.add_error("secret", "hidden")
    assert [item["id"] for item in form.error_list] == ["id_choice_0", "id_choice_0", "id_people", "id_secret"]
    assert form.error_list[0]["message"] == "whole"
    assert form.failed


def test_a_form_that_was_not_sent_has_not_failed() -> None:
    form = Sample()
    assert form.error_list == []
    assert not form.failed
    assert "required" not in form.as_p()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_words_stand_one_a_line(end: str) -> None:
    assert value("words", end.join(["  a, b ", "", "課題　提出", "\u3000", "a, b"])) == ("a, b", "課題　提出")


def test_addresses_stand_apart_by_anything_people_use() -> None:
    text = "a@example.com、ｂ＠ｅｘａｍｐｌｅ．ｃｏｍ; C <c@EXAMPLE.com>\nA@example.com"
    assert value("people", text) == ("a@example.com", "b@example.com", "c@example.com")


def test_each_text_that_is_no_address_has_a_message() -> None:
    assert said("people", "sato, a@, a..b@example.com, " + "x" * 300 + "@example.com") == [
        "“sato” is not a mail address: it has no @.",
        "“a@” is not a mail address: the part after the @ cannot be used.",
        "“a..b@example.com” is not a mail address: the part before the @ cannot be used.",
        "“" + "x" * 59 + "…” is too long for a mail address.",
    ]


def test_too_many_and_too_long_is_said() -> None:
    assert said("words", "x" * 256) == ["“" + "x" * 59 + "…” is longer than 255 characters."]
    assert said("words", "\n".join(map(str, range(101)))) == ["Write at most 100 lines."]


@given(st.text(max_size=90))
def test_text_is_free_of_control_characters(text: str) -> None:
    for word in value("words", text):
        assert not [each for each in word if ord(each) < 32 and each != "\t"]
        assert not [each for each in word if 0x7F <= ord(each) < 0xA0]
