"""A message arrives."""

from typing import Any

from simulator.mail.message import parse
from simulator.mailbox import Mailbox
from simulator.tenant import TENANT


def deliver(mailbox: Mailbox, raw: bytes) -> dict[str, Any]:
    with TENANT.lock:
        inbox = mailbox.folder("inbox")
        mailbox.store(parse(raw), inbox.id)
        return {"folder": inbox.name, "matched": [], "sent": []}
