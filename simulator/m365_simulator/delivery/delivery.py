"""A message arrives: the rules run in order, forwards leave, refusals go back.

Rules run once, at arrival, on what is delivered to the Inbox:
https://learn.microsoft.com/exchange/client-developer/exchange-web-services/inbox-management-and-ews-in-exchange
"""

from dataclasses import dataclass, field
from typing import Any

from m365_simulator.delivery import sending
from m365_simulator.delivery.actions import Fate
from m365_simulator.delivery.predicates import applies
from m365_simulator.delivery.refusals import of_mailbox
from m365_simulator.mail import markers
from m365_simulator.mail.message import Content, parse
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.mailbox.outbox import Sent
from m365_simulator.tenant import TENANT


@dataclass
class Arrival:
    """`folder` is the display name of where it lies, None when nothing was kept."""

    folder: str | None = None
    matched: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)


def deliver(mailbox: Mailbox, raw: bytes) -> dict[str, Any]:
    """`{"folder", "matched": [rule names], "sent": [{"to", "kind", "delivered", "bounce"}]}`.

    `sent` lists every message that left because of this one, bounces included, in order;
    the outbox has the same rows in full.
    """
    content = parse(raw)
    with TENANT.lock:
        arrival = arrive(mailbox, content)
        sent = [row.as_answer() for row in arrival.sent]
        return {"folder": arrival.folder, "matched": arrival.matched, "sent": sent}


def arrive(mailbox: Mailbox, content: Content) -> Arrival:
    """Deliver to one mailbox. One that is full, or the message too large, refuses; the sender is told."""
    reason = of_mailbox(mailbox, content.size)
    if reason:
        return Arrival(sent=sending.refuse(mailbox, content, reason, arrive_at))
    fate, matched = under_rules(mailbox, content)
    kept = settle(fate, content)
    return Arrival(kept, matched, sending.send_on(fate, content, arrive_at))


def arrive_at(mailbox: Mailbox, raw: bytes) -> list[Sent]:
    """Deliver inside the tenant; what left because of it."""
    return arrive(mailbox, parse(raw)).sent


def under_rules(mailbox: Mailbox, content: Content) -> tuple[Fate, list[str]]:
    """Run the rules in order until one stops them; also the names of those that acted."""
    importance, words = markers.importance(content), markers.categories(content)
    fate = Fate(mailbox, mailbox.folder("inbox").id, importance, words)
    matched = []
    for rule in mailbox.rules_in_order():
        if fate.admits(rule) and applies(rule, content, mailbox.owner.address):
            fate.apply(rule["actions"])
            matched.append(rule["displayName"])
        if fate.stopped:
            break
    return fate, matched


def settle(fate: Fate, content: Content) -> str | None:
    """Store the message and its copies; the name of the folder of the message itself."""
    places = [*fate.copies] if fate.gone else [fate.folder, *fate.copies]
    for place in places:
        fate.mailbox.store(
            content,
            place,
            fate.importance,
            categories=list(fate.categories),
            is_read=fate.read,
        )
    return None if fate.gone else fate.mailbox.folders[fate.folder].name
