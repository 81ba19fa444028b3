"""Non-delivery reports (RFC 3464): who gets one, and what it says."""

from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.policy import default

from simulator.mail.compose import one_line
from simulator.mail.markers import is_non_delivery_report
from simulator.mail.message import Content

# https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding
FORWARDING_BLOCKED = (
    "5.7.520 Access denied, Your organization does not allow external forwarding. "
    "Please contact your administrator for further assistance. AS(7555)"
)
MAILBOX_FULL = "552 5.2.2 mailbox full"
NO_SUCH_RECIPIENT = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"
SUBJECT = {"ja": "配信不能: ", "en": "Undeliverable: "}
SAID = {
    "ja": "{to} へメッセージを配信できませんでした。",
    "en": "Your message to {to} couldn't be delivered.",
}


def deserves_report(content: Content) -> bool:
    """No report about a report, nor to nobody (RFC 5321, 4.5.5: the null reverse-path)."""
    nobody = content.header("Return-Path").strip() == "<>"
    return bool(content.sender.address) and not nobody and not is_non_delivery_report(content)


def report(domain: str, language: str, content: Content, to: str, reason: str) -> bytes:
    """The report for the sender of `content`: `to` could not be reached, for this reason."""
    made = EmailMessage(policy=default)
    made["Return-Path"] = "<>"
    made["From"] = Mailbox("Microsoft Outlook", "MicrosoftExchange", domain)
    made["To"] = _as_header(content.sender.address)
    made["Subject"] = SUBJECT[language] + one_line(content.subject)
    made["Auto-Submitted"] = "auto-replied"
    made.set_content(f"{SAID[language].format(to=to)}\n\n{reason}\n")
    made.make_mixed()
    made.attach(_status(to, reason))
    made.replace_header("Content-Type", 'multipart/report; report-type="delivery-status"')
    return made.as_bytes()


def _as_header(address: str) -> str:
    """Addresses come from outside: what is not plain ASCII is not written again."""
    return address if address.isascii() and address.isprintable() else "unknown@invalid"


def _status(to: str, reason: str) -> EmailMessage:
    part = EmailMessage(policy=default)
    part["Content-Type"] = "message/delivery-status"
    code = next((word for word in reason.split() if word.count(".") == 2), "5.0.0")
    fields = EmailMessage(policy=default)
    fields["Final-Recipient"] = f"rfc822;{to}"
    fields["Action"] = "failed"
    fields["Status"] = code
    fields["Diagnostic-Code"] = f"smtp;{reason}"
    part.attach(fields)
    return part
