"""A fresh copy of the project, set up by the commands that docs/installing.md prints."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from cryptography.fernet import Fernet

from demo.ports import find_free_port
from tests.accounts.certificates import certified_key
from tests.operating.microsoft import Microsoft
from tests.security.watched_logs import watch
from tests.simulated import ROOT

SITE = "https://mail.example.ac.jp"
HELPDESK = "試験ヘルプデスク"
# Nothing that was built here, and nothing of this machine's.
LEFT_OUT = shutil.ignore_patterns(".*", "var", "build", "*.mo", "__pycache__", "node_modules")
PATIENCE = 60.0  # seconds


@dataclass(frozen=True)
class Installation:
    """A running site; `address` is where its proxy finds it, `certificate` what was uploaded to Entra (PEM)."""

    folder: Path
    address: str
    certificate: str


@contextmanager
def installed(folder: Path, microsoft: Microsoft) -> Iterator[Installation]:
    checkout, certificate = folder / "madoguchi", folder / "madoguchi.cer"
    shutil.copytree(ROOT, checkout, ignore=LEFT_OUT)
    (checkout / ".venv").symlink_to(Path(sys.prefix))
    environment_file(folder, microsoft, certificate)
    *before, serve = printed_commands()
    for command in before:
        run(command, folder)
    port = find_free_port()
    said = folder / "site.log"
    watch(said)
    with said.open("wb") as log:
        process = subprocess.Popen(
            shell(f"exec {serve}", folder),
            cwd=checkout,
            env=bare() | {"GRANIAN_PORT": str(port)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_well(address, process, said)
        yield Installation(checkout, address, certificate.read_text(encoding="ascii"))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def printed_commands() -> list[str]:
    """The commands of docs/installing.md that build and migrate, and the one that serves, as a checkout has them."""
    page = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    ours = re.findall(r"^madoguchi ((?:build|migrate).*)$", page, re.MULTILINE)
    (serve,) = re.findall(r"^ExecStart=/srv/madoguchi/(.*) --port 8000 (.*)$", page, re.MULTILINE)
    return [*(f".venv/bin/python manage.py {command}" for command in ours), " ".join(serve)]


def environment_file(folder: Path, microsoft: Microsoft, certificate: Path) -> None:
    """What an operator writes, the secrets in files of their own."""
    pem = certified_key(days=1)
    certificate.write_text(pem.certificate, encoding="ascii")
    (folder / "madoguchi.pem").write_text(pem.both, encoding="ascii")
    (folder / "secret-key").write_text(secrets.token_hex(32) + "\n", encoding="ascii")
    (folder / "token-keys").write_text(Fernet.generate_key().decode() + "\n", encoding="ascii")
    service = (ROOT / "portal" / "service.toml").read_text(encoding="utf-8").replace("情報基盤ヘルプデスク", HELPDESK)
    (folder / "service.toml").write_text(service, encoding="utf-8")
    settings = {
        "SITE_URL": SITE,
        "TENANT_ID": os.environ["TENANT_ID"],
        "CLIENT_ID": os.environ["CLIENT_ID"],
        "CLIENT_CERTIFICATE_FILE": folder / "madoguchi.pem",
        "SECRET_KEY_FILE": folder / "secret-key",
        "TOKEN_KEYS_FILE": folder / "token-keys",
        "SERVICE_FILE": folder / "service.toml",
        "OUTBOUND_PROXY": microsoft.proxy,
        "OUTBOUND_CA": microsoft.ca,
    }
    lines = [f"{name}={value}\n" for name, value in settings.items()]
    (folder / "environment").write_text("".join(lines), encoding="utf-8")


def shell(command: str, folder: Path) -> list[str]:
    return ["sh", "-ec", f"umask 022; set -a; . {folder}/environment; set +a; {command}"]


def bare() -> dict[str, str]:
    """No setting of the tests' own."""
    return {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def run(command: str, folder: Path) -> str:
    """What it prints."""
    ended = subprocess.run(
        shell(command, folder), cwd=folder / "madoguchi", env=bare(), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, f"{command}: {ended.stdout}{ended.stderr}"
    return ended.stdout


def wait_until_well(address: str, process: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            requests.get(f"{address}/healthz", timeout=2)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the site did not start: {said.read_text(encoding='utf-8')}")
