from __future__ import annotations

import json
from typing import Any

import pytest

from bench.load import WrongAnswers, read


def printed(**told: Any) -> str:
    seen = {"requests": 500, "seconds": 2.0, "refused": 0, "broken": 0, **told}
    return f"Running 2s test @ http://localhost:1/\n{json.dumps(seen)}\n"


def test_the_last_line_of_wrk_is_read_into_units_of_ours() -> None:
    seen = read(printed(), processor_seconds=1.0)
    assert (seen.per_second, seen.processor_us) == (250.0, 2000.0)


@pytest.mark.parametrize("told", [{"refused": 1}, {"broken": 1}, {"requests": 0}])
def test_a_load_that_was_not_answered_gives_no_figure(told: dict[str, int]) -> None:
    with pytest.raises(WrongAnswers):
        read(printed(**told), processor_seconds=1.0)
