"""Somebody with a mailbox, and the post that comes to it."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from tests.graph_person import GraphPerson

ASKED = "$expand=attachments&$select=subject,from,toRecipients,ccRecipients,body,hasAttachments,internetMessageHeaders"


class Owner(GraphPerson):
    """The mailbox is looked at through Graph, as the site does."""

    def deliver(self, raw: bytes) -> dict[str, Any]:
        return self.simulator.deliver(self.address, raw)

    def read(self, raw: bytes, prefer: str = "text") -> dict[str, Any]:
        """The message as Graph shows it, once it has arrived; `files` are the names of what is attached."""
        headers = {"Prefer": f'outlook.body-content-type="{prefer}"'}
        before = {row["id"] for row in self.every("/me/mailFolders/inbox/messages?$select=id&$top=500")}
        assert self.deliver(raw)["folder"]
        rows = self.get(f"/me/mailFolders/inbox/messages?$top=500&{ASKED}", headers=headers)["value"]
        [row] = [row for row in rows if row["id"] not in before]
        sender = row.get("from", {}).get("emailAddress", {})
        return row | {"files": [it["name"] for it in row["attachments"]], "name": sender.get("name", "")}

    def id_of(self, name: str) -> str:
        return self.get(f"/me/mailFolders/{name}")["id"]

    def newest(self, folder: str) -> dict[str, Any]:
        return self.get(f"/me/mailFolders/{folder}/messages?$top=1")["value"][0]

    def matched(self, raw: bytes) -> list[str]:
        """The names of the rules that acted on it."""
        return self.deliver(raw)["matched"]

    def left(self, number: int) -> bytes:
        """The bytes of a message that left some mailbox, the first being 0."""
        answer = self.simulator.session.get(f"{self.simulator.address}/control/outbox?message={number}", timeout=10)
        assert answer.headers["Content-Type"] == "message/rfc822"
        return answer.content

    def left_letter(self, number: int) -> EmailMessage:
        return message_from_bytes(self.left(number), policy=default)
