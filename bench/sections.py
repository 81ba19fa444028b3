"""What `make bench` measures, in this order."""

from __future__ import annotations

from collections.abc import Callable

from bench import cold, endings, growth, guides, imports, lighthouse, many_guides, pages, process, sdk
from bench.figures import Section
from bench.plan import Plan

Measure = Callable[[Plan], Section]

SECTIONS: dict[str, Measure] = {
    "guides": guides.measured,
    "pages": pages.measured,
    "process": process.measured,
    "endings": endings.measured,
    "imports": imports.measured,
    "cold": cold.measured,
    "lighthouse": lighthouse.measured,
    "growth": growth.measured,
    "many-guides": many_guides.measured,
    "sdk": sdk.measured,
}
