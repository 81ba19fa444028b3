"""`python -m m365_simulator --port 9000`: serve on loopback until SIGTERM or Ctrl-C."""

import argparse
import os
import signal
import ssl
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from m365_simulator.generate.plan import Plan
from m365_simulator.server import TrustmeMissing, make_tls_context, serve_on
from m365_simulator.tenant import TENANT, Tenant


def main() -> int:
    asked = arguments()
    on_stop(lambda *_: sys.exit(0))  # while it is still starting
    os.environ["DJANGO_SETTINGS_MODULE"] = "m365_simulator.settings"
    tls = context_for(asked.ca_file) if asked.tls else None
    try:
        server = serve_on(asked.host, asked.port, tls)
    except OSError as problem:
        return refuse(f"Port {asked.port} on {asked.host} cannot be used: {reason(problem)}.")
    if asked.people or asked.messages or asked.folders:
        generate(asked)

    def stop(*_: object) -> None:
        threading.Thread(target=server.shutdown).start()

    on_stop(stop)
    if asked.end_with_parent:
        end_with_parent()
    scheme, host = "https" if tls else "http", f"[{asked.host}]" if ":" in asked.host else asked.host
    print(f"The simulator is steered at {scheme}://{host}:{server.server_port}/control/", flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    return 0


def generate(asked: argparse.Namespace) -> None:
    """What is asked for belongs to the start, and so comes back after a reset."""
    plan = Plan(asked.generate, asked.people, asked.messages, asked.folders)
    if plan.problem():
        sys.exit(refuse(f"{plan.problem()}."))
    seed = TENANT.seed

    def seed_and_generate(tenant: Tenant) -> None:
        seed(tenant)
        plan.carry_out(tenant)

    TENANT.seed = seed_and_generate
    TENANT.reset()


def context_for(ca_file: Path | None) -> ssl.SSLContext:
    """Says where the authority's certificate lies; ends the program when there can be none."""
    try:
        context, written = make_tls_context(ca_file)
    except TrustmeMissing as problem:
        sys.exit(refuse(f"{problem}"))
    except OSError as problem:
        sys.exit(refuse(f"{ca_file} cannot be written: {reason(problem)}."))
    print(f"CA certificate: {written}", flush=True)
    return context


def end_with_parent() -> None:
    """A test run that is killed cannot stop what it started. A process whose parent died gets another one."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def reason(problem: OSError) -> str:
    return problem.strerror or str(problem)


def refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


def on_stop(end: Callable[..., None]) -> None:
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, end)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m m365_simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=9000, help="0: a free one; the address is printed")
    parser.add_argument("--host", default="127.0.0.1", choices=("127.0.0.1", "localhost", "::1"))
    parser.add_argument("--end-with-parent", action="store_true", help="end when the program that started it is gone")
    parser.add_argument("--tls", action="store_true", help="serve https with an authority made for this run")
    parser.add_argument("--ca-file", type=Path, metavar="PATH", help="where that authority's certificate is written")
    size = parser.add_argument_group("a larger tenant")
    size.add_argument(
        "--people", type=int, default=0, metavar="N", help="so many students s000001@… with small mailboxes"
    )
    size.add_argument("--messages", type=int, default=0, metavar="N", help="so many in the mailbox of large.mailbox@…")
    size.add_argument("--folders", type=int, default=0, metavar="N", help="so many in that mailbox")
    size.add_argument("--generate", type=int, default=1, metavar="NUMBER", help="the same number makes the same tenant")
    asked = parser.parse_args()
    if asked.ca_file and not asked.tls:
        parser.error("--ca-file is for --tls")
    return asked


if __name__ == "__main__":
    sys.exit(main())
