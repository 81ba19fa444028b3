"""A mailbox opened as a view opens it, and what the audit log says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from accounts.models import User
from portal.connect import Connection, open_mailbox
from tests.changes.direct_change import ADDRESS, Audited
from tests.log_lines import lines_of


@pytest.fixture
def mailbox(signed_in: Callable[[str], object]) -> Connection:
    signed_in("rule.collector")
    return open_mailbox(User.objects.get(address=ADDRESS))


@pytest.fixture
def audited() -> Iterator[Audited]:
    """(action, outcome, detail) of the audit log's lines."""
    with lines_of("audit") as kept:
        yield lambda: [(line["action"], line["outcome"], line.get("detail", "")) for line in kept.written()]
