"""Every page that asks Microsoft, signed in: what it asks, what it takes beyond Microsoft's own time, how it holds up.

Microsoft is simulated, once as fast as it can, once with 300 ms before each answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier

import requests
from bs4 import BeautifulSoup

from bench.budgets import at_most
from bench.figures import BenchSection, Figure, counted
from bench.mailboxes import calm, token
from bench.open_connection import OpenConnection, Visit
from bench.person import PATIENCE, Person
from bench.plan import BenchPlan
from bench.rounds import measure_rounds
from bench.samples import Sample, percentile
from bench.servers import OURS, serve
from tests.front_door import DOMAIN
from tests.simulator_control import Simulator

TIMED, BARE = "bench.apps.timed:application", "bench.apps.bare_page:application"
SLOW = 300  # milliseconds
AT_ONCE = 30
# 12 ms, where a bare page takes 5: docs/decisions/0052-own-time-against-a-bare-page.md
OWN_MOST, SLOW_MOST = at_most(12 / 5), at_most(1.2)
BATCH, RULES = "POST /$batch", "GET /me/mailFolders/inbox/messageRules*"


@dataclass(frozen=True)
class MailboxPage:
    """`person` is one for whom it is full. `asks` matches its requests to Microsoft, those within a batch left out."""

    name: str
    path: str
    person: str
    round_trips: int
    asks: str = BATCH


PAGES = (
    MailboxPage("home", "", "rule.collector", 1),
    MailboxPage("storage", "quota/", "full.mailbox", 2),
    MailboxPage("forwarding", "forwarding/", "forwarder", 1, RULES),
    MailboxPage("rules", "rules/", "rule.collector", 1),
    MailboxPage("new rule", "rules/new/", "rule.collector", 1),
    MailboxPage("history", "history/", "rule.collector", 1),
)


@dataclass(frozen=True)
class Round:
    """What one round saw of a page; `crowd` are the p95 of 30 readers who ask at once, in milliseconds.

    `pairs` are visits of the bare page and of this one by turns, so that a slow moment of the machine hits both.
    """

    pairs: Sequence[tuple[Visit, Visit]]
    slow: Sequence[Visit]
    crowd_fast: float
    crowd_slow: float


def measure(plan: BenchPlan) -> BenchSection:
    simulator = calm(plan)
    with plan.site(application=TIMED) as server, bare_page(plan) as bare:
        people = {name: Person(server.address, name) for name in sorted({page.person for page in PAGES})}
        change_something(people["rule.collector"])
        pages = (*PAGES, edit_page(people["rule.collector"]))
        asked = {page: count_round_trips(simulator, people[page.person], page) for page in pages}
        bytes_of = {page: sizes(people[page.person], page) for page in pages}
        rounds = measure_rounds(pages, plan.rounds, lambda page: one(plan, simulator, bare, people[page.person], page))
    return BenchSection("Mailbox pages", "page", tuple(figures(rounds, asked, bytes_of)), (NOTE,))


NOTE = (
    "Own time is the reader's whole time for the document less the time from a request to Microsoft sent until its"
    " answer began. A bare page is what `startproject` and `requests` give for the same rules: bench/apps/bare_page.py."
    " `300 ms` is with that much added to each answer of Microsoft's: the whole page's p95, one reader"
    " after another, as a multiple of Microsoft's share. `30 at once` ask at one moment; p95 is the 29th answer."
)


@contextmanager
def bare_page(plan: BenchPlan) -> Iterator[OpenConnection]:
    """The yardstick, for whoever has most rules."""
    asked = {"GRAPH": f"{plan.simulator}/graph/v1.0", "TOKEN": token(plan, f"rule.collector@{DOMAIN}")}
    environment = plan.plain | asked | {"DATABASE": str(plan.folder / "bare.sqlite3")}
    with serve(OURS, BARE, environment) as server:
        cookie = requests.get(f"{server.address}/sign-in", timeout=PATIENCE).cookies["sessionid"]
        yield OpenConnection(server.address, f"sessionid={cookie}")


def change_something(person: Person) -> None:
    """So that the history has something to say, about a folder too."""
    for _ in range(2):
        page = person.open("/ja/rules/")
        person.send(page, "form[action$='/switch/']")


def edit_page(person: Person) -> MailboxPage:
    """The form of the first rule in the person's list."""
    link = BeautifulSoup(person.open("/ja/rules/").content, "html5lib").select_one(".rule .actions a")
    if link is None:
        raise LookupError(f"{person.name} has no rule")
    return MailboxPage("edit a rule", str(link["href"]).removeprefix("/ja/"), person.name, 1)


def count_round_trips(simulator: Simulator, person: Person, page: MailboxPage) -> int:
    """Sets of requests that wait for no other: those of a set carry the same client-request-id."""
    before = len(simulator.requests()["requests"])
    person.open(f"/ja/{page.path}")
    seen = simulator.requests()["requests"][before:]
    return len({row["client_request_id"] for row in seen if row["service"] == "graph" and not row["batch"]})


def sizes(person: Person, page: MailboxPage) -> tuple[float, float]:
    """KB of the document, plain and compressed."""
    answer = person.open(f"/ja/{page.path}")
    return len(answer.content) / 1000, int(answer.headers["Content-Length"]) / 1000


def one(plan: BenchPlan, simulator: Simulator, bare: OpenConnection, person: Person, page: MailboxPage) -> Round:
    line, path = OpenConnection(person.site, person.cookie), f"/ja/{page.path}"
    bare.visit("/"), line.visit(path)  # the first after a pause finds cold caches
    pairs = [(bare.visit("/"), line.visit(path)) for _ in range(plan.requests)]
    crowd_fast = crowd(person, path)
    simulator.fault(page.asks, delay_ms=SLOW)
    try:
        slow = [line.visit(path) for _ in range(max(2, plan.requests // 5))]
        return Round(pairs, slow, crowd_fast, crowd(person, path))
    finally:
        simulator.heal()


def crowd(person: Person, path: str) -> float:
    """The p95 of 30 readers who ask at one moment: how long the last but one waits for the whole document."""
    start = Barrier(AT_ONCE, timeout=PATIENCE)

    def ask(line: OpenConnection) -> float:
        start.wait()
        return line.visit(path).whole

    with ThreadPoolExecutor(AT_ONCE) as readers:
        return percentile(
            list(readers.map(ask, [OpenConnection(person.site, person.cookie) for _ in range(AT_ONCE)])), 0.95
        )


def figures(
    rounds: Mapping[MailboxPage, list[Round]],
    asked: Mapping[MailboxPage, int],
    bytes_of: Mapping[MailboxPage, tuple[float, float]],
) -> Iterator[Figure]:
    bare = [middle(visit.own for visit, _ in each.pairs) for seen in rounds.values() for each in seen]
    yield Figure(BARE_PAGE, "own time", "ms", Sample(tuple(bare)))
    for page, seen in rounds.items():
        plain, compressed = bytes_of[page]
        visits = [[visit for _, visit in each.pairs] for each in seen]
        yield Figure(page.name, "own time", "ms", Sample(tuple(middle(it.own for it in each) for each in visits)))
        yield Figure(page.name, f"own time : {BARE_PAGE}'s", "×", Sample(tuple(map(above_bare, seen))), OWN_MOST)
        yield Figure(
            page.name, "own processor time", "ms", Sample(tuple(middle(it.cpu for it in each) for each in visits))
        )
        yield counted(page.name, "round trips", "", asked[page], at_most(page.round_trips))
        yield counted(page.name, "SQL", "", max(it.statements for each in visits for it in each))
        yield counted(page.name, "plain", "KB", plain)
        yield counted(page.name, "compressed", "KB", compressed)
        yield counted(page.name, "300 ms: p95 : Microsoft's", "×", slowed(seen), SLOW_MOST)
        yield Figure(page.name, "30 at once: p95", "ms", Sample(tuple(each.crowd_fast for each in seen)))
        yield Figure(page.name, "30 at once, 300 ms: p95", "ms", Sample(tuple(each.crowd_slow for each in seen)))


BARE_PAGE = "a bare page"


def middle(values: Iterable[float]) -> float:
    return Sample(tuple(values)).median


def above_bare(seen: Round) -> float:
    """Pair by pair: own time as a multiple of the bare page's just before."""
    return middle(visit.own / bare.own for bare, visit in seen.pairs)


def slowed(seen: Sequence[Round]) -> float:
    """The p95 of the whole page over all rounds, as a multiple of what Microsoft took of it."""
    visits = [visit for each in seen for visit in each.slow]
    return percentile([visit.whole for visit in visits], 0.95) / middle(visit.graph for visit in visits)
