"""Non-delivery reports (RFC 3464, RFC 6522): who gets one, and what it says."""

from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import SMTP

from m365_simulator.mail.compose import fold_lines
from m365_simulator.mail.markers import is_non_delivery_report
from m365_simulator.mail.message import Content

MOST_HEADERS = 100
SUBJECT = {"ja": "配信不能: ", "en": "Undeliverable: "}
SAID = {
    "ja": "{to} へメッセージを配信できませんでした。",
    "en": "Your message to {to} couldn't be delivered.",
}


def deserves_report(content: Content) -> bool:
    """No report about a report, nor to nobody (RFC 5321, 4.5.5: the null reverse-path)."""
    return content.header("Return-Path").strip() != "<>" and not is_non_delivery_report(content)


def compose_report(domain: str, language: str, content: Content, told: str, to: str, reason: str) -> bytes:
    """The report that `content` could not reach `to`, for this reason."""
    made = EmailMessage(policy=SMTP)
    made["Return-Path"] = "<>"
    made["From"] = Mailbox("Microsoft Outlook", "MicrosoftExchange", domain)
    made["To"] = _as_header(told)
    made["Subject"] = SUBJECT[language] + fold_lines(content.subject)
    made["Auto-Submitted"] = "auto-replied"
    made.set_content(f"{SAID[language].format(to=to)}\n\n{reason}\n")
    made.make_mixed()
    made.attach(_status(to, reason))
    made.attach(_original_headers(content))
    made.replace_header("Content-Type", 'multipart/report; report-type="delivery-status"')
    return made.as_bytes()


def _as_header(address: str) -> str:
    """Addresses come from outside: what is not plain ASCII is not written again."""
    return address if address.isascii() and address.isprintable() else "unknown@invalid"


def _status(to: str, reason: str) -> EmailMessage:
    part = EmailMessage(policy=SMTP)
    part["Content-Type"] = "message/delivery-status"
    code = next((word for word in reason.split() if word.count(".") == 2), "5.0.0")
    fields = EmailMessage(policy=SMTP)
    fields["Final-Recipient"] = f"rfc822;{to}"
    fields["Action"] = "failed"
    fields["Status"] = code
    fields["Diagnostic-Code"] = f"smtp;{reason}"
    part.attach(fields)
    return part


def _original_headers(content: Content) -> EmailMessage:
    """Of the message that the report is about."""
    lines = [f"{name}: {fold_lines(value)}" for name, value in content.headers[:MOST_HEADERS]]
    part = EmailMessage(policy=SMTP)
    part.set_content("\n".join([*lines, ""]), subtype="rfc822-headers")
    return part
