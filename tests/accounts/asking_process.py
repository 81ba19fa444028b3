"""`python -m tests.accounts.asking_process USER THREADS`: a worker of the site that asks for one person's token.

It says "ready", waits for a line, asks in all threads at once, and writes one digest of a token for each.
"""

from __future__ import annotations

import hashlib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import django


def main(user_id: int, threads: int) -> None:
    django.setup()
    from django.conf import settings
    from django.db import connection

    from accounts.models import User
    from accounts.tokens import get_access_token

    user = User.objects.get(pk=user_id)
    together = threading.Barrier(threads)

    def ask(_: int) -> str:
        try:
            together.wait(10)
            return hashlib.sha256(get_access_token(user, settings.MAILBOX_SCOPES).encode()).hexdigest()[:12]
        finally:
            connection.close()

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(threads) as pool:
        for digest in pool.map(ask, range(threads)):
            print(digest)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
