"""The form of a rule without its page: whatever the rule is, and whatever is typed."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.graph.rule_json import decode_rule, encode_rule
from portal.mailbox.folders import Folder, Tree
from portal.mailbox.forwarding import Outside, Policy
from portal.mailbox.rules import Rule
from portal.rules.fields import choose_fields, has_other_parts, keep_other_parts
from portal.rules.forms import RuleForm
from tests.mailbox.examples import addresses, rules
from tests.rules.rule_page import STUDENT, texts, typed_texts

POLICY = Policy(Outside.DOMAINS, own_domains=("example.ac.jp",), allowed_domains=("example.com",), most_addresses=9)
TREE = Tree((Folder("inbox", "受信トレイ"), Folder("tasks", "課題", parent_id="inbox")))

# Texts that make sense come up too: else hardly any form would be valid.
likely = st.fixed_dictionaries(
    {},
    optional={
        "name": texts,
        "subject_contains": st.sampled_from(["課題", "one\r\n two \r\n\r\none"]),
        "from_addresses": addresses | st.just(f"a@example.com、{STUDENT}"),
        "move_to_folder": st.sampled_from(["tasks", "gone"]),
        "forward_to": st.sampled_from(["me@example.com", "me@blocked.example", STUDENT]),
        "stop_processing_rules": st.just("on"),
        "everything": st.just("on"),
    },
)


@given(rules)
def test_a_rule_has_other_parts_exactly_when_the_form_keeps_some(rule: Rule) -> None:
    kept = keep_other_parts(rule, choose_fields(rule))
    assert has_other_parts(rule) == bool(kept.conditions or kept.exceptions or kept.actions or kept.unknown)


@settings(max_examples=300, deadline=None)
@given(
    typed=st.one_of(typed_texts, likely, st.builds(lambda one, other: one | other, typed_texts, likely)),
    tree=st.sampled_from([TREE, None]),
    language=st.sampled_from(["ja", "en"]),
)
def test_whatever_is_typed_makes_a_rule_or_is_explained(
    typed: dict[str, str], tree: Tree | None, language: str
) -> None:
    data = QueryDict(mutable=True)
    data.update({"mark_as_read": "on", "ticket": "t", **typed})
    with override(language):
        form = RuleForm(data, is_new=True, tree=tree, policy=POLICY, own_address=STUDENT)
        if form.is_valid():
            made = form.build_rule()
            assert made.name
            assert made.actions
            assert bool(made.conditions) or typed["everything"] == "on"
            sent = decode_rule({**encode_rule(made), "id": "1", "sequence": 1})
            assert (sent.conditions, sent.actions) == (made.conditions, made.actions)
        else:
            assert form.error_list
            assert all(item["message"] for item in form.error_list)
