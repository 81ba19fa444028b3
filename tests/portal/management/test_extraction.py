"""Every message of the sources is found, in Python and in templates."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from portal.management.extraction import extract

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, npgettext_lazy, pgettext
_("One")
gettext_lazy("A sentence "
             "in two lines")
pgettext("button", "Save")
ngettext("%(n)s rule", "%(n)s rules", 2)
npgettext_lazy("list", "%(n)s folder", "%(n)s folders", "n")
_(PYTHON)
"""
TEMPLATE = """{% load i18n %}
<p title="it's {{ here }}">{% translate "Two words" %}</p>
  {% blocktranslate trimmed with name=who.name %}
    Dear {{ name }},
    it's “full”.
  {% endblocktranslate %}
<a title="{% translate 'Off' context 'lamp' %}">{% blocktranslate trimmed count n=it|length %}
  {{ n }} message{% plural %}{{ n }} messages
{% endblocktranslate %}</a>
"""


@pytest.fixture
def sources(tmp_path: Path) -> Catalog:
    for folder in ("portal/rules", "accounts", "templates/rules"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "portal" / "rules" / "views.py").write_text(PYTHON)
    (tmp_path / "templates" / "rules" / "index.html").write_text(TEMPLATE, encoding="utf-8")
    return extract(tmp_path)


def test_python_gives_its_messages_with_plural_and_context(sources: Catalog) -> None:
    assert "One" in sources
    assert "A sentence in two lines" in sources
    assert sources.get("Save", "button") is not None
    assert sources.get("Save") is None
    assert sources["%(n)s rule"].id == ("%(n)s rule", "%(n)s rules")
    assert sources.get("%(n)s folder", "list").id == ("%(n)s folder", "%(n)s folders")


def test_templates_give_theirs_as_django_looks_them_up(sources: Catalog) -> None:
    assert "Two words" in sources
    assert "Dear %(name)s, it's “full”." in sources
    assert sources.get("Off", "lamp") is not None
    assert sources["%(n)s message"].id == ("%(n)s message", "%(n)s messages")


def test_each_says_where_it_is_used(sources: Catalog) -> None:
    assert sources["One"].locations == [("portal/rules/views.py", 0)]
    assert sources["Two words"].locations == [("templates/rules/index.html", 0)]
    assert len(sources) == 9
