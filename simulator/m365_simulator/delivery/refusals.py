"""Why an address cannot be reached, in Exchange's words; None when it can."""

from m365_simulator import switches
from m365_simulator.directory.person import DOMAIN
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.tenant import TENANT

MB = 1024 * 1024
ALLOWED = {"example.com"}
# https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding
FORWARDING_BLOCKED = (
    "5.7.520 Access denied, Your organization does not allow external forwarding. "
    "Please contact your administrator for further assistance. AS(7555)"
)
# https://learn.microsoft.com/exchange/troubleshoot/email-delivery/cannot-send-mail-mepf
MAILBOX_FULL = "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionQuotaExceeded"
TOO_LARGE = "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient"
NO_SUCH_RECIPIENT = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"


def find_mailbox_refusal(mailbox: Mailbox | None, size: int) -> str | None:
    """Why a message of so many bytes does not get into a mailbox of the tenant."""
    if mailbox is None:
        return NO_SUCH_RECIPIENT
    if size > int(switches.value("receive_limit")) * MB:
        return TOO_LARGE
    return None if mailbox.has_room(size) else MAILBOX_FULL


def find_forward_refusal(to: str, size: int) -> str | None:
    """Why an automatic forward does not get to this address."""
    domain = to.rpartition("@")[2].casefold()
    if domain == DOMAIN:
        return find_mailbox_refusal(find_mailbox(to), size)
    policy = switches.value("external_forwarding")
    allowed = policy == "on" or (policy == "some_domains" and domain in ALLOWED)
    return None if allowed else FORWARDING_BLOCKED


def find_mailbox(address: str) -> Mailbox | None:
    person = TENANT.person(address)
    return TENANT.mailboxes.get(person.oid) if person else None
