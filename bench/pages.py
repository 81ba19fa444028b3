"""Every page that asks Microsoft, signed in: what it asks, what it takes beyond Microsoft's own time, how it holds up.

Microsoft is simulated, once as fast as it can, once with 300 ms before each answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

from bench.budgets import Budget, at_most
from bench.figures import Figure, Section, counted
from bench.line import Line, Visit
from bench.mailboxes import calm
from bench.person import Person
from bench.plan import Plan
from bench.rounds import interleaved
from bench.samples import Sample, percentile
from tests.simulator_control import Simulator

TIMED = "bench.apps.timed:application"
SLOW = 300  # milliseconds
AT_ONCE = 30
OWN_MOST, SLOW_MOST = at_most(12), at_most(1.2)
BATCH, RULES = "POST /$batch", "GET /me/mailFolders/inbox/messageRules*"


@dataclass(frozen=True)
class MailboxPage:
    """`person` is one for whom it is full. `asks` matches its requests to Microsoft, those within a batch left out."""

    name: str
    path: str
    person: str
    waves: int
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
    """What one round saw of a page; `crowd` are the p95 of 30 readers who ask at once, in milliseconds."""

    fast: Sequence[Visit]
    slow: Sequence[Visit]
    crowd_fast: float
    crowd_slow: float


def measured(plan: Plan) -> Section:
    simulator = calm(plan)
    with plan.site(application=TIMED) as server:
        people = {name: Person(server.address, name) for name in sorted({page.person for page in PAGES})}
        change_something(people["rule.collector"])
        asked = {page: waves(simulator, people[page.person], page) for page in PAGES}
        bytes_of = {page: sizes(people[page.person], page) for page in PAGES}
        rounds = interleaved(PAGES, plan.rounds, lambda page: one(plan, simulator, people[page.person], page))
    return Section("Mailbox pages", "page", tuple(figures(rounds, asked, bytes_of)), (NOTE,))


NOTE = (
    "Own time is the reader's whole time for the document less the time from a request to Microsoft sent until its"
    " answer began. `300 ms` is with that much added to each answer of Microsoft's: the whole page's p95, one reader"
    " after another, as a multiple of Microsoft's share. `30 at once` ask at one moment; p95 is the 29th answer."
)


def change_something(person: Person) -> None:
    """So that the history has something to say, about a folder too."""
    for _ in range(2):
        page = person.open("/ja/rules/")
        person.send(page, "form[action$='/switch/']")


def waves(simulator: Simulator, person: Person, page: MailboxPage) -> int:
    """Sets of requests that wait for no other: those of a set carry the same client-request-id."""
    before = len(simulator.requests()["requests"])
    person.open(f"/ja/{page.path}")
    seen = simulator.requests()["requests"][before:]
    return len({row["client_request_id"] for row in seen if row["service"] == "graph" and not row["batch"]})


def sizes(person: Person, page: MailboxPage) -> tuple[float, float]:
    """KB of the document, plain and compressed."""
    answer = person.open(f"/ja/{page.path}")
    return len(answer.content) / 1000, int(answer.headers["Content-Length"]) / 1000


def one(plan: Plan, simulator: Simulator, person: Person, page: MailboxPage) -> Round:
    line = Line(person)
    line.visit(f"/ja/{page.path}")  # the first after a pause finds cold caches
    fast, crowd_fast = visits(line, page, plan.requests), crowd(person, page)
    simulator.fault(page.asks, delay_ms=SLOW)
    try:
        return Round(fast, visits(line, page, max(2, plan.requests // 5)), crowd_fast, crowd(person, page))
    finally:
        simulator.heal()


def visits(line: Line, page: MailboxPage, count: int) -> list[Visit]:
    return [line.visit(f"/ja/{page.path}") for _ in range(count)]


def crowd(person: Person, page: MailboxPage) -> float:
    """The p95 of 30 readers who ask at one moment: how long the last but one waits for the whole document."""
    start = Barrier(AT_ONCE)

    def ask(line: Line) -> float:
        start.wait()
        return line.visit(f"/ja/{page.path}").whole

    with ThreadPoolExecutor(AT_ONCE) as readers:
        return percentile(list(readers.map(ask, [Line(person) for _ in range(AT_ONCE)])), 0.95)


def figures(
    rounds: Mapping[MailboxPage, list[Round]],
    asked: Mapping[MailboxPage, int],
    bytes_of: Mapping[MailboxPage, tuple[float, float]],
) -> Iterator[Figure]:
    for page, seen in rounds.items():
        plain, compressed = bytes_of[page]
        yield counted(page.name, "waves", "", asked[page], at_most(page.waves))
        yield middles(page, "own time", [[visit.own for visit in each.fast] for each in seen], OWN_MOST)
        yield middles(page, "own processor time", [[visit.cpu for visit in each.fast] for each in seen])
        yield counted(page.name, "SQL", "", max(visit.statements for each in seen for visit in each.fast))
        yield counted(page.name, "plain", "KB", plain)
        yield counted(page.name, "compressed", "KB", compressed)
        yield Figure(page.name, "300 ms: p95 : Microsoft's", "×", Sample(tuple(map(slowed, seen))), SLOW_MOST)
        yield Figure(page.name, "30 at once: p95", "ms", Sample(tuple(each.crowd_fast for each in seen)))
        yield Figure(page.name, "30 at once, 300 ms: p95", "ms", Sample(tuple(each.crowd_slow for each in seen)))


def middles(page: MailboxPage, name: str, rounds: Sequence[Sequence[float]], budget: Budget | None = None) -> Figure:
    return Figure(page.name, name, "ms", Sample(tuple(Sample(tuple(values)).median for values in rounds)), budget)


def slowed(seen: Round) -> float:
    """The p95 of the whole page, as a multiple of what Microsoft took of it."""
    graph = Sample(tuple(visit.graph for visit in seen.slow)).median
    return percentile([visit.whole for visit in seen.slow], 0.95) / graph
