"""The message a rule sends on: forwarded, forwarded as an attachment, or redirected.

A forward comes from the mailbox's owner and its subject begins with "FW: "; a redirected
message keeps its sender, its subject and its headers. Both carry the header that marks
them as sent on by a rule:
https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding
"""

from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime, make_msgid

from simulator.mail.markers import LOOP
from simulator.mail.message import BROKEN, Content

OURS = {
    "ja": ("差出人", "送信日時", "宛先", "件名"),
    "en": ("From", "Sent", "To", "Subject"),
}


def sent_on(kind: str, owner: Mailbox, language: str, content: Content, to: str) -> bytes:
    """The bytes that leave; `kind` is forward, attachment or redirect."""
    if kind == "redirect":
        return redirected(owner, content)
    made = _envelope(owner, content, to)
    if kind == "attachment":
        made.set_content("")
        _attach_whole(made, content)
    else:
        made.set_content(_quoted(language, content))
        _attach_parts(made, content)
    return made.as_bytes()


def redirected(owner: Mailbox, content: Content) -> bytes:
    """The original with two headers before it (RFC 5322, 3.6.6)."""
    marks = f"Resent-From: <{owner.addr_spec}>\r\n{LOOP}: {owner.addr_spec}\r\n"
    return marks.encode() + content.raw


def one_line(text: str) -> str:
    return " ".join(text.split())


def _envelope(owner: Mailbox, content: Content, to: str) -> EmailMessage:
    made = EmailMessage(policy=default)
    made["From"] = owner
    made["To"] = Mailbox(addr_spec=to)
    made["Subject"] = f"FW: {one_line(content.subject)}"
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid(domain=owner.domain)
    made[LOOP] = owner.addr_spec
    made["X-MS-Exchange-Generated-Message-Source"] = "Mailbox Rules Agent"
    return made


def _quoted(language: str, content: Content) -> str:
    names = OURS[language]
    receivers = "; ".join(str(person) for person in content.to)
    values = (str(content.sender), content.header("Date"), receivers, content.subject)
    lines = [f"{name}: {one_line(value)}" for name, value in zip(names, values, strict=True)]
    return "\n".join(["________________________________", *lines, "", content.text])


def _attach_whole(made: EmailMessage, content: Content) -> None:
    """As message/rfc822, or as a plain file when it cannot be read as a message."""
    try:
        made.add_attachment(message_from_bytes(content.raw, policy=default))
        made.as_bytes()
    except BROKEN:
        made.set_content("")
        made.add_attachment(content.raw, "application", "octet-stream", filename="message.eml")


def _attach_parts(made: EmailMessage, content: Content) -> None:
    """The attachments of the original; those that cannot be written again are left out."""
    try:
        parts = list(message_from_bytes(content.raw, policy=default).iter_attachments())
    except BROKEN:
        return
    for part in parts:
        if _writable(part):
            made.make_mixed()
            made.attach(part)


def _writable(part: EmailMessage) -> bool:
    try:
        return bool(part.as_bytes())
    except BROKEN:
        return False
