"""Microsoft's Python library against the simulated Graph, with assertions on what it read."""

from __future__ import annotations

import asyncio
from typing import Any

from kiota_abstractions.request_information import RequestInformation
from msgraph.generated.models.message import Message
from msgraph.generated.users.item.messages.item.move.move_post_request_body import MovePostRequestBody
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem

from contract import control, msgraph_folders, msgraph_rules
from contract.msgraph_person import GraphPerson, error_of
from contract.rows import AsyncOperation, run_async

LETTER = b"""From: Library <library@example.com>
To: helpdesk@example.ac.jp
Subject: =?utf-8?b?6LK45Ye65pyf6ZmQ44Gu44GK55+l44KJ44Gb?=

Please return the book.
"""


async def error_bodies() -> str:
    """Status, code and message; the request's id for the helpdesk."""
    person = GraphPerson("helpdesk")
    gone = (await person.me.mail_folders.get()).value[0].id[:-4] + "AAA="
    basic = GraphPerson("helpdesk", scopes=("User.Read",))
    stranger = GraphPerson("helpdesk")
    stranger.adapter._authentication_provider.access_token_provider.token = "nonsense"
    expected = (
        (person.folder(gone).get(), 404, "ErrorItemNotFound"),
        (person.folder("nonsense").get(), 400, "ErrorInvalidIdMalformed"),
        (basic.folder("inbox").message_rules.get(), 403, "ErrorAccessDenied"),
        (stranger.me.get(), 401, "InvalidAuthenticationToken"),
        (GraphPerson("no.licence").folder("inbox").get(), 404, "MailboxNotEnabledForRESTAPI"),
    )
    for attempt, status, code in expected:
        refusal = await error_of(attempt)
        assert (refusal.response_status_code, refusal.error.code) == (status, code), refusal
        assert refusal.error.message
        assert refusal.error.inner_error.request_id, refusal
    return ", ".join(code for _, _, code in expected)


async def batch() -> str:
    """Each item has a status of its own. The library reads no bodies (kiota takes them for base64)."""
    person = GraphPerson("rule.collector")
    rules = msgraph_rules.rules_of(person)
    items = {
        "good": person.me.to_get_request_information(),
        "wrong": person.folder("nonsense").to_get_request_information(),
        "made": rules.to_post_request_information(msgraph_rules.new_rule("まとめて")),
    }
    statuses = await statuses_of(person, items)
    assert statuses == {"good": 200, "wrong": 400, "made": 201}, statuses
    assert "まとめて" in [rule.display_name for rule in await msgraph_rules.listed(person)]
    return f"{statuses}"


async def batch_of_addresses() -> str:
    """An item wants a path below the version; a whole address, which the library writes, is refused.

    https://github.com/microsoftgraph/msgraph-sdk-python/issues/1015
    """
    person = GraphPerson("rule.collector")
    await person.me.get()  # only from its first request on does the library write whole addresses
    content = BatchRequestContent()
    content.add_request("whole", BatchRequestItem(person.me.to_get_request_information(), "whole"))
    statuses = (await person.graph.batch.post(content)).get_response_status_codes()
    assert statuses == {"whole": 400}, statuses
    return f"{statuses}"


async def statuses_of(person: GraphPerson, asked: dict[str, RequestInformation]) -> dict[str, int]:
    content = BatchRequestContent()
    for name, information in asked.items():
        item = BatchRequestItem(information, name)
        item.url = item.url.removeprefix(person.adapter.base_url)
        content.add_request(name, item)
    answer = await person.graph.batch.post(content)
    return dict(answer.get_response_status_codes())


async def message_move() -> str:
    """The id changes with the folder."""
    person = GraphPerson("helpdesk")
    control.deliver("helpdesk", LETTER)
    letter = await the_letter(person, "inbox")
    archive = await person.folder("archive").get()
    one = person.me.messages.by_message_id(letter.id)
    moved = await one.move.post(MovePostRequestBody(destination_id="archive"))
    assert moved.parent_folder_id == archive.id
    assert moved.id != letter.id
    assert (await the_letter(person, "archive")).id == moved.id
    refusal = await error_of(one.get())
    assert (refusal.response_status_code, refusal.error.code) == (404, "ErrorItemNotFound"), refusal
    return "a new id in the archive"


async def the_letter(person: GraphPerson, folder: str) -> Message:
    found: list[Any] = await person.every(await person.folder(folder).messages.get())
    (letter,) = [row for row in found if row.subject == "貸出期限のお知らせ"]
    assert letter.from_.email_address.address == "library@example.com"
    return letter


OPERATIONS: dict[str, AsyncOperation] = {
    "me": msgraph_folders.me,
    "folder tree": msgraph_folders.folder_tree,
    "hidden folders": msgraph_folders.hidden_folders,
    "extended property": msgraph_folders.folder_sizes,
    "rule list": msgraph_rules.rule_list,
    "rule create": msgraph_rules.rule_create,
    "rule patch": msgraph_rules.rule_patch,
    "rule reorder": msgraph_rules.rule_reorder,
    "rule delete": msgraph_rules.rule_delete,
    "read-only rule": msgraph_rules.closed_rule,
    "error bodies": error_bodies,
    "$batch": batch,
    "$batch of whole addresses": batch_of_addresses,
    "message move": message_move,
    "getMailTips": msgraph_folders.mail_tips,
    "mailboxSettings": msgraph_folders.mailbox_settings,
}


if __name__ == "__main__":
    control.trust_the_simulator()
    asyncio.run(run_async("msgraph-sdk", OPERATIONS))
