"""What `$search` looks at in a message."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from m365_simulator.graph.odata import search
from m365_simulator.graph.odata.options import Options
from m365_simulator.mail.headers import Address
from m365_simulator.mailbox.messages import Message


def search_messages(held: Sequence[Message], asked: Options) -> Sequence[Message]:
    """Raises GraphError (400)."""
    if asked.search is None:
        return held
    search.check_search_options(asked)
    test = search.parse_search(asked.search)
    return [message for message in held if test(SearchedMessage(message))]


@dataclass(frozen=True)
class SearchedMessage:
    """https://learn.microsoft.com/graph/search-query-parameter: the properties of a message."""

    message: Message

    def texts(self, name: str) -> str | None:
        return TEXTS[name](self.message) if name in TEXTS else None

    def moments(self, name: str) -> datetime | None:
        if name == "received":
            return self.message.received
        return self.message.content.date or self.message.received if name == "sent" else None

    def number(self, name: str) -> int | None:
        return self.message.content.size if name == "size" else None


def _people(*people: Address) -> str:
    return "\n".join(str(person) for person in people)


def _yes(value: bool) -> str:
    return "true" if value else "false"


TEXTS: dict[str, Callable[[Message], str]] = {
    "attachment": lambda message: "\n".join(it.name for it in message.content.attachments),
    "bcc": lambda message: "",
    "body": lambda message: message.content.text,
    "category": lambda message: "\n".join(message.categories),
    "cc": lambda message: _people(*message.content.cc),
    "from": lambda message: _people(message.content.sender),
    "hasattachment": lambda message: _yes(message.content.has_attachments),
    "hasattachments": lambda message: _yes(message.content.has_attachments),
    "importance": lambda message: message.importance,
    "isread": lambda message: _yes(message.is_read),
    "kind": lambda message: "email",
    "participants": lambda message: _people(message.content.sender, *message.content.to, *message.content.cc),
    "recipients": lambda message: _people(*message.content.to, *message.content.cc),
    "subject": lambda message: message.content.subject,
    "to": lambda message: _people(*message.content.to),
}
