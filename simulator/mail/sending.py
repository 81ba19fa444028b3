"""What leaves a mailbox, and whether it gets anywhere.

The tenant lets automatic forwards out to `example.com` only. Every other outside domain is
refused with 5.7.520, "an NDR to the sender"
(https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding).
We read "the sender" as the sender of the message that arrived: they get the report, in
their Inbox when they belong to the tenant; the mailbox that forwards shows nothing of it.
The refused forward itself is a row of the outbox too, with `delivered` false.

A message that a rule sent on is not sent on by a second rule: the second hop is dropped
without a word.
"""

import hashlib
from collections.abc import Callable
from email.headerregistry import Address

from simulator.mail.actions import Fate
from simulator.mail.bounce import (
    FORWARDING_BLOCKED,
    MAILBOX_FULL,
    NO_SUCH_RECIPIENT,
    deserves_report,
    report,
)
from simulator.mail.compose import sent_on
from simulator.mail.markers import LOOP, is_automatic_forward
from simulator.mail.message import Content, parse
from simulator.mailbox import Mailbox
from simulator.outbox import Sent
from simulator.tenant import DOMAIN, TENANT, Person

ALLOWED = {"example.com"}
SHOWN = ("From", "To", "Subject", "Message-ID", "Auto-Submitted", LOOP, "Resent-From")
# delivers bytes to a mailbox of the tenant, and tells what left because of that
Inside = Callable[[Mailbox, bytes], list[Sent]]


def send_on(fate: Fate, content: Content, inside: Inside) -> list[Sent]:
    """Send what the rules decided. Nothing is sent on twice."""
    if content.header(LOOP) or is_automatic_forward(content):
        return []
    rows: list[Sent] = []
    for kind, to in fate.outgoing:
        rows += _send(fate.mailbox.owner, content, kind, to, inside)
    return rows


def refuse_full(mailbox: Mailbox, content: Content, inside: Inside) -> list[Sent]:
    return _report(content, mailbox.owner.address, MAILBOX_FULL, inside)


def _send(owner: Person, content: Content, kind: str, to: str, inside: Inside) -> list[Sent]:
    author = Address(owner.name, addr_spec=owner.address)
    raw = sent_on(kind, author, owner.language, content, to)
    reason = _refusal(to, len(raw))
    first = _row(kind, to, raw, reason, _envelope_sender(owner, content, kind, to))
    if reason:
        return [first, *_report(content, to, reason, inside)]
    target = _mailbox_of(to)
    return [first, *(inside(target, raw) if target else [])]


def _refusal(to: str, size: int) -> str | None:
    """Why this address cannot be reached by an automatic forward, None when it can."""
    domain = to.rpartition("@")[2].casefold()
    if domain == DOMAIN:
        return _refusal_inside(to, size)
    return None if domain in ALLOWED else FORWARDING_BLOCKED


def _refusal_inside(to: str, size: int) -> str | None:
    target = _mailbox_of(to)
    if target is None:
        return NO_SUCH_RECIPIENT
    return None if target.has_room(size) else MAILBOX_FULL


def _mailbox_of(address: str) -> Mailbox | None:
    person = TENANT.person(address)
    return TENANT.mailboxes.get(person.oid) if person else None


def _report(content: Content, to: str, reason: str, inside: Inside) -> list[Sent]:
    """Tell the sender of `content` that it did not reach `to`."""
    if not deserves_report(content):
        return []
    sender = content.sender.address
    person = TENANT.person(sender)
    raw = report(DOMAIN, person.language if person else "en", content, to, reason)
    first = _row("bounce", sender, raw, None, "<>", said=reason)
    home = _mailbox_of(sender)
    return [first, *(inside(home, raw) if home else [])]


def _row(kind: str, to: str, raw: bytes, refusal: str | None, envelope: str, said: str | None = None) -> Sent:
    """Write one row into the outbox; `said` is the reason that a bounce carries."""
    content = parse(raw)
    headers = {name: content.header(name) for name in SHOWN if content.header(name)}
    row = Sent(
        to=to,
        sender=content.sender.address,
        subject=content.subject,
        kind=kind,
        delivered=refusal is None,
        bounce=refusal or said,
        headers={**headers, "Return-Path": envelope},
    )
    TENANT.outbox.append(row)
    return row


def _envelope_sender(owner: Person, content: Content, kind: str, to: str) -> str:
    """A redirect to outside is rewritten, or its origin would fail SPF at the destination.

    https://learn.microsoft.com/exchange/reference/sender-rewriting-scheme
    """
    outside = not to.casefold().endswith(f"@{DOMAIN}")
    if kind != "redirect" or not outside:
        return f"<{content.sender.address if kind == 'redirect' else owner.address}>"
    user, _, domain = content.sender.address.rpartition("@")
    mark = hashlib.sha256(content.sender.address.encode()).hexdigest()[:4]
    local = owner.address.partition("@")[0]
    return f"<{local}+SRS={mark}=AB={domain}={user}@{DOMAIN}>"
