"""The usage of all mailboxes: a redirect to a file that lies elsewhere, for a few minutes, for anybody.

The file has one line for each mailbox, two days old, with names concealed unless a tenant shows them.

https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail
https://learn.microsoft.com/microsoft-365/admin/activity-reports/activity-reports (concealed names)
"""

import csv
import hashlib
import io
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse

from m365_simulator import switches
from m365_simulator.directory.person import TENANT_ID
from m365_simulator.graph import errors
from m365_simulator.graph.answer_headers import with_graph_headers
from m365_simulator.graph.call import Call
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


def make_tag(period: str) -> str:
    """It changes with the day, as the file does."""
    return f'"{refresh_day()}-{period}"'


def refresh_day() -> str:
    return (datetime.now(UTC) - LATE).strftime("%Y-%m-%d")


def write_file(period: str) -> bytes:
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
        refresh_day(),
        conceal_name(owner.address),
        conceal_name(owner.name),
        "False",
        "",
        "2024-04-01",
        refresh_day(),
        str(sum(mailbox.items(folder) for folder in folders)),
        str(mailbox.used),
        *(str(round(mailbox.quota * part)) for part in (WARNED, NO_SENDING, 1)),
        *_deleted(mailbox, below),
        "False",
        days,
    ]


def _deleted(mailbox: Mailbox, below: Folder) -> tuple[str, str, str]:
    return str(mailbox.items(below)), str(mailbox.size(below)), str(RECOVERABLE_QUOTA)


def conceal_name(name: str) -> str:
    """Concealed names are the same each time, but nobody can tell whose they are."""
    if switches.value("report_names") == "shown":
        return name
    return hashlib.sha256(f"{TENANT_ID} {name}".encode()).hexdigest()[:32].upper()


PERIODS = ("D7", "D30", "D90", "D180")
SECONDS = 300
SALT = "simulator.graph.reports"


def mailbox_usage(call: Call) -> HttpResponse:
    """For those whose account has a role that may read reports: here, the staff."""
    if not call.person.staff:
        raise errors.no_reports()
    period = call.ids["period"]
    if period not in PERIODS:
        raise errors.bad_request(f"Invalid period value specified: {period}. Supported: {', '.join(PERIODS)}.")
    if call.request.headers.get("If-None-Match") == make_tag(period):
        return HttpResponse(status=304)
    response = HttpResponse(status=302, content_type="text/plain")
    response["Location"] = f"{call.origin}/data/download/{signing.dumps(period, salt=SALT)}"
    return response


@with_graph_headers
def download(request: HttpRequest, key: str) -> HttpResponse:
    """Without a token; the address itself is the permission."""
    if request.method != "GET":
        raise errors.method_not_allowed()
    try:
        period: str = signing.loads(key, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        raise errors.GraphError(404, "ItemNotFound", "The report is no longer there.") from None
    with TENANT.lock:
        content = write_file(period)
    response = HttpResponse(content, content_type="application/octet-stream")
    response["ETag"] = make_tag(period)
    response["Content-Disposition"] = f'attachment; filename="MailboxUsageDetail{period}.csv"'
    return response
