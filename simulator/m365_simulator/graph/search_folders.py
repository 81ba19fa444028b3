"""Search folders: they show messages that lie elsewhere.

https://learn.microsoft.com/graph/api/resources/mailsearchfolder
"""

from collections.abc import Iterator, Sequence

from m365_simulator.graph.message_rows import MessageRow
from m365_simulator.graph.odata.filter import Filter, parse_filter
from m365_simulator.graph.vocabulary import MESSAGE
from m365_simulator.mailbox.folders import Folder
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.mailbox.messages import Message, newest_first


def parse_query(text: str) -> Filter:
    """Raises GraphError (400)."""
    return parse_filter(text, MESSAGE)


def find_messages(mailbox: Mailbox, folder: Folder) -> Sequence[Message]:
    """The newest first; looked for again when something has changed."""
    version, shown = mailbox.searched.get(folder.id, (-1, ()))
    if version != mailbox.version:
        test = parse_query(folder.query).test
        held = (message for source in find_sources(mailbox, folder) for message in mailbox.messages_in(source.id))
        shown = newest_first(message for message in held if test(MessageRow(message)))
        mailbox.searched[folder.id] = (mailbox.version, shown)
    return shown


def find_sources(mailbox: Mailbox, folder: Folder) -> Iterator[Folder]:
    """Each folder once. One that is gone, or is a search folder itself, is none."""
    ids = folder.sources or (mailbox.top.id,)
    roots = [mailbox.folders[it] for it in ids if it in mailbox.folders]
    places = {root.id: root for root in roots}
    if folder.nested:
        places |= {below.id: below for root in roots for below in mailbox.tree(root.id)}
    return (place for place in places.values() if not place.search)
