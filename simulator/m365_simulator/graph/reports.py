"""The usage of all mailboxes: a redirect to a file that lies elsewhere, for a few minutes, for anybody.

https://learn.microsoft.com/graph/api/reportroot-getmailboxusagedetail
"""

from django.core import signing
from django.http import HttpRequest, HttpResponse

from m365_simulator.graph import errors, usage_file
from m365_simulator.graph.call import Call
from m365_simulator.graph.dress import in_dress
from m365_simulator.tenant import TENANT

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
    if call.request.headers.get("If-None-Match") == usage_file.tag(period):
        return HttpResponse(status=304)
    response = HttpResponse(status=302, content_type="text/plain")
    response["Location"] = f"{call.origin}/data/download/{signing.dumps(period, salt=SALT)}"
    return response


@in_dress
def download(request: HttpRequest, key: str) -> HttpResponse:
    """Without a token; the address itself is the permission."""
    if request.method != "GET":
        raise errors.method_not_allowed()
    try:
        period: str = signing.loads(key, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        raise errors.GraphError(404, "ItemNotFound", "The report is no longer there.") from None
    with TENANT.lock:
        content = usage_file.content(period)
    response = HttpResponse(content, content_type="application/octet-stream")
    response["ETag"] = usage_file.tag(period)
    response["Content-Disposition"] = f'attachment; filename="MailboxUsageDetail{period}.csv"'
    return response
