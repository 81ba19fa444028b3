"""What Outlook's part of Graph takes from one mailbox.

https://learn.microsoft.com/graph/throttling-limits: four requests at a time, and a number of
requests in ten minutes. A `$batch` counts for neither; its items do.
"""

import math
import time

from m365_simulator import switches
from m365_simulator.directory.person import Person
from m365_simulator.graph import errors
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.tenant import TENANT

PERIOD = 600.0  # seconds
LOOK_BACK = 200  # requests


def check_limits(person: Person, method: str) -> None:
    """Call with the tenant's lock held. Raises GraphError (429, or 403 for a full mailbox)."""
    if count_under_way(person) > int(switches.value("mailbox_concurrency")):
        raise errors.throttled("MailboxConcurrency", 1)
    mailbox = TENANT.mailboxes.get(person.oid)
    if mailbox is None:
        return
    _count(mailbox)
    if method == "GET" and switches.value("full_mailbox_reads") == "refused" and mailbox.is_full:
        raise errors.quota_exceeded()


def count_under_way(person: Person) -> int:
    """Requests of this person that have not been answered yet, this one included."""
    rows = TENANT.requests.rows[-LOOK_BACK:]
    return sum(
        row.service == "graph" and row.person == person.address and row.ended is None and row.path != "/$batch"
        for row in rows
    )


def _count(mailbox: Mailbox) -> None:
    """Refused requests count, too: https://learn.microsoft.com/graph/throttling"""
    now, most = time.monotonic(), int(switches.value("mailbox_rate"))
    asked = mailbox.asked
    while asked and asked[0] <= now - PERIOD:
        asked.popleft()
    asked.append(now)
    if len(asked) > most:
        raise errors.throttled("RequestRate", math.ceil(_wait(mailbox, most, now)))


def _wait(mailbox: Mailbox, most: int, now: float) -> float:
    """Seconds until one more request would be taken, if nobody asks meanwhile."""
    return mailbox.asked[len(mailbox.asked) - most] + PERIOD - now if most else PERIOD
