"""The server: Django's threaded one, with connections that stay open, answers in one packet, and TLS if wanted."""

import atexit
import contextlib
import re
import socket
import ssl
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

# Microsoft reads UTF-8 whatever a client says, and Django breaks over a charset that makes no text ("hex").
CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


class ClientConnection:
    """The connection a request came on, for those who want to break it."""

    def __init__(self, handler: "Handler") -> None:
        self.handler = handler

    def cut(self) -> None:
        """At once: whatever was still to be said is lost."""
        connection: socket.socket = self.handler.connection  # type: ignore[assignment]  # as below
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        """After this answer, however long it said it would be."""
        self.handler.close_connection = True


class Handler(WSGIRequestHandler):
    # without these two, Nagle's algorithm and delayed acknowledgements add 40 ms to an answer
    disable_nagle_algorithm = True
    wbufsize = -1

    def get_environ(self) -> dict[str, Any]:
        """SERVER_NAME is the address we listen on: what the browser must be sent to."""
        connection: socket.socket = self.request  # type: ignore[assignment]  # the stubs take it for Django's
        ours = {
            "SERVER_NAME": connection.getsockname()[0],
            "HTTPS": "on" if isinstance(connection, ssl.SSLSocket) else "off",  # wsgi.url_scheme comes of it
            "simulator.connection": ClientConnection(self),
        }
        environ = super().get_environ() | ours
        return environ | {"CONTENT_TYPE": CHARSET.sub("", environ.get("CONTENT_TYPE", ""))}

    def handle_one_request(self) -> None:
        """Also an answer without a body, to HEAD, is sent at once: nothing else would flush it."""
        super().handle_one_request()
        with contextlib.suppress(OSError, ValueError):  # the connection was cut or is closed
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: `/control/requests` is the log."""


class Server(ThreadedWSGIServer):
    request_queue_size = 128
    daemon_threads = True
    tls: ssl.SSLContext | None = None

    def get_request(self) -> tuple[Any, Any]:
        """The handshake comes with the first byte read, in the connection's own thread."""
        connection, client = super().get_request()
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        return connection, client

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away, or a connection dropped on purpose, is no news."""


def serve_on(host: str, port: int, tls: ssl.SSLContext | None = None) -> Server:
    """Raises OSError when the port is taken (a plain bind: no address is shared with anybody)."""
    from m365_simulator.wsgi import application  # noqa: PLC0415  (sets Django up, with the settings named by the command)

    server = Server((host, port), Handler, ipv6=":" in host, allow_reuse_address=True)
    server.tls = tls
    server.set_app(application)
    return server


# Also Microsoft's names, for a client whose resolver is bent to this machine.
HOSTS = ("localhost", "127.0.0.1", "::1", "login.microsoftonline.com", "graph.microsoft.com")


class TrustmeMissing(Exception):
    """The package that makes certificates is not installed; the text says how it comes."""


def make_tls_context(ca_file: Path | None) -> tuple[ssl.SSLContext, Path]:
    """For clients that take nothing but https: a context for HOSTS, and the file with its authority (PEM).

    The authority is made for one run. Trusting it is safe for as long as its key lives, which is as long as this
    process: the key is never written down.

    `ca_file` is written; without one a temporary file is made. Raises TrustmeMissing, and OSError when
    the file cannot be written.
    """
    try:
        import trustme  # noqa: PLC0415  (for --tls only, and installed for it only)
    except ModuleNotFoundError:
        raise TrustmeMissing("--tls needs trustme: pip install trustme") from None
    authority = trustme.CA(organization_name="Simulated Microsoft 365")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    written = ca_file or make_temporary_file()
    written.write_bytes(authority.cert_pem.bytes())
    return context, written


def make_temporary_file() -> Path:
    """It goes when the program ends."""
    with NamedTemporaryFile(prefix="simulator-ca-", suffix=".pem", delete=False) as made:
        written = Path(made.name)
    atexit.register(written.unlink, missing_ok=True)
    return written
