"""The mailboxes of the seeded people: fictional, and the same in every run."""

from collections.abc import Callable

from m365_simulator.directory.person import Person
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.seed import forwarder, full_mailbox, over_quota, rule_collector, usual

DOMAIN = "example.ac.jp"

FILLING: dict[str, Callable[[Mailbox], None]] = {
    "new.student": usual.empty,
    "full.mailbox": full_mailbox.fill,
    "over.quota": over_quota.fill,
    "forwarder": forwarder.fill,
    "rule.collector": rule_collector.fill,
}


def mailbox_for(person: "Person") -> Mailbox | None:
    """A fresh mailbox; None for a person without a licence, or of another tenant."""
    alias, _, domain = person.address.partition("@")
    if not person.licensed or domain != DOMAIN:
        return None
    mailbox = Mailbox(person)
    FILLING.get(alias, usual.fill)(mailbox)
    return mailbox
