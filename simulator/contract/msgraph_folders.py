"""Who I am, the folder tree and its sizes, mail tips and settings, by Microsoft's Python library."""

from __future__ import annotations

from typing import Any

from msgraph.generated.models.automatic_replies_setting import AutomaticRepliesSetting
from msgraph.generated.models.automatic_replies_status import AutomaticRepliesStatus
from msgraph.generated.models.mail_tips_type import MailTipsType
from msgraph.generated.models.mailbox_settings import MailboxSettings
from msgraph.generated.users.item.get_mail_tips.get_mail_tips_post_request_body import GetMailTipsPostRequestBody
from msgraph.generated.users.item.mail_folders.item.mail_folder_item_request_builder import (
    MailFolderItemRequestBuilder,
)
from msgraph.generated.users.item.mail_folders.mail_folders_request_builder import MailFoldersRequestBuilder

from contract import control
from contract.msgraph_person import GraphPerson, asking

Folders = MailFoldersRequestBuilder.MailFoldersRequestBuilderGetQueryParameters
OneFolder = MailFolderItemRequestBuilder.MailFolderItemRequestBuilderGetQueryParameters
SIZE = "singleValueExtendedProperties($filter=id eq 'Long 0x0E08')"
SEARCH_FOLDER = "#microsoft.graph.mailSearchFolder"  # shows messages that lie elsewhere
GIB = 1024**3


async def me() -> str:
    person = GraphPerson("rule.collector")
    known = next(row for row in control.ask("GET", "people") if row["address"] == person.address)
    seen = await person.me.get()
    assert (seen.id, seen.display_name) == (known["oid"], known["name"]), seen
    assert seen.mail == seen.user_principal_name == person.address
    return str(seen.display_name)


async def folder_tree() -> str:
    """Page by page at each level; the tree of delta is the same."""
    person = GraphPerson("full.mailbox")
    top = await person.me.mail_folders.get()
    assert len(top.value) == 10, len(top.value)
    assert top.odata_next_link, "the first page should not be all"
    rows = await walked(person, top)
    assert len({row.id for row, _ in rows}) == len(rows)
    assert max(depth for _, depth in rows) == 3
    told = await person.every(await person.me.mail_folders.delta.get())
    assert {row.id for row, _ in rows} == {row.id for row in told}
    return f"{len(rows)} folders on 3 levels"


async def walked(person: GraphPerson, page: Any, depth: int = 1) -> list[tuple[Any, int]]:
    rows = []
    for row in await person.every(page):
        rows.append((row, depth))
        if row.child_folder_count:
            below = await person.folder(row.id).child_folders.get()
            rows += await walked(person, below, depth + 1)
    return rows


async def hidden_folders() -> str:
    person = GraphPerson("full.mailbox")
    shown = await person.every(await person.me.mail_folders.get(asking(Folders(top=250))))
    more = Folders(top=250, include_hidden_folders="true")
    every = await person.every(await person.me.mail_folders.get(asking(more)))
    assert not any(row.is_hidden for row in shown)
    hidden = {row.id for row in every} - {row.id for row in shown}
    assert hidden
    assert hidden == {row.id for row in every if row.is_hidden}
    return f"{len(hidden)} hidden"


async def folder_sizes() -> str:
    """Bytes as a string, under the id as Exchange writes it; of one folder and of a page."""
    person = GraphPerson("full.mailbox")
    listed = await person.every(await person.me.mail_folders.get(asking(Folders(top=250, expand=[SIZE]))))
    sizes = {row.id: size_of(row) for row in listed if row.odata_type != SEARCH_FOLDER}
    deleted = await person.folder("deleteditems").get(asking(OneFolder(expand=[SIZE])))
    assert size_of(deleted) == sizes[deleted.id] > 2**31, size_of(deleted)
    assert sum(sizes.values()) < 49 * GIB, "subfolders count for themselves"
    return f"{size_of(deleted) / GIB:.1f} GiB in Deleted Items"


def size_of(folder: Any) -> int:
    (held,) = folder.single_value_extended_properties
    assert held.id == "Long 0xe08", held.id
    return int(held.value)


async def mail_tips() -> str:
    """The library sends one option at a time: its model has no room for a list."""
    person = GraphPerson("over.quota")
    asked = GetMailTipsPostRequestBody(email_addresses=[person.address])
    asked.mail_tips_options = MailTipsType.MailboxFullStatus
    (full,) = (await person.me.get_mail_tips.post(asked)).value
    asked.mail_tips_options = MailTipsType.MaxMessageSize
    (size,) = (await person.me.get_mail_tips.post(asked)).value
    assert full.email_address.address == person.address
    assert (full.mailbox_full, full.max_message_size) == (True, None), full
    assert (size.mailbox_full, size.max_message_size) == (None, 36 * 1024**2), size
    return "over.quota is full"


async def mailbox_settings() -> str:
    person = GraphPerson("helpdesk")
    before = await person.me.mailbox_settings.get()
    assert before.language.locale == "ja-JP", before.language
    away = AutomaticRepliesSetting(status=AutomaticRepliesStatus.AlwaysEnabled, internal_reply_message="出張中です。")
    wanted = MailboxSettings(time_zone="UTC", automatic_replies_setting=away)
    changed = await person.me.mailbox_settings.patch(wanted)
    assert changed.time_zone == "UTC", changed.time_zone
    after = await person.me.mailbox_settings.get()
    assert after.automatic_replies_setting.status == AutomaticRepliesStatus.AlwaysEnabled
    assert "出張中です。" in after.automatic_replies_setting.internal_reply_message
    assert (after.time_zone, after.language.locale) == ("UTC", "ja-JP"), after
    return f"{before.time_zone} to UTC"
