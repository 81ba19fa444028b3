"""Mailboxes full of generated letters: one large, and those of many people, which are small."""

from m365_simulator.generate.chance import WORDS, Chance
from m365_simulator.generate.content import GeneratedContent
from m365_simulator.generate.draft import Key
from m365_simulator.mail.headers import Address
from m365_simulator.mailbox.folders import Folder
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.seed.rules import make_people, make_rule

DEEPEST = 4  # folders above a generated one, at most
PERCENT = {"inbox": 25, "sentitems": 8, "deleteditems": 12, "junkemail": 2, "archive": 8}  # the rest: own folders
UNREAD = 12  # percent
MIB = 1024 * 1024
FEW = 12  # letters of a small mailbox that are stored; the rest is only counted
RULES = 12


def fill_large(mailbox: Mailbox, number: int, messages: int, folders: int) -> None:
    """So many messages, and so many folders besides those that every mailbox has."""
    chance, owner = Chance(number, messages, folders), owner_of(mailbox)
    made = add_folders(mailbox, chance, folders)
    for place in range(messages):
        folder = pick_folder(mailbox, chance, made)
        put_letter(
            mailbox, Key(number, place, owner, own=folder.role == "sentitems"), folder, is_read=not chance.hits(UNREAD)
        )
    for folder in made[:RULES]:
        words = {"subjectContains": [folder.name.partition(" ")[0]]}
        mailbox.add_rule(make_rule(folder.name, words, {"moveToFolder": folder.id, "stopProcessingRules": True}))


def fill_small(mailbox: Mailbox, number: int, place: int) -> None:
    """What the person with this place in the row has: some letters, some more that are counted, perhaps a rule."""
    chance, owner = Chance(number, place), owner_of(mailbox)
    for letter in range(chance.below(FEW)):
        key = Key(number, place * FEW + letter, owner)
        put_letter(mailbox, key, mailbox.folder("inbox"), is_read=not chance.hits(UNREAD))
    for role in ("inbox", "sentitems", "deleteditems"):
        folder = mailbox.folder(role)
        folder.more_items = chance.below(4000)
        folder.more_unread = folder.more_items * chance.below(UNREAD) // 100
        folder.more_bytes = folder.more_items * (40_000 + chance.below(MIB))
    if chance.hits(12):
        domain = "example.com" if chance.hits(80) else "mobile.example.net"
        mailbox.add_rule(make_rule("転送", {}, {"forwardTo": make_people(f"{chance.below(10**6):06}@{domain}")}))


def owner_of(mailbox: Mailbox) -> Address:
    return Address(mailbox.owner.name, mailbox.owner.address)


def put_letter(mailbox: Mailbox, key: Key, folder: Folder, *, is_read: bool) -> None:
    mailbox.store(GeneratedContent(key), folder.id, received=key.sent, is_read=is_read or key.own)


def add_folders(mailbox: Mailbox, chance: Chance, folders: int) -> list[Folder]:
    """New folders below the top, the Inbox and each other, with names that differ within a folder."""
    roots = [mailbox.top] * 25 + [mailbox.folder("inbox")] * 15
    open_to_more: list[Folder] = []
    made = []
    taken: set[tuple[str, str]] = set()
    depths = {mailbox.top.id: 0, mailbox.folder("inbox").id: 1}
    for _ in range(folders):
        parent = chance.pick(roots) if not open_to_more or chance.hits(40) else chance.pick(open_to_more)
        folder = mailbox.add_folder(make_folder_name(chance, parent, taken), parent.id)
        depths[folder.id] = depths[parent.id] + 1
        made.append(folder)
        if depths[folder.id] < DEEPEST:
            open_to_more.append(folder)
    return made


def make_folder_name(chance: Chance, parent: Folder, taken: set[tuple[str, str]]) -> str:
    """A course and a year, with a number when that is taken."""
    name = first = f"{chance.pick(WORDS['courses'])} {2020 + chance.below(7)}年度"
    count = 1
    while (parent.id, name) in taken:
        count += 1
        name = f"{first} ({count})"
    taken.add((parent.id, name))
    return name


def pick_folder(mailbox: Mailbox, chance: Chance, made: list[Folder]) -> Folder:
    """A few folders hold most of what is sorted."""
    drawn = chance.below(100)
    for role, percent in PERCENT.items():
        if drawn < percent or (role == "archive" and not made):
            return mailbox.folder(role)
        drawn -= percent
    return made[int(len(made) * chance.share() ** 3)]
