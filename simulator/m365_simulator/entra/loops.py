"""A client that asks the same thing over and over: AADSTS50196.

Microsoft names "15 or more" within five minutes:
https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes
"""

import time

from m365_simulator import switches
from m365_simulator.aadsts.errors import EntraError
from m365_simulator.tenant import TENANT

WINDOW = 300  # seconds


def check(request: str) -> None:
    """`request` says who asks for what. Raises EntraError 50196 when that came too often (switch `loop_limit`)."""
    limit = int(switches.value("loop_limit"))
    if not limit:
        return
    now = time.time()
    with TENANT.lock:
        recent = [at for at in TENANT.grants.repeats.get(request, []) if at > now - WINDOW]
        TENANT.grants.repeats[request] = [*recent, now]
    if len(recent) >= limit:
        raise EntraError(50196)
