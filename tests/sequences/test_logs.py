"""A run of sequences looks at each log line of its sites."""

from __future__ import annotations

from pathlib import Path

from tests.sequences.sites import Server, Servers
from tests.simulator_control import Simulator


def test_a_line_with_an_address_or_a_key_is_found(simulator: Simulator, tmp_path: Path) -> None:
    log = tmp_path / "site.log"
    lines = ["INFO portal started", "INFO portal for somebody@example.ac.jp", "INFO portal sealed with k-e-y-1"]
    log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    site = Server(1, {"TOKEN_KEYS": "k-e-y-1"}, log)
    assert [*Servers(simulator.address, (site,), ()).find_leaks()] == [
        "a mail address in a log line: INFO portal for somebody@example.ac.jp",
        "a secret in a log line: INFO portal sealed with k-e-y-1",
    ]
