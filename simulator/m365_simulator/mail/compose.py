"""The message a rule sends on: forwarded, forwarded as an attachment, or redirected.

A forward is a new message of the mailbox's owner whose subject begins with "FW: "; a redirected
message keeps its sender, its subject and its headers. All carry the header that marks what a rule
sent on, and what else Exchange's Mailbox Rules Agent writes:
https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding
"""

from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime, make_msgid
from html import escape

from m365_simulator.mail.headers import BROKEN
from m365_simulator.mail.markers import LOOP
from m365_simulator.mail.message import Content

AGENT = {
    "Auto-Submitted": "auto-generated",
    "X-MS-Exchange-Generated-Message-Source": "Mailbox Rules Agent",
}
PARENT = "X-MS-Exchange-Parent-Message-Id"
NAMES = {
    "ja": ("差出人", "送信日時", "宛先", "件名"),
    "en": ("From", "Sent", "To", "Subject"),
}
LINE = "_" * 32


def compose_outgoing(kind: str, owner: Mailbox, language: str, content: Content, to: str) -> bytes:
    """The bytes that leave; `kind` is forward, attachment or redirect."""
    if kind == "redirect":
        return compose_redirect(owner, content)
    made = _envelope(owner, content, to)
    if kind == "attachment":
        _attach_whole(made, content)
    else:
        _quote(made, language, content)
        _attach_parts(made, content)
    return made.as_bytes()


def compose_redirect(owner: Mailbox, content: Content) -> bytes:
    """The original with what the agent adds before it (RFC 5322, 3.6.6)."""
    added = {"Resent-From": f"<{owner.addr_spec}>", LOOP: owner.addr_spec}
    added |= {name: value for name, value in AGENT.items() if not content.header(name)}
    return "".join(f"{name}: {value}\r\n" for name, value in added.items()).encode() + content.raw


def fold_lines(text: str) -> str:
    return " ".join(text.split())


def _envelope(owner: Mailbox, content: Content, to: str) -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"] = owner
    made["To"] = Mailbox(addr_spec=to)
    made["Subject"] = f"FW: {fold_lines(content.subject)}"
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid(domain=owner.domain)
    made[LOOP] = owner.addr_spec
    parent = content.header("Message-ID").strip()
    if parent and parent.isascii() and parent.isprintable():
        made["References"] = made[PARENT] = parent
    for name, value in AGENT.items():
        made[name] = value
    return made


def _quote(made: EmailMessage, language: str, content: Content) -> None:
    """The text below what the original's headers said, and its HTML likewise."""
    receivers = "; ".join(str(person) for person in content.to)
    values = (str(content.sender), content.header("Date"), receivers, content.subject)
    said = [f"{name}: {fold_lines(value)}" for name, value in zip(NAMES[language], values, strict=True)]
    made.set_content("\n".join([LINE, *said, "", content.text]))
    if content.html:
        above = "<br>".join(escape(line) for line in said)
        made.add_alternative(f"<hr><p>{above}</p>{content.html}", subtype="html")


def _attach_whole(made: EmailMessage, content: Content) -> None:
    """As message/rfc822, or as a plain file when it cannot be read as a message."""
    made.set_content("")
    try:
        made.add_attachment(message_from_bytes(content.raw, policy=default))
        made.as_bytes()
    except BROKEN:
        made.clear_content()
        made.set_content("")
        made.add_attachment(content.raw, "application", "octet-stream", filename="message.eml")


def _attach_parts(made: EmailMessage, content: Content) -> None:
    """The attachments of the original; a picture that the HTML shows keeps its id."""
    for number, held in enumerate(content.attachments):
        kind = "application/octet-stream" if held.is_item else held.content_type
        maintype, _, subtype = kind.partition("/")
        shown = held.inline and held.content_id.isascii() and held.content_id.isprintable()
        made.add_attachment(
            content.attached(number),
            maintype,
            subtype,
            filename=fold_lines(held.name) or "attachment",
            disposition="inline" if shown else "attachment",
            cid=f"<{held.content_id}>" if shown else None,
        )
