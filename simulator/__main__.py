"""`python -m simulator --port 9000`: serve on loopback until SIGTERM or Ctrl-C."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable


def main() -> int:
    asked = arguments()
    on_stop(lambda *_: sys.exit(0))  # while it is still starting
    os.environ["DJANGO_SETTINGS_MODULE"] = "simulator.settings"
    from simulator.server import serve_on  # needs the settings

    try:
        server = serve_on(asked.host, asked.port)
    except OSError as problem:
        reason = problem.strerror or str(problem)
        print(f"Port {asked.port} on {asked.host} cannot be used: {reason}.", file=sys.stderr)
        return 1

    def stop(*_: object) -> None:
        threading.Thread(target=server.shutdown).start()

    on_stop(stop)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    return 0


def on_stop(end: Callable[..., None]) -> None:
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, end)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    parser.add_argument("--port", type=int, default=9000)
    parser.add_argument("--host", default="127.0.0.1", choices=("127.0.0.1", "localhost", "::1"))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
