"""The mailboxes of the seeded people: fictional, and the same in every run."""

from collections.abc import Callable

from m365_simulator.directory.person import DOMAIN, Person
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.seed.full_mailbox import fill_full_mailbox, fill_over_quota
from m365_simulator.seed.letters import COURSES, OFFICES, put_letters
from m365_simulator.seed.rules import fill_rule_collector, make_people, make_rule


def make_mailbox(person: Person) -> Mailbox | None:
    """A fresh mailbox; None for a person without a licence, or of another tenant."""
    alias, _, domain = person.address.partition("@")
    if not person.licensed or domain != DOMAIN:
        return None
    mailbox = Mailbox(person)
    FILLING.get(alias, fill_usual)(mailbox)
    return mailbox


def leave_empty(mailbox: Mailbox) -> None:
    """The folders that Exchange makes, and nothing in them."""


def fill_usual(mailbox: Mailbox) -> None:
    """Small, like most people's."""
    inbox = mailbox.folder("inbox")
    put_letters(mailbox, inbox.id, OFFICES)
    courses = mailbox.add_folder("授業", inbox.id)
    put_letters(mailbox, courses.id, COURSES[:3])


def fill_forwarder(mailbox: Mailbox) -> None:
    """Forwards everything to an allowed domain, and some of it to one that is refused."""
    fill_usual(mailbox)
    home = make_people("naoto.takahashi@example.com")
    phone = make_people("takahashi@mobile.example.net")
    mailbox.add_rule(make_rule("自宅へ転送", {}, {"forwardTo": home}))
    urgent = {"subjectContains": ["休講", "緊急"]}
    mailbox.add_rule(make_rule("休講の連絡を携帯へ", urgent, {"redirectTo": phone}))


FILLING: dict[str, Callable[[Mailbox], None]] = {
    "new.student": leave_empty,
    "full.mailbox": fill_full_mailbox,
    "over.quota": fill_over_quota,
    "forwarder": fill_forwarder,
    "rule.collector": fill_rule_collector,
}
