"""How a run is done: how many rounds, how long each, and the environment of the servers."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.servers import BenchServer, serve
from demo import database, settings
from demo.ports import find_free_port
from demo.simulator import read_application
from demo.stamps import ROOT

APPLICATION = "portal.wsgi:application"


@dataclass(frozen=True)
class BenchPlan:
    """`requests` one after another a page; `folder` is for databases."""

    rounds: int
    quick: bool
    requests: int
    simulator: str
    folder: Path

    @property
    def plain(self) -> dict[str, str]:
        """The machine's environment, for what needs no settings."""
        return dict(os.environ)

    def environment(self, port: int) -> dict[str, str]:
        """The site's, with a database of its own."""
        file = self.folder / f"{port}.sqlite3"
        database.make_database(file)
        application = read_application(self.simulator)
        return settings.make_environment(
            application, site_port=port, simulator=self.simulator, database=f"sqlite:///{file}"
        )

    @contextmanager
    def site(self, kind: str = "granian", application: str = APPLICATION, folder: Path = ROOT) -> Iterator[BenchServer]:
        port = find_free_port()
        with serve(kind, application, self.environment(port), port, folder) as server:
            yield server


@contextmanager
def make_scratch_folder() -> Iterator[Path]:
    """A folder below var/ for as long as the run takes."""
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "var") as folder:
        yield Path(folder)
