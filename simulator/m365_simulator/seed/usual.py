"""A small mailbox like most people's, and an empty one."""

from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.seed.letters import COURSES, OFFICES, put


def fill(mailbox: Mailbox) -> None:
    inbox = mailbox.folder("inbox")
    put(mailbox, inbox.id, OFFICES)
    courses = mailbox.add_folder("授業", inbox.id)
    put(mailbox, courses.id, COURSES[:3])


def empty(mailbox: Mailbox) -> None:
    """The folders that Exchange makes, and nothing in them."""
