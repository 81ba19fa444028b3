"""The file of mailbox usage: one line for each mailbox, two days old, names concealed unless a tenant shows them.

https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail
https://learn.microsoft.com/microsoft-365/admin/activity-reports/activity-reports (concealed names)
"""

import csv
import hashlib
import io
from datetime import UTC, datetime, timedelta

from m365_simulator import switches
from m365_simulator.directory.person import TENANT_ID
from m365_simulator.mailbox.folders import Folder
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.tenant import TENANT

COLUMNS = (
    "Report Refresh Date",
    "User Principal Name",
    "Display Name",
    "Is Deleted",
    "Deleted Date",
    "Created Date",
    "Last Activity Date",
    "Item Count",
    "Storage Used (Byte)",
    "Issue Warning Quota (Byte)",
    "Prohibit Send Quota (Byte)",
    "Prohibit Send/Receive Quota (Byte)",
    "Deleted Item Count",
    "Deleted Item Size (Byte)",
    "Deleted Item Quota (Byte)",
    "Has Archive",
    "Report Period",
)
LATE = timedelta(days=2)
RECOVERABLE_QUOTA = 30 * 1024**3
WARNED, NO_SENDING = 0.98, 0.99  # of the limit


def tag(period: str) -> str:
    """It changes with the day, as the file does."""
    return f'"{refreshed()}-{period}"'


def refreshed() -> str:
    return (datetime.now(UTC) - LATE).strftime("%Y-%m-%d")


def content(period: str) -> bytes:
    """Call with the tenant's lock held. It begins with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for mailbox in TENANT.mailboxes.values():
        writer.writerow(_line(mailbox, period.removeprefix("D")))
    return text.getvalue().encode("utf-8-sig")


def _line(mailbox: Mailbox, days: str) -> list[str]:
    owner = mailbox.owner
    folders = [folder for folder in mailbox.tree(mailbox.top.id) if not folder.search]
    below = mailbox.folder("recoverableitemsdeletions")
    return [
        refreshed(),
        shown(owner.address),
        shown(owner.name),
        "False",
        "",
        "2024-04-01",
        refreshed(),
        str(sum(mailbox.items(folder) for folder in folders)),
        str(mailbox.used),
        *(str(round(mailbox.quota * part)) for part in (WARNED, NO_SENDING, 1)),
        *_deleted(mailbox, below),
        "False",
        days,
    ]


def _deleted(mailbox: Mailbox, below: Folder) -> tuple[str, str, str]:
    return str(mailbox.items(below)), str(mailbox.size(below)), str(RECOVERABLE_QUOTA)


def shown(name: str) -> str:
    """Concealed names are the same each time, but nobody can tell whose they are."""
    if switches.value("report_names") == "shown":
        return name
    return hashlib.sha256(f"{TENANT_ID} {name}".encode()).hexdigest()[:32].upper()
