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

from tests.simulator_control import Simulator

ROOT = Path(__file__).resolve().parents[1]


STEERED = "The simulator is steered at {}://127.0.0.1:{}/control/\n"


def start(port: int, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "m365_simulator", "--port", str(port), *more]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def process(port: int) -> Iterator["subprocess.Popen[str]"]:
    started = start(port)
    assert started.stdout is not None
    assert started.stdout.readline() == STEERED.format("http", port)
    yield started
    started.kill()
    started.communicate()


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(port: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if listening(port):
            return
        time.sleep(0.02)
    raise AssertionError("it did not start")


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told(process: "subprocess.Popen[str]", told: signal.Signals) -> None:
    process.send_signal(told)
    out, err = process.communicate(timeout=5)
    assert (process.returncode, out, err) == (0, "", "")


def test_a_free_port_is_chosen_and_named_once_it_answers() -> None:
    started = start(0)
    assert started.stdout is not None
    address = started.stdout.readline().partition(" at ")[2].removesuffix("control/\n")
    assert requests.get(f"{address}control/people", timeout=10).status_code == 200
    started.terminate()
    assert started.communicate(timeout=10) == ("", "")


def test_it_ends_with_the_program_that_started_it(port: int) -> None:
    command = [sys.executable, "-m", "m365_simulator", "--port", str(port), "--end-with-parent"]
    parent = f"import subprocess; subprocess.Popen({command}, stdout=subprocess.PIPE).stdout.readline()"
    subprocess.run([sys.executable, "-c", parent], cwd=ROOT, check=True, timeout=10)
    until = time.monotonic() + 10
    while listening(port):
        assert time.monotonic() < until
        time.sleep(0.02)


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


@pytest.fixture
def secure(port: int, tmp_path: Path) -> Iterator[requests.Session]:
    """A client that trusts only the certificate authority of a simulator that serves https."""
    ca_file = tmp_path / "ca.pem"
    started = start(port, "--tls", "--ca-file", str(ca_file))
    wait_for(port)
    with requests.Session() as session:
        session.trust_env, session.verify = False, str(ca_file)
        yield session
    started.terminate()
    out, err = started.communicate(timeout=10)
    assert (started.returncode, out, err) == (0, f"CA certificate: {ca_file}\n{STEERED.format('https', port)}", "")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_it_serves_https_with_a_certificate_authority_of_its_own(
    secure: requests.Session, port: int, host: str
) -> None:
    address = f"https://{host}:{port}"
    wanted = {"address": "full.mailbox@example.ac.jp", "scopes": ["Mail.Read"]}
    token = secure.post(f"{address}/control/token", json=wanted, timeout=10).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    folders = secure.get(f"{address}/graph/v1.0/me/mailFolders", headers=bearer, timeout=10).json()
    assert folders["@odata.nextLink"].startswith(f"{address}/graph/v1.0/")
    assert secure.get(folders["@odata.nextLink"], headers=bearer, timeout=10).json()["value"]


def test_addresses_for_sign_in_are_https_too(secure: requests.Session, port: int) -> None:
    where = f"https://127.0.0.1:{port}/login/example.ac.jp/v2.0/.well-known/openid-configuration"
    direct = secure.get(where, timeout=10).json()
    as_microsoft = secure.get(where, headers={"Host": "login.microsoftonline.com"}, timeout=10).json()
    assert direct["issuer"].startswith(f"https://127.0.0.1:{port}/login/")
    assert as_microsoft["authorization_endpoint"].startswith(f"https://127.0.0.1:{port}/login/")


def test_a_dropped_connection_and_a_stranger_leave_https_working(secure: requests.Session, port: int) -> None:
    address = f"https://127.0.0.1:{port}"
    fault = {"match": "GET /me", "drop": True, "times": 1}
    secure.put(f"{address}/control/faults", json=fault, timeout=10)
    with pytest.raises(requests.ConnectionError):
        secure.get(f"{address}/graph/v1.0/me", timeout=10)
    with pytest.raises(requests.ConnectionError):
        secure.get(f"http://127.0.0.1:{port}/control/people", timeout=10)
    with socket.create_connection(("127.0.0.1", port)):  # says nothing, and holds nobody up
        assert secure.get(f"{address}/control/people", timeout=10).status_code == 200


def test_the_certificate_goes_with_the_program_when_it_was_given_no_place(port: int) -> None:
    started = start(port, "--tls")
    assert started.stdout is not None
    said = started.stdout.readline()
    written = Path(said.removeprefix("CA certificate: ").strip())
    assert "BEGIN CERTIFICATE" in written.read_text()
    wait_for(port)
    started.terminate()
    started.communicate(timeout=10)
    assert not written.exists()


def test_a_place_for_the_certificate_that_cannot_be_written_is_said(port: int, tmp_path: Path) -> None:
    started = start(port, "--tls", "--ca-file", str(tmp_path))
    out, err = started.communicate(timeout=10)
    assert (started.returncode, out, err) == (1, "", f"{tmp_path} cannot be written: Is a directory.\n")


def seconds_to_first_answer(*more: str) -> tuple[float, int]:
    """From the start of the process; also its resident memory then, in MB."""
    port, begun = free_port(), time.monotonic()
    started = start(port, *more)
    wait_for(port)
    requests.get(f"http://127.0.0.1:{port}/control/people", timeout=60).raise_for_status()
    needed = time.monotonic() - begun
    status = Path(f"/proc/{started.pid}/status").read_text()
    started.terminate()
    started.communicate(timeout=10)
    return needed, int(status.partition("VmRSS:")[2].split()[0]) // 1024


def test_it_answers_soon_after_its_start() -> None:
    """0.6 seconds were measured on a quiet machine; this one may be busy with other tests."""
    assert min(seconds_to_first_answer()[0] for _ in range(3)) < 5


def test_a_large_tenant_fits_into_memory() -> None:
    """155 MB were measured; a message is some 800 bytes, a person 1 KB."""
    _, megabytes = seconds_to_first_answer("--people", "20000", "--messages", "100000", "--folders", "1000")
    assert megabytes < 300


def test_what_the_start_generated_comes_back_after_a_reset(port: int) -> None:
    started = start(port, "--people", "3", "--messages", "10", "--folders", "2", "--generate", "7")
    wait_for(port)
    simulator = Simulator(f"http://127.0.0.1:{port}")
    for _ in range(2):
        assert "large.mailbox@example.ac.jp" in {row["address"] for row in simulator.people()}
        assert simulator.graph("s000003@example.ac.jp", "GET", "/me/mailFolders")["value"]
        simulator.reset()
    simulator.session.close()
    started.terminate()
    assert started.communicate(timeout=10) == (STEERED.format("http", port), "")


def test_a_size_that_cannot_be_is_said_in_one_sentence(port: int) -> None:
    out, err = start(port, "--people", "-5").communicate(timeout=10)
    assert (out, err) == ("", "people must be between 0 and 200000.\n")
