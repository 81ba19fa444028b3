"""The process: it starts quickly, says what is wrong, keeps connections, and ends when told."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.simulated import free_port
from tests.simulator_control import Simulator

ROOT = Path(__file__).resolve().parents[2]


def start(port: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "simulator", "--port", str(port)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def process(port: int) -> Iterator["subprocess.Popen[str]"]:
    started = start(port)
    wait_for(port)
    yield started
    started.kill()
    started.communicate()


def wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("it did not start")


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told(process: "subprocess.Popen[str]", told: signal.Signals) -> None:
    process.send_signal(told)
    out, err = process.communicate(timeout=5)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_taken_port_is_said_in_one_sentence(process: "subprocess.Popen[str]", port: int) -> None:
    second = start(port)
    out, err = second.communicate(timeout=10)
    assert second.returncode == 1
    assert out == ""
    assert err == f"Port {port} on 127.0.0.1 cannot be used: Address already in use.\n"


def test_a_connection_stays_open_and_answers_come_at_once(simulator: Simulator) -> None:
    answers = [simulator.session.get(f"{simulator.address}/control/people", timeout=10) for _ in range(5)]
    assert all("Content-Length" in answer.headers for answer in answers)
    assert all(answer.headers.get("Connection") != "close" for answer in answers)
    assert sorted(answer.elapsed.total_seconds() for answer in answers)[2] < 0.03


def test_an_unknown_path_is_404_in_json(simulator: Simulator) -> None:
    answer = requests.get(f"{simulator.address}/nowhere", timeout=10)
    assert answer.status_code == 404
    assert answer.json()["error"]
