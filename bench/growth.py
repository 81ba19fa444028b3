"""How our own time grows with what a mailbox holds: ten, a hundred, a thousand rules or folders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.figures import BenchSection, Figure, counted
from bench.mailboxes import calm
from bench.open_connection import OpenConnection
from bench.pages import TIMED
from bench.person import Person
from bench.plan import BenchPlan
from bench.rounds import measure_rounds
from bench.samples import Sample, exponent
from tests.front_door import DOMAIN
from tests.simulator_control import Simulator

# So many of a thing, in the mailbox of somebody who has few.
OWNERS = {10: "new.student", 100: "helpdesk", 1000: "forwarder"}
SIZES, QUICK_SIZES = (10, 100, 1000), (10, 100)
PATHS = {"home": "/ja/", "forwarding": "/ja/forwarding/", "rules": "/ja/rules/"}
FOLDER_PATHS = {"storage": "/ja/quota/", "new rule": "/ja/rules/new/"}
VISITS = 3


@dataclass(frozen=True)
class Case:
    """A page of the mailbox with so many of a thing."""

    page: str
    path: str
    size: int


def measure(plan: BenchPlan) -> BenchSection:
    sizes = QUICK_SIZES if plan.quick else SIZES
    with plan.site(application=TIMED) as server:
        found: list[Figure] = []
        for thing, make, paths in (("rules", make_rules, PATHS), ("folders", make_folders, FOLDER_PATHS)):
            simulator = calm(plan)  # without what was made before
            people = {size: Person(server.address, OWNERS[size]) for size in sizes}
            for size in sizes:
                make(simulator, f"{OWNERS[size]}@{DOMAIN}", size)
            lines = {size: OpenConnection(person.site, person.cookie) for size, person in people.items()}
            found += figures(thing, own_times(lines, paths, plan.rounds))
    return BenchSection("Growth", "page", tuple(found), (NOTE,))


NOTE = (
    "Own time in ms, and the k of own time = c · size^k, over all sizes and over the last two: 1 grows in step with the"
    " size, 2 with its square."
)


def make_rules(simulator: Simulator, address: str, count: int) -> None:
    for number in range(1, count + 1):
        rule = {
            "displayName": f"Rule {number}",
            "sequence": number,
            "isEnabled": True,
            "conditions": {"subjectContains": [f"word {number}"]},
            "actions": {"markAsRead": True},
        }
        simulator.graph(address, "POST", "/me/mailFolders/inbox/messageRules", rule)


def make_folders(simulator: Simulator, address: str, count: int) -> None:
    for number in range(1, count + 1):
        simulator.graph(address, "POST", "/me/mailFolders", {"displayName": f"Folder {number}"})


def own_times(lines: Mapping[int, OpenConnection], paths: Mapping[str, str], rounds: int) -> dict[Case, list[float]]:
    """Milliseconds: the middle one of a few visits in each round."""

    def own_time(case: Case) -> float:
        return Sample(tuple(lines[case.size].visit(case.path).own for _ in range(VISITS))).median

    return measure_rounds([Case(page, path, size) for page, path in paths.items() for size in lines], rounds, own_time)


def figures(thing: str, times: Mapping[Case, Sequence[float]]) -> Iterator[Figure]:
    for page in dict.fromkeys(case.page for case in times):
        name = f"{page}, by {thing}"
        samples = {case.size: Sample(tuple(seen)) for case, seen in times.items() if case.page == page}
        for size, sample in samples.items():
            yield Figure(name, str(size), "ms", sample)
        sizes, medians = list(samples), [sample.median for sample in samples.values()]
        yield counted(name, "k", "", exponent(sizes, medians))
        yield counted(name, "k, last step", "", exponent(sizes[-2:], medians[-2:]))
