"""How much is generated, and the generating itself."""

from dataclasses import dataclass
from functools import partial

from m365_simulator.directory.person import DOMAIN, Person
from m365_simulator.generate.chance import Chance, pick_japanese_name, pick_western_name
from m365_simulator.generate.mailbox import fill_large, fill_small
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.tenant import Tenant

LARGE = f"large.mailbox@{DOMAIN}"
MOST = {"people": 200_000, "messages": 1_000_000, "folders": 10_000}
ABROAD = 10  # percent of the people who came from abroad and read English


@dataclass(frozen=True)
class Plan:
    """`people` students s000001@… and on, each with a small mailbox; `messages` and `folders` of one large mailbox."""

    number: int
    people: int = 0
    messages: int = 0
    folders: int = 0

    def problem(self) -> str:
        """Why it cannot be carried out, empty when it can."""
        for name, most in MOST.items():
            if not 0 <= getattr(self, name) <= most:
                return f"{name} must be between 0 and {most}"
        if not (self.people or self.messages or self.folders):
            return "one of people, messages and folders must be more than 0"
        return ""

    def carry_out(self, tenant: Tenant) -> None:
        """Call with the tenant's lock held. What was generated before by another plan stays."""
        for place in range(self.people):
            person = make_student(self.number, place)
            tenant.people[person.address] = person
            tenant.mailboxes.make_later(person.oid, partial(make_small_mailbox, self.number, place, person))
        if self.messages or self.folders:
            owner = make_large_owner(self.messages, self.folders)
            tenant.people[owner.address] = owner
            mailbox = Mailbox(owner)
            fill_large(mailbox, self.number, self.messages, self.folders)
            tenant.mailboxes[owner.oid] = mailbox

    def as_json(self) -> dict[str, object]:
        """What there is now: the addresses of the first and the last student, and of the large mailbox."""
        row = [make_address(place) for place in (0, self.people - 1)] if self.people else []
        large = LARGE if self.messages or self.folders else None
        return {
            "number": self.number,
            "people": self.people,
            "addresses": row,
            "mailbox": large,
            "messages": self.messages,
            "folders": self.folders,
        }


def make_address(place: int) -> str:
    return f"s{place + 1:06}@{DOMAIN}"


def make_student(number: int, place: int) -> Person:
    chance = Chance(number, place, ABROAD)
    abroad = chance.hits(ABROAD)
    name, _ = pick_western_name(chance) if abroad else pick_japanese_name(chance)
    language = "en" if abroad else "ja"
    return Person(make_address(place), name, "", "", language=language, listed=False)


def make_small_mailbox(number: int, place: int, person: Person) -> Mailbox:
    mailbox = Mailbox(person)
    fill_small(mailbox, number, place)
    return mailbox


def make_large_owner(messages: int, folders: int) -> Person:
    return Person(
        LARGE,
        "森 大輔",
        f"メールが{messages:,}通、フォルダーが{folders:,}個あるメールボックスを持っています。",
        f"Has a mailbox with {messages:,} messages and {folders:,} folders.",
    )
