"""Inbox rules by Microsoft's Python library."""

from __future__ import annotations

from typing import Any

from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.importance import Importance
from msgraph.generated.models.message_rule import MessageRule
from msgraph.generated.models.message_rule_actions import MessageRuleActions
from msgraph.generated.models.message_rule_predicates import MessageRulePredicates
from msgraph.generated.models.recipient import Recipient

from contract.msgraph_person import GraphPerson, error_of


def rules_of(person: GraphPerson) -> Any:
    return person.folder("inbox").message_rules


async def listed(person: GraphPerson) -> list[Any]:
    return await person.every(await rules_of(person).get())


def new_rule(name: str = "請求書を学外へ") -> MessageRule:
    outside = Recipient(email_address=EmailAddress(address="yumiko.tanaka@example.com"))
    return MessageRule(
        display_name=name,
        sequence=1,
        is_enabled=True,
        conditions=MessageRulePredicates(subject_contains=["請求書"], has_attachments=True),
        actions=MessageRuleActions(forward_to=[outside], mark_importance=Importance.High, stop_processing_rules=True),
    )


async def rule_list() -> str:
    """In order, with one that only Outlook can show and one whose folder is gone."""
    rules = await listed(GraphPerson("rule.collector"))
    assert [rule.sequence for rule in rules] == list(range(1, 15)), rules
    (closed,) = [rule for rule in rules if rule.is_read_only]
    assert (closed.conditions, closed.actions) == (None, None), closed
    (broken,) = [rule for rule in rules if rule.has_error]
    assert broken.actions.move_to_folder
    rare = next(rule for rule in rules if rule.display_name == "研究室 ML")
    assert rare.conditions.within_size_range.maximum_size == 20480
    assert rare.conditions.importance == Importance.High
    return f"{len(rules)} rules"


async def rule_create() -> str:
    """The service numbers it: last, whatever was asked for."""
    person = GraphPerson("rule.collector")
    before = await listed(person)
    made = await rules_of(person).post(new_rule())
    assert made.id not in {rule.id for rule in before}
    assert made.sequence == len(before) + 1, made.sequence
    assert (made.is_enabled, made.has_error, made.is_read_only) == (True, False, False)
    assert made.display_name == "請求書を学外へ"
    assert made.actions.forward_to[0].email_address.address == "yumiko.tanaka@example.com"
    again = await rules_of(person).by_message_rule_id(made.id).get()
    assert (again.conditions.subject_contains, again.conditions.has_attachments) == (["請求書"], True)
    return f"sequence {made.sequence}"


async def rule_patch() -> str:
    """A member that is sent replaces what was there; one that is not stays."""
    person = GraphPerson("rule.collector")
    made = await rules_of(person).post(new_rule())
    one = rules_of(person).by_message_rule_id(made.id)
    answer = await one.patch(MessageRule(conditions=MessageRulePredicates(sender_contains=["keiri"])))
    assert answer.id == made.id
    seen = await one.get()
    assert seen.conditions.sender_contains == ["keiri"]
    assert seen.conditions.subject_contains is None, seen.conditions
    assert seen.actions.mark_importance == Importance.High
    off = await one.patch(MessageRule(is_enabled=False))
    assert (off.is_enabled, off.conditions.sender_contains) == (False, ["keiri"])
    return "conditions replaced whole"


async def rule_reorder() -> str:
    """A rule that takes another's place moves it down, and those after it."""
    person = GraphPerson("rule.collector")
    before = [rule.id for rule in await listed(person)]
    await rules_of(person).by_message_rule_id(before[-1]).patch(MessageRule(sequence=1))
    after = await listed(person)
    assert [rule.id for rule in after] == [before[-1], *before[:-1]]
    assert len({rule.sequence for rule in after}) == len(after)
    return "the last one is first"


async def rule_delete() -> str:
    person = GraphPerson("rule.collector")
    before = [rule.id for rule in await listed(person)]
    one = rules_of(person).by_message_rule_id(before[0])
    await one.delete()
    assert [rule.id for rule in await listed(person)] == before[1:]
    refusal = await error_of(one.get())
    assert (refusal.response_status_code, refusal.error.code) == (404, "ErrorItemNotFound"), refusal
    return "gone"


async def closed_rule() -> str:
    """What only Outlook can show can be neither changed nor deleted."""
    person = GraphPerson("rule.collector")
    (closed,) = [rule for rule in await listed(person) if rule.is_read_only]
    one = rules_of(person).by_message_rule_id(closed.id)
    for attempt in (one.patch(MessageRule(is_enabled=False)), one.delete()):
        refusal = await error_of(attempt)
        assert (refusal.response_status_code, refusal.error.code) == (400, "ErrorNotSupportedMessageRule")
    return str(refusal.error.code)
