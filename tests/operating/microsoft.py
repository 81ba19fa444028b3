"""Microsoft as a proxy shows it to a real installation: TLS under Microsoft's names, the simulator behind."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests
import trustme

LOGIN = "login.microsoftonline.com"
PREFIXES = {LOGIN: "/login", "graph.microsoft.com": "/graph"}
KEPT = ("content-type", "authorization", "client-request-id", "prefer", "if-match")
RETURNED = {"Content-Type", "Location"}


@dataclass(frozen=True)
class Microsoft:
    """What the operator sets: OUTBOUND_PROXY and OUTBOUND_CA."""

    proxy: str
    ca: Path


@contextmanager
def behind_a_proxy(simulator: str, folder: Path) -> Iterator[Microsoft]:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*PREFIXES).configure_cert(tls)
    ca = folder / "authorities.pem"
    ca.write_bytes(authority.cert_pem.bytes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(simulator, tls))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Microsoft(f"http://127.0.0.1:{server.server_port}", ca)
    finally:
        server.shutdown()
        server.server_close()


def handler(simulator: str, tls: ssl.SSLContext) -> type[BaseHTTPRequestHandler]:
    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_CONNECT(self) -> None:
            """From here on the connection is the named host's, as far as the caller can tell."""
            self.send_response(200)
            self.end_headers()
            self.connection = tls.wrap_socket(self.connection, server_side=True)
            self.rfile = self.connection.makefile("rb")
            self.wfile = self.connection.makefile("wb", buffering=0)  # type: ignore[assignment]
            self.close_connection = False

        def finish(self) -> None:
            super().finish()
            self.connection.close()

        def do_GET(self) -> None:
            self.forward()

        def do_POST(self) -> None:
            self.forward()

        def forward(self) -> None:
            """The same request to the simulator, which tells its two hosts apart by the path."""
            host = self.headers["Host"]
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name: value for name, value in self.headers.items() if name.lower() in KEPT}
            answer = requests.request(
                self.command,
                simulator + PREFIXES[host] + self.path,
                headers=headers | {"Host": host},
                data=sent,
                timeout=10,
                allow_redirects=False,
            )
            # What a browser is to open, the simulator names by its own address.
            body = answer.content.replace(f"{simulator}{PREFIXES[LOGIN]}".encode(), f"https://{LOGIN}".encode())
            self.send_response(answer.status_code)
            for name in RETURNED & set(answer.headers):
                self.send_header(name, answer.headers[name])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Addresses and tokens pass here."""

    return Proxy
