"""What stands under a heading: each kind of block, and what a careless one is told."""

from pathlib import Path

import pytest
from django.conf import settings

from portal.guides.guide import Details, Fields, GuideError, Note, Places, Prose, ServerCard, Steps, Systems, Table
from tests.guides.make_guide import first_part, make_guide

TABS = """## Steps {#steps}
::::: system windows mac
Checked with version 1.

### Sign in {#*-sign-in}
See [above](#*-sign-in).
:::::

::::: system android
### Sign in {#android-sign-in}
Tap it.
:::::
"""


def test_one_text_makes_a_tab_for_each_named_system(tmp_path: Path) -> None:
    guide = make_guide(tmp_path, TABS)
    assert list(guide.list_ids()) == [
        "steps",
        *("windows", "windows-sign-in", "mac", "mac-sign-in", "android", "android-sign-in"),
    ]
    systems = first_part(guide)
    assert isinstance(systems, Systems)
    assert [panel.tested for panel in systems.panels] == ["Checked with version 1."] * 2 + [""]
    (steps,) = systems.panels[1].parts
    assert isinstance(steps, Steps)
    assert steps.steps[0].parts == (Prose('<p>See <a href="#mac-sign-in">above</a>.</p>'),)


def test_a_former_id_leads_to_the_step_that_replaced_it(tmp_path: Path) -> None:
    guide = make_guide(tmp_path, "## S {#s}\n::: steps\n### One {#one}\nDo.\n:::\n", old_name="one")
    steps = first_part(guide)
    assert isinstance(steps, Steps)
    assert steps.steps[0].former == ("old-name",)


def test_notes_and_details_hold_further_blocks(tmp_path: Path) -> None:
    guide = make_guide(tmp_path, "## S {#s}\n:::: details If it says “No”\n::: note warn\nWait.\n:::\n::::\n")
    assert first_part(guide) == Details("If it says “No”", (Note("warn", (Prose("<p>Wait.</p>"),)),))


def test_only_bare_values_can_be_copied(tmp_path: Path) -> None:
    guide = make_guide(
        tmp_path, "## S {#s}\n::: fields\n- Name: your name\n- Address: {{ me }}\n- Kind: `plain`\n:::\n"
    )
    fields = first_part(guide)
    assert isinstance(fields, Fields)
    assert [(field.label, field.copy, field.me) for field in fields.fields] == [
        ("Name", "", False),
        ("Address", settings.SERVICE.mail.example_address, True),
        ("Kind", "plain", False),
    ]


def test_a_japanese_field_may_use_a_full_width_colon(tmp_path: Path) -> None:
    guide = make_guide(tmp_path, "## S {#s}\n::: fields\n- 氏名：あなたの名前\n:::\n", language="ja")
    fields = first_part(guide)
    assert isinstance(fields, Fields)
    assert (fields.fields[0].label, fields.fields[0].html) == ("氏名", "あなたの名前")


def test_a_server_card_takes_its_values_from_the_service_file(tmp_path: Path) -> None:
    card = first_part(make_guide(tmp_path, "## S {#s}\n::: server smtp\n:::\n"))
    assert isinstance(card, ServerCard)
    assert (card.server.protocol, card.server.security) == ("SMTP", "STARTTLS")


def test_places_have_a_link_and_an_explanation(tmp_path: Path) -> None:
    guide = make_guide(tmp_path, "## S {#s}\n::: places\n- [**Mac**]({{ links.webmail }}) In a *browser*\n:::\n")
    places = first_part(guide)
    assert isinstance(places, Places)
    assert places.places[0].name == "Mac"
    assert places.places[0].address.startswith("https://")
    assert places.places[0].html == "In a <em>browser</em>"


def test_a_table_of_the_document_keeps_its_words_beside_what_holds_now(tmp_path: Path) -> None:
    guide = make_guide(
        tmp_path,
        "## S {#s}\n:::: document-table Sending\n"
        "| Way | SSL [Security]{.now} |\n|---|---|\n| SMTP | TLS [STARTTLS]{.now} |\n::::\n",
    )
    table = first_part(guide)
    assert isinstance(table, Table)
    assert table.document
    assert table.caption == "Sending"
    assert table.rows[0][1].label == "SSL"
    assert table.rows[0][1].html == 'TLS <span class="now"><span class="now-word">Now</span> STARTTLS</span>'


@pytest.mark.parametrize(
    ("markdown", "sentence"),
    [
        ("## S {#s}\n\n::: steps\n### No id\n:::\n", "line 10: a step needs an id"),
        ("## S {#s}\n::: steps\nNo step.\n:::\n", "steps begin with a ### heading"),
        ("## S {#s}\n::: system beos\n:::\n", "a system is one of windows"),
        ("## S {#s}\n::: note loud\nHey.\n:::\n", "a note is plain or warn"),
        ("## S {#s}\n::: details\nWhy?\n:::\n", "details need a summary"),
        ("## S {#s}\n::: server http\n:::\n", "a server is imap, pop or smtp"),
        ("## S {#s}\n::: fields\nNothing.\n:::\n", "fields are a list"),
        ("## S {#s}\n::: places\n- Nowhere\n:::\n", "a place is written"),
        ("## S {#s}\n::: table\n| A |\n|---|\n| b |\n:::\n", "a table block has a caption"),
    ],
)
def test_a_careless_block_is_told_where_and_what(tmp_path: Path, markdown: str, sentence: str) -> None:
    with pytest.raises(GuideError) as caught:
        make_guide(tmp_path, markdown)
    assert str(caught.value).startswith("made.en.md, line ")
    assert sentence in str(caught.value)
