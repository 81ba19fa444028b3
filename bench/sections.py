"""What `make bench` measures, in this order."""

from __future__ import annotations

from collections.abc import Callable

from bench import cold, endings, growth, guides, imports, lighthouse, many_guides, pages, process, sdk
from bench.figures import BenchSection
from bench.plan import BenchPlan

Measure = Callable[[BenchPlan], BenchSection]

SECTIONS: dict[str, Measure] = {
    "guides": guides.measure,
    "pages": pages.measure,
    "process": process.measure,
    "endings": endings.measure,
    "imports": imports.measure,
    "cold": cold.measure,
    "lighthouse": lighthouse.measure,
    "growth": growth.measure,
    "many-guides": many_guides.measure,
    "sdk": sdk.measure,
}
