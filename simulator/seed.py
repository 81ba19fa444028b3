"""The mailboxes of the seeded people."""

from typing import TYPE_CHECKING

from simulator.mailbox import Mailbox

if TYPE_CHECKING:
    from simulator.tenant import Person


def mailbox_for(person: "Person") -> Mailbox | None:
    """A fresh mailbox, the same in every run; None for a person without one."""
    if not person.licensed:
        return None
    return Mailbox(person)
