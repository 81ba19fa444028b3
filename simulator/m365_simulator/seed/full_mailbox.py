"""98 % of 50 GB, most of it in Deleted Items; 24 folders on three levels.

Only a few letters are stored; every folder counts the rest, so that the sizes of all
folders together are what the mailbox uses.
"""

from typing import NamedTuple

from m365_simulator.mailbox.folders import Folder
from m365_simulator.mailbox.mailbox import GIB, Mailbox
from m365_simulator.seed.letters import CAREER, COURSES, LAB, OFFICES, OLD, SENT, put_letters

USED = 49 * GIB
MIB = 1024**2


class Holding(NamedTuple):
    """A folder by its path below the top: items, unread ones among them, size in MiB."""

    path: str
    items: int
    unread: int
    size: float


# the Inbox comes last and takes what is left of USED
HOLDINGS = (
    Holding("削除済みアイテム", 18204, 9120, 31.2 * 1024),
    Holding("送信済みアイテム", 3415, 0, 4.7 * 1024),
    Holding("研究室", 2208, 31, 2.3 * 1024),
    Holding("アーカイブ", 1150, 0, 0.9 * 1024),
    Holding("下書き", 12, 0, 4.1),
    Holding("迷惑メール", 57, 57, 3.3),
    Holding("送信トレイ", 0, 0, 0),
    Holding("会話の履歴", 21, 0, 0.4),
    Holding("RSS フィード", 4, 4, 0.1),
    Holding("就職活動", 88, 5, 41.5),
    Holding("サークル", 64, 0, 58.2),
    Holding("大きな添付", 9, 0, 96.7),
    Holding("受信トレイ/課題", 120, 6, 22.4),
    Holding("受信トレイ/図書館", 31, 1, 1.2),
    Holding("受信トレイ/教務課", 42, 2, 5.6),
    Holding("受信トレイ/課題/線形代数", 18, 0, 6.0),
    Holding("受信トレイ/課題/情報処理演習", 25, 3, 8.8),
    Holding("研究室/ゼミ", 36, 0, 12.9),
    Holding("研究室/実験データ", 27, 0, 19.5),
    Holding("研究室/実験データ/2025年度", 14, 0, 9.3),
    Holding("研究室/論文", 11, 0, 7.7),
    Holding("アーカイブ/2024年度", 33, 0, 4.6),
    Holding("アーカイブ/2025年度", 28, 0, 4.9),
)
INBOX = Holding("受信トレイ", 9871, 412, 0)
# of a mailbox that is 30 % above its limit: nothing more arrives
OVER_QUOTA = (
    Holding("受信トレイ", 38210, 2044, 41.0 * 1024),
    Holding("削除済みアイテム", 9407, 310, 14.2 * 1024),
    Holding("送信済みアイテム", 6120, 0, 9.8 * 1024),
)
LETTERS = {
    "受信トレイ": OFFICES,
    "受信トレイ/課題": COURSES,
    "研究室": LAB,
    "就職活動": CAREER,
    "削除済みアイテム": OLD,
    "送信済みアイテム": SENT,
}


def fill_full_mailbox(mailbox: Mailbox) -> None:
    for path, letters in LETTERS.items():
        put_letters(mailbox, find_or_add_folder(mailbox, path).id, letters)
    for holding in HOLDINGS:
        set_counts(mailbox, holding, round(holding.size * MIB))
    set_counts(mailbox, INBOX, USED - mailbox.used + mailbox.size(find_or_add_folder(mailbox, INBOX.path)))
    add_search_folder(mailbox)
    mailbox.folder("recoverableitemsdeletions").more_bytes = round(4.1 * GIB)


def fill_over_quota(mailbox: Mailbox) -> None:
    put_letters(mailbox, mailbox.folder("inbox").id, OFFICES)
    put_letters(mailbox, mailbox.folder("deleteditems").id, OLD)
    for holding in OVER_QUOTA:
        set_counts(mailbox, holding, round(holding.size / 1024 * GIB))


def set_counts(mailbox: Mailbox, holding: Holding, size: int) -> None:
    """Let a folder count these items and bytes in all, the stored letters included."""
    folder = find_or_add_folder(mailbox, holding.path)
    folder.more_items = holding.items - mailbox.items(folder)
    folder.more_unread = holding.unread - mailbox.unread(folder)
    folder.more_bytes = size - mailbox.size(folder)


def find_or_add_folder(mailbox: Mailbox, path: str) -> Folder:
    """The folder at this path, made when it is not there yet."""
    folder = mailbox.top
    for name in path.split("/"):
        held = {child.name: child for child in mailbox.children(folder.id)}
        folder = held.get(name) or mailbox.add_folder(name, folder.id)
    return folder


def add_search_folder(mailbox: Mailbox) -> None:
    """It shows the unread messages that lie elsewhere: whoever adds its size counts them twice."""
    found = mailbox.add_folder("未読のメール", mailbox.top.id, search=True)
    found.more_items = found.more_unread = sum(folder.more_unread for folder in mailbox.folders.values())
    found.more_bytes = round(9.2 * GIB)
