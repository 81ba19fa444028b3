"""HTTPS for clients that take nothing else: a certificate authority made for one run.

Trusting it is safe for as long as its key lives, which is as long as this process: the key is
never written down.
"""

import atexit
import ssl
from pathlib import Path
from tempfile import NamedTemporaryFile

# Also Microsoft's names, for a client whose resolver is bent to this machine.
HOSTS = ("localhost", "127.0.0.1", "::1", "login.microsoftonline.com", "graph.microsoft.com")


class Missing(Exception):
    """The package that makes certificates is not installed; the text says how it comes."""


def server_context(ca_file: Path | None) -> tuple[ssl.SSLContext, Path]:
    """A context with a certificate for HOSTS, and the file that holds the authority's (PEM).

    `ca_file` is written; without one a temporary file is made. Raises Missing, and OSError when
    the file cannot be written.
    """
    try:
        import trustme
    except ModuleNotFoundError:
        raise Missing("--tls needs trustme: pip install trustme") from None
    authority = trustme.CA(organization_name="Simulated Microsoft 365")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    written = ca_file or temporary_file()
    written.write_bytes(authority.cert_pem.bytes())
    return context, written


def temporary_file() -> Path:
    """It goes when the program ends."""
    with NamedTemporaryFile(prefix="simulator-ca-", suffix=".pem", delete=False) as made:
        written = Path(made.name)
    atexit.register(written.unlink, missing_ok=True)
    return written
