"""A message arrives: the rules run in order, forwards leave, refusals go back.

Rules run once, at arrival, on what is delivered to the Inbox:
https://learn.microsoft.com/exchange/client-developer/exchange-web-services/inbox-management-and-ews-in-exchange
"""

from dataclasses import dataclass, field
from typing import Any

from m365_simulator.delivery import sending
from m365_simulator.delivery.actions import Outcome
from m365_simulator.delivery.predicates import applies
from m365_simulator.delivery.refusals import find_mailbox_refusal
from m365_simulator.mail import markers
from m365_simulator.mail.message import Content, parse_message
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
    content = parse_message(raw)
    with TENANT.lock:
        arrival = arrive(mailbox, content)
        sent = [row.as_answer() for row in arrival.sent]
        return {"folder": arrival.folder, "matched": arrival.matched, "sent": sent}


def arrive(mailbox: Mailbox, content: Content) -> Arrival:
    """Deliver to one mailbox. One that is full, or the message too large, refuses; the sender is told."""
    reason = find_mailbox_refusal(mailbox, content.size)
    if reason:
        return Arrival(sent=sending.refuse(mailbox, content, reason, deliver_inside))
    outcome, matched = run_rules(mailbox, content)
    kept = store_message(outcome, content)
    return Arrival(kept, matched, sending.send_on(outcome, content, deliver_inside))


def deliver_inside(mailbox: Mailbox, raw: bytes) -> list[Sent]:
    """Deliver inside the tenant; what left because of it."""
    return arrive(mailbox, parse_message(raw)).sent


def run_rules(mailbox: Mailbox, content: Content) -> tuple[Outcome, list[str]]:
    """Run the rules in order until one stops them; also the names of those that acted."""
    importance, words = markers.importance(content), markers.categories(content)
    outcome = Outcome(mailbox, mailbox.folder("inbox").id, importance, words)
    matched = []
    for rule in mailbox.rules_in_order():
        if outcome.admits(rule) and applies(rule, content, mailbox.owner.address):
            outcome.apply(rule["actions"])
            matched.append(rule["displayName"])
        if outcome.stopped:
            break
    return outcome, matched


def store_message(outcome: Outcome, content: Content) -> str | None:
    """Store the message and its copies; the name of the folder of the message itself."""
    places = [*outcome.copies] if outcome.gone else [outcome.folder, *outcome.copies]
    for place in places:
        outcome.mailbox.store(
            content,
            place,
            outcome.importance,
            categories=list(outcome.categories),
            is_read=outcome.read,
        )
    return None if outcome.gone else outcome.mailbox.folders[outcome.folder].name
