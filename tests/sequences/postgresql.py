"""A PostgreSQL server for one run, thrown away after it.

It listens on loopback only, knows no password, and takes no care of its files: nothing in it outlives the run.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from demo.ports import find_free_port
from demo.processes import Running, die_with_parent

ADVICE = "PostgreSQL's server programs (initdb, postgres) were not found: on Debian or Ubuntu, apt install postgresql."
ACCOUNT = "postgres"  # initdb refuses to run as root; the package makes this account
PATIENCE = 30.0  # seconds
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class NotInstalled(Exception):
    """There is no PostgreSQL server on this machine; the text says how to get one."""


def programs() -> Path:
    """The folder with initdb and postgres. Raises NotInstalled. Debian does not put it on the PATH."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(versions, key=lambda folder: int(folder.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists() and has_owner():
            return folder
    raise NotInstalled(ADVICE)


def find_missing() -> Iterator[str]:
    """The package of Debian that is missing."""
    try:
        programs()
    except NotInstalled:
        yield "postgresql"


def has_owner() -> bool:
    """Whether somebody can own the server's files: we, or the account of the package."""
    return os.geteuid() != 0 or any(account.pw_name == ACCOUNT for account in pwd.getpwall())


@contextmanager
def cluster() -> Iterator[str]:
    """The address of an empty database, as DATABASE_URL has it. The server ends with the block, or with this process.

    Call from the main thread: the kernel watches the thread that started the server.
    """
    folder = Path(tempfile.mkdtemp(prefix="madoguchi-postgresql-"))
    try:
        with as_owner(folder) as identity, served(programs(), folder / "data", identity) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def as_owner(folder: Path) -> Iterator[dict[str, Any]]:
    """What Popen needs to run a program as the owner of `folder`: nothing, unless we are root."""
    if os.geteuid() != 0:
        yield {}
        return
    owner = pwd.getpwnam(ACCOUNT)
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    yield {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


@contextmanager
def served(binaries: Path, data: Path, identity: dict[str, Any]) -> Iterator[str]:
    plain = {"cwd": data.parent, "stdin": subprocess.DEVNULL, **identity}
    make = ("initdb", "-D", str(data), "-U", "madoguchi", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    made = subprocess.run([binaries / make[0], *make[1:]], capture_output=True, text=True, **plain)
    if made.returncode != 0:
        raise RuntimeError(f"initdb: {made.stderr.strip()}")
    port = find_free_port()
    where = ("listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=")
    options = [word for setting in (*where, *CARELESS) for word in ("-c", setting)]
    with (data.parent / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", str(data), *options],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            # After the change of user, which would take it back.
            preexec_fn=die_with_parent,
            **plain,
        )
    running = Running("postgres", process)
    try:
        wait_until_ready(data, running)
        yield f"postgres://madoguchi@127.0.0.1:{port}/postgres"
    finally:
        running.stop()


def wait_until_ready(data: Path, running: Running) -> None:
    """The last line of postmaster.pid says so; no connection is needed for it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not running.ended:
        try:
            if "ready" in (data / "postmaster.pid").read_text(encoding="ascii"):
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise RuntimeError(f"postgres did not start: {(data.parent / 'log').read_text(encoding='utf-8')}")
