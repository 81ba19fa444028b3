"""The site's log lines while a test runs, as a handler of the settings writes them."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.security.watched_logs import look_at


class Lines(io.StringIO):
    def written(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@contextmanager
def lines_of(name: str, formatter: logging.Formatter | None = None) -> Iterator[Lines]:
    """The lines of JSON that come through the logger; made by its own handler's formatter unless another is given."""
    logger, lines = logging.getLogger(name), Lines()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(formatter or logger.handlers[0].formatter)
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        look_at(lines.getvalue())
