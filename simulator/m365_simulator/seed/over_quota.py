"""30 % above the limit: nothing more arrives."""

from m365_simulator.mailbox.mailbox import GIB, Mailbox
from m365_simulator.seed.full_mailbox import Holding, count
from m365_simulator.seed.letters import OFFICES, OLD, put

HOLDINGS = (
    Holding("受信トレイ", 38210, 2044, 41.0 * 1024),
    Holding("削除済みアイテム", 9407, 310, 14.2 * 1024),
    Holding("送信済みアイテム", 6120, 0, 9.8 * 1024),
)


def fill(mailbox: Mailbox) -> None:
    put(mailbox, mailbox.folder("inbox").id, OFFICES)
    put(mailbox, mailbox.folder("deleteditems").id, OLD)
    for holding in HOLDINGS:
        count(mailbox, holding, round(holding.size / 1024 * GIB))
