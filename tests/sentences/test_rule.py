"""Every rule that the vocabulary can say has a sentence in both languages."""

from __future__ import annotations

import re

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.mailbox.folders import Folder, Tree
from portal.mailbox.rules import Address, Parts, Rule, SizeRange
from portal.mailbox.vocabulary import ACTIONS, PREDICATES, Term, TermKind
from portal.sentences.rule import write_sentence
from portal.sentences.values import make_visible
from portal.templatetags.sentences import kept_sentences, rule_sentence

TREE = Tree((Folder("inbox", "受信トレイ"), Folder("tasks", "課題", parent_id="inbox")))
END = {"ja": "。", "en": "."}
# Latin words that Japanese writes as they are.
LATIN = {"CC", "KB", "MB", "Outlook"}

words = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=8)
addresses = st.builds(Address, st.sampled_from(["a@example.com", "b@example.ac.jp", "/o=ExchangeLabs/cn=x"]), words)


def values(term: Term) -> st.SearchStrategy[object]:
    """Every value that the term can take."""
    return {
        TermKind.WORDS: st.lists(words, min_size=1, max_size=4).map(tuple),
        TermKind.PEOPLE: st.lists(addresses, min_size=1, max_size=4).map(tuple),
        TermKind.YES: st.just(True),
        TermKind.CHOICE: st.sampled_from(term.choices or ("",)),
        TermKind.SIZE: st.builds(SizeRange, st.integers(0, 99999), st.none() | st.integers(0, 99999)),
        TermKind.FOLDER: st.sampled_from(["tasks", "gone"]),
    }[term.kind]


def parts(terms: dict[str, Term]) -> st.SearchStrategy[Parts]:
    return st.fixed_dictionaries({}, optional={name: values(term) for name, term in terms.items()}).map(Parts)


UNKNOWN = ("conditions.new", "exceptions.new", "actions.new", "somethingNew")
rules = st.builds(
    Rule,
    id=st.just("1"),
    name=words,
    sequence=st.just(1),
    enabled=st.booleans(),
    has_error=st.booleans(),
    read_only=st.booleans(),
    conditions=parts(dict(PREDICATES)),
    exceptions=parts(dict(PREDICATES)),
    actions=parts(dict(ACTIONS)),
    unknown=st.frozensets(st.sampled_from(UNKNOWN)),
)
generous = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def rule(**members: object) -> Rule:
    """A rule that is on; conditions, exceptions and actions as dictionaries."""
    named = {name: Parts(members.pop(name, {})) for name in ("conditions", "exceptions", "actions")}  # type: ignore[arg-type]
    return Rule("1", "x", 1, True, False, bool(members.pop("read_only", False)), **named, **members)  # type: ignore[arg-type]


def write(found: Rule, language: str, tree: object = TREE) -> str:
    with override(language):
        return write_sentence(found, tree, make_visible)


def own_words(html: str) -> str:
    """The sentence without its values."""
    return re.sub(r'<b class="word[^"]*">.*?</b>', "", html)


@generous
@given(rules)
def test_every_rule_has_a_whole_sentence_in_both_languages(found: Rule) -> None:
    for language, end in END.items():
        with override(language):
            html = rule_sentence(found, TREE)
        assert own_words(html).endswith(end)
        assert "%(" not in own_words(html)


@generous
@given(rules)
def test_a_japanese_sentence_has_no_english_words_of_ours(found: Rule) -> None:
    with override("ja"):
        html = own_words(rule_sentence(found, TREE) + "".join(kept_sentences(found, TREE)))
    assert set(re.findall("[A-Za-z]+", html)) <= LATIN


@generous
@given(rules)
def test_values_are_text_on_a_page_and_carry_no_control_characters(found: Rule) -> None:
    with override("en"):
        html = rule_sentence(found, TREE)
    assert not re.search(r"<(?!b class=\"word\">|/b>)", html)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", html)


@pytest.mark.parametrize("name", PREDICATES)
@pytest.mark.parametrize("language", END)
def test_each_predicate_reads_differently_from_its_neighbours(name: str, language: str) -> None:
    sample = {
        TermKind.WORDS: ("x",),
        TermKind.PEOPLE: (Address("x"),),
        TermKind.YES: True,
        TermKind.SIZE: SizeRange(1, 2),
    }
    every = {
        write(rule(conditions={term.name: sample.get(term.kind, (*term.choices, "")[0])}), language)
        for term in PREDICATES.values()
    }
    assert len(every) == len(PREDICATES)


JAPANESE = [
    (
        rule(
            conditions={"sender_contains": ("manaba",)},
            actions={"move_to_folder": "tasks", "stop_processing_rules": True},
        ),
        '差出人に "manaba" を含むメールを、'
        "フォルダー「受信トレイ\N{NO-BREAK SPACE}› 課題」へ移動し、以降のルールを確認しない。",
        "If the sender contains “manaba”, "
        "move the message to the folder “受信トレイ\N{NO-BREAK SPACE}› 課題” and do not check later rules.",
    ),
    (
        rule(
            actions={"forward_to": (Address("a@example.com"), Address("b@example.com"))},
            exceptions={"subject_contains": ("[内部]", "採点"), "has_attachments": True},
        ),
        "すべてのメールを、a@example.com と b@example.com へ転送する。"
        'ただし、件名に "[内部]" か "採点" を含むメール、または添付ファイルがあるメールを除く。',
        "Forward every message to a@example.com and b@example.com, except if the subject contains "
        "“[内部]” or “採点”, or if it has an attachment.",
    ),
    (
        rule(
            conditions={"from_addresses": (Address("a@x.jp"),), "within_size_range": SizeRange(10240, None)},
            actions={"mark_importance": "high", "assign_categories": ("ゼミ", "研究")},
        ),
        "差出人が a@x.jp で、サイズが 10\N{NO-BREAK SPACE}MB 以上のメールに、"
        "重要度「高」を付け、分類「ゼミ」と「研究」を付ける。",
        "If the sender is a@x.jp and the size is 10\N{NO-BREAK SPACE}MB or more, "
        "set the importance of the message to high and categorise it as “ゼミ” and “研究”.",
    ),
    (
        rule(conditions={"is_voicemail": True}, actions={"stop_processing_rules": True}),
        "ボイスメールであるメールは、以降のルールを確認しない。",
        "If it is a voicemail, do not check later rules.",
    ),
    (
        rule(conditions={"sent_only_to_me": True}, actions={"move_to_folder": "gone"}),
        "自分だけに届いたメールを、見つからないフォルダーへ移動する。",
        "If it is sent only to you, move the message to a folder that was not found.",
    ),
    (
        rule(read_only=True),
        "このルールの内容は、Outlook でだけ表示できます。",
        "The contents of this rule can be shown only in Outlook.",
    ),
    (
        rule(actions={"delete": True}, unknown=frozenset({"conditions.new", "extra"})),
        "このサイトで表示できない条件に合うメールを、削除済みアイテムへ移動する。ほかに、このサイトで表示できない設定がある。",
        "If it fulfils a condition that cannot be shown here, move the message to Deleted Items. "
        "It also has a setting that cannot be shown here.",
    ),
]


@pytest.mark.parametrize(("found", "japanese", "english"), JAPANESE)
def test_sentences_read_as_people_write_them(found: Rule, japanese: str, english: str) -> None:
    assert write(found, "ja") == japanese
    assert write(found, "en") == english


def test_a_folder_has_no_name_where_the_folders_are_not_known() -> None:
    moving = rule(conditions={"is_signed": True}, actions={"move_to_folder": "tasks"})
    assert write(moving, "ja", None) == "電子署名が付いたメールを、フォルダーへ移動する。"
    assert write(moving, "en", None) == "If it is digitally signed, move the message to a folder."


def test_values_stand_out_and_are_escaped() -> None:
    found = rule(conditions={"subject_contains": ("<b>\x01",)}, actions={"mark_as_read": True})
    with override("ja"):
        html = rule_sentence(found, TREE)
    assert html == '件名に <b class="word">&quot;&lt;b&gt;␁&quot;</b> を含むメールを、既読にする。'


def test_the_parts_that_a_form_leaves_alone_are_sentences_of_their_own() -> None:
    found = rule(
        conditions={"sender_contains": ("lab",)},
        exceptions={"is_signed": True},
        actions={"permanent_delete": True},
        unknown=frozenset({"actions.new"}),
    )
    with override("ja"):
        assert [strip_tags(line) for line in kept_sentences(found, TREE)] == [
            "対象は、差出人に &quot;lab&quot; を含むメールだけ。",
            "電子署名が付いたメールを除く。",
            "完全に削除する。",
            "このサイトで表示できない操作を行う。",
        ]
    with override("en"):
        assert kept_sentences(found, TREE)[2:] == [
            "Delete it permanently.",
            "Do something with it that cannot be shown here.",
        ]
