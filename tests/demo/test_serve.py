"""`make demo` starts two servers, says where they are, and leaves none behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from demo.ports import find_free_port
from tests.demo_site import start, wait_for

# The first start may build; nothing may come from the network in any of these.
OFFLINE = {name: "http://127.0.0.1:9" for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")}


@dataclass
class Demo:
    """A demo that was started by `make`, and what it says."""

    process: subprocess.Popen[bytes]
    said: Path
    site_port: int
    simulator_port: int

    @property
    def lines(self) -> list[str]:
        return self.said.read_text(encoding="utf-8").splitlines()

    @property
    def server(self) -> int:
        """The process id of make's child, which watches the two servers."""
        return children_of(self.process.pid)[0]

    def answers(self) -> list[bool]:
        return [listening(port) for port in (self.site_port, self.simulator_port)]

    def wait_until_silent(self) -> None:
        """Both servers are gone within ten seconds."""
        deadline = time.monotonic() + 10
        while any(self.answers()):
            assert time.monotonic() < deadline, f"still there: {self.answers()}"
            time.sleep(0.05)


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def make_demo(checkout: Path, folder: Path, site_port: int, simulator_port: int, **environment: str) -> Demo:
    said = folder / "demo.log"
    command = ["make", "demo", f"PYTHON={sys.executable}"]
    process = start(command, said, site_port, simulator_port, folder=checkout, **OFFLINE, **environment)
    return Demo(process, said, site_port, simulator_port)


@pytest.fixture(scope="module")
def ports() -> tuple[int, int]:
    """The same for all, since guides name the site's address and would be rendered anew for another."""
    return find_free_port(), find_free_port()


@pytest.fixture
def demo(checkout: Path, tmp_path: Path, ports: tuple[int, int]) -> Iterator[Demo]:
    demo = make_demo(checkout, tmp_path, *ports)
    wait_for("Ready:", demo.said, demo.process)
    yield demo
    if demo.process.poll() is None:
        os.kill(demo.server, signal.SIGTERM)
        demo.process.wait(10)


def test_it_says_where_the_simulator_is_steered_and_then_that_it_is_ready(demo: Demo) -> None:
    control, ready = demo.lines[-2:]
    assert control.endswith(f"http://127.0.0.1:{demo.simulator_port}/control/")
    assert ready == f"Ready: http://localhost:{demo.site_port}/"
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(f"http://127.0.0.1:{demo.site_port}/ja/", headers={"Host": "localhost"}, timeout=5)
        assert page.status_code == 200
        assert "模擬環境" in page.text
        assert browser.get(f"http://127.0.0.1:{demo.simulator_port}/control/people", timeout=5).ok


def test_sigterm_to_makes_child_leaves_no_orphan(demo: Demo) -> None:
    assert "demo.serve" in command_of(demo.server)
    os.kill(demo.server, signal.SIGTERM)
    assert demo.process.wait(10) == 0
    assert demo.answers() == [False, False]


def test_sigterm_to_make_itself_leaves_no_orphan(demo: Demo) -> None:
    demo.process.terminate()
    demo.process.wait(10)
    demo.wait_until_silent()


def test_even_sigkill_leaves_no_orphan(demo: Demo) -> None:
    os.kill(demo.server, signal.SIGKILL)
    demo.process.wait(10)
    demo.wait_until_silent()


@pytest.mark.parametrize("victim", ["simulator", "granian"])
def test_when_one_ends_the_rest_is_stopped(demo: Demo, victim: str) -> None:
    server = next(child for child in children_of(demo.server) if victim in command_of(child))
    os.kill(server, signal.SIGKILL)
    assert demo.process.wait(15) != 0
    assert any("ended by itself" in line for line in demo.lines)
    demo.wait_until_silent()


@pytest.mark.parametrize("variable", ["PORT", "SIMULATOR_PORT"])
def test_a_taken_port_is_one_sentence_that_names_the_variable(
    checkout: Path, tmp_path: Path, ports: tuple[int, int], variable: str
) -> None:
    with socket.create_server(("127.0.0.1", ports[variable == "SIMULATOR_PORT"])):
        demo = make_demo(checkout, tmp_path, *ports)
        assert demo.process.wait(60) != 0
    sentence = next(line for line in demo.lines if line.startswith("Port "))
    assert f"choose another with {variable}=" in sentence
    assert "Traceback" not in "\n".join(demo.lines)


def test_a_simulator_of_ones_own_is_used_instead(checkout: Path, tmp_path: Path, ports: tuple[int, int]) -> None:
    own = os.environ["SIMULATOR"]
    demo = make_demo(checkout, tmp_path, *ports, SIMULATOR=own)
    wait_for("Ready:", demo.said, demo.process)
    assert f"The simulator is steered at {own}/control/" in demo.lines
    assert demo.answers() == [True, False]
    os.kill(demo.server, signal.SIGTERM)
    assert demo.process.wait(10) == 0
