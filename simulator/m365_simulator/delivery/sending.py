"""What leaves a mailbox, and whether it gets anywhere.

The tenant lets automatic forwards out to `example.com` only. Every other outside domain is
refused with 5.7.520, "an NDR to the sender"
(https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding).
Read by default as the sender of the message that arrived: they get the report, in their Inbox
when they belong to the tenant; the mailbox that forwards shows nothing of it (switch). A remote
domain that is closed drops the forward without a report (switch). The refused forward itself is
a row of the outbox too, with `delivered` false.

A message that a rule sent on is not sent on by a second rule: the second hop is dropped
without a word.
"""

import hashlib
import re
from collections.abc import Callable
from email.headerregistry import Address

from m365_simulator import switches
from m365_simulator.delivery.actions import Outcome
from m365_simulator.delivery.refusals import FORWARDING_BLOCKED, find_forward_refusal, find_mailbox
from m365_simulator.directory.person import DOMAIN, Person
from m365_simulator.mail.bounce import compose_report, deserves_report
from m365_simulator.mail.compose import AGENT, PARENT, compose_outgoing
from m365_simulator.mail.markers import LOOP
from m365_simulator.mail.message import Content, parse_message
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.mailbox.outbox import Sent
from m365_simulator.tenant import TENANT

HEAD_ENDS = re.compile(rb"\n\r?\n")
SHOWN = ("From", "To", "Subject", "Message-ID", LOOP, "Resent-From", PARENT, *AGENT)
# delivers bytes to a mailbox of the tenant, and tells what left because of that
Inside = Callable[[Mailbox, bytes], list[Sent]]


def send_on(outcome: Outcome, content: Content, inside: Inside) -> list[Sent]:
    """Send what the rules decided. Nothing is sent on twice."""
    if content.header(LOOP):
        return []
    rows: list[Sent] = []
    for kind, to in outcome.outgoing:
        rows += _send(outcome.mailbox.owner, content, kind, to, inside)
    return rows


def refuse(mailbox: Mailbox, content: Content, reason: str, inside: Inside) -> list[Sent]:
    """Tell the sender that the message did not get into the mailbox."""
    return _report(content, content.sender.address, mailbox.owner.address, reason, inside)


def _send(owner: Person, content: Content, kind: str, to: str, inside: Inside) -> list[Sent]:
    author = Address(owner.name, addr_spec=owner.address)
    raw = compose_outgoing(kind, author, owner.language, content, to)
    reason = find_forward_refusal(to, len(raw))
    first = _row(kind, to, raw, reason, _envelope_sender(owner, content, kind, to))
    if reason:
        return [first, *_report_forward(owner, content, to, reason, inside)]
    target = find_mailbox(to)
    return [first, *(inside(target, raw) if target else [])]


def _report_forward(owner: Person, content: Content, to: str, reason: str, inside: Inside) -> list[Sent]:
    blocked = reason == FORWARDING_BLOCKED
    if blocked and switches.value("external_block") == "silent":
        return []
    told = owner.address if blocked and switches.value("external_report_to") == "owner" else content.sender.address
    return _report(content, told, to, reason, inside)


def _report(content: Content, told: str, to: str, reason: str, inside: Inside) -> list[Sent]:
    """Tell somebody that `content` did not reach `to`."""
    if not told or not deserves_report(content):
        return []
    person = TENANT.person(told)
    raw = compose_report(DOMAIN, person.language if person else "en", content, told, to, reason)
    first = _row("bounce", told, raw, None, "<>", said=reason)
    home = find_mailbox(told)
    return [first, *(inside(home, raw) if home else [])]


def _row(kind: str, to: str, raw: bytes, refusal: str | None, envelope: str, said: str | None = None) -> Sent:
    """Write one row into the outbox; `said` is the reason that a bounce carries."""
    content = parse_message(cut_headers(raw))
    headers = {name: content.header(name) for name in SHOWN if content.header(name)}
    row = Sent(
        to=to,
        sender=content.sender.address,
        subject=content.subject,
        kind=kind,
        delivered=refusal is None,
        raw=raw,
        bounce=refusal or said,
        headers={**headers, "Return-Path": envelope},
    )
    TENANT.outbox.append(row)
    return row


def cut_headers(raw: bytes) -> bytes:
    """The headers alone: reading 35 MB for them would take a second."""
    end = HEAD_ENDS.search(raw)
    return raw[: end.end()] if end else raw


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
