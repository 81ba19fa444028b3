"""`python -m simulator --port 9000`: serve on loopback until SIGTERM or Ctrl-C."""

import argparse
import os
import signal
import ssl
import sys
import threading
from collections.abc import Callable
from pathlib import Path


def main() -> int:
    asked = arguments()
    on_stop(lambda *_: sys.exit(0))  # while it is still starting
    os.environ["DJANGO_SETTINGS_MODULE"] = "simulator.settings"
    from simulator.server import serve_on  # needs the settings

    tls = context_for(asked.ca_file) if asked.tls else None
    try:
        server = serve_on(asked.host, asked.port, tls)
    except OSError as problem:
        return refuse(f"Port {asked.port} on {asked.host} cannot be used: {reason(problem)}.")

    def stop(*_: object) -> None:
        threading.Thread(target=server.shutdown).start()

    on_stop(stop)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    return 0


def context_for(ca_file: Path | None) -> ssl.SSLContext:
    """Says where the authority's certificate lies; ends the program when there can be none."""
    from simulator.tls import Missing, server_context

    try:
        context, written = server_context(ca_file)
    except Missing as problem:
        sys.exit(refuse(f"{problem}"))
    except OSError as problem:
        sys.exit(refuse(f"{ca_file} cannot be written: {reason(problem)}."))
    print(f"CA certificate: {written}", flush=True)
    return context


def reason(problem: OSError) -> str:
    return problem.strerror or str(problem)


def refuse(text: str) -> int:
    print(text, file=sys.stderr)
    return 1


def on_stop(end: Callable[..., None]) -> None:
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, end)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--host", default="127.0.0.1", choices=("127.0.0.1", "localhost", "::1"))
    parser.add_argument("--tls", action="store_true", help="serve https with an authority made for this run")
    parser.add_argument("--ca-file", type=Path, metavar="PATH", help="where that authority's certificate is written")
    asked = parser.parse_args()
    if asked.ca_file and not asked.tls:
        parser.error("--ca-file is for --tls")
    return asked


if __name__ == "__main__":
    sys.exit(main())
