"""A guide page and its 304 against a bare Django view, on the same server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection

from bench import load
from bench.budgets import at_least
from bench.figures import BenchSection, Figure
from bench.load import Load
from bench.plan import BenchPlan
from bench.rounds import measure_rounds
from bench.samples import Sample, ratio
from bench.servers import KINDS, OURS, BenchServer, serve

PAGE = "/ja/guides/thunderbird/"
CONNECTIONS = 16
LONGER = 2  # seconds, for the server that the budgets are for: within one the ratio wanders by a tenth
LEAST, LEAST_UNCHANGED = 1.7, 3.0
WHOLE, UNCHANGED = ("br", "gzip"), "304"


@dataclass(frozen=True)
class Candidate:
    """`what` is "bare", "br", "gzip" or "304"."""

    server: str
    what: str


def measure(plan: BenchPlan) -> BenchSection:
    with ExitStack() as stack:
        bare = {kind: stack.enter_context(serve(kind, "bench.apps.bare:application", plan.plain)) for kind in KINDS}
        site = {kind: stack.enter_context(plan.site(kind)) for kind in KINDS}
        tag = etag(site[KINDS[0]])

        def one(candidate: Candidate) -> Load:
            server = (bare if candidate.what == "bare" else site)[candidate.server]
            path = "/" if candidate.what == "bare" else PAGE
            headers = headers_of(candidate.what, tag)
            seconds = LONGER if candidate.server == OURS else 1
            return load.put_on(server, path, headers, connections=CONNECTIONS, seconds=seconds)

        candidates = [Candidate(kind, what) for kind in KINDS for what in ("bare", *WHOLE, UNCHANGED)]
        return BenchSection(
            "Guide pages", "server", tuple(figures(measure_rounds(candidates, plan.rounds, one))), (NOTE,)
        )


NOTE = (
    "One process on one core, 16 connections. The ratios are of requests per second of the server's processor time:"
    " what the core gives when nothing else wants it."
)


def headers_of(what: str, tag: str) -> dict[str, str]:
    if what == UNCHANGED:
        return {"Accept-Encoding": "br", "If-None-Match": tag}
    return {"Accept-Encoding": what} if what in WHOLE else {}


def etag(server: BenchServer) -> str:
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", PAGE, headers={"Host": f"localhost:{server.port}"})
    tag = connection.getresponse().headers["ETag"]
    connection.close()
    return tag


def figures(loads: Mapping[Candidate, list[Load]]) -> Iterator[Figure]:
    """The budgets are those of the server that the site runs on; the other one stands beside it."""
    for kind in KINDS:
        bare = loads[Candidate(kind, "bare")]
        yield Figure(kind, "bare view, a second", "", per_second(bare))
        for what in (*WHOLE, UNCHANGED):
            seen = loads[Candidate(kind, what)]
            least = at_least(LEAST_UNCHANGED if what == UNCHANGED else LEAST)
            yield Figure(kind, f"{what}, a second", "", per_second(seen))
            yield Figure(kind, f"{what} : bare view", "×", cheaper(bare, seen), least if kind == OURS else None)


def per_second(loads: list[Load]) -> Sample:
    return Sample(tuple(each.per_second for each in loads))


def cheaper(than: list[Load], seen: list[Load]) -> Sample:
    return ratio([each.processor_us for each in than], [each.processor_us for each in seen])
