"""`python -m tests.security.asked`: the whole WSGI application answers the requests that stand on standard input.

Both sides are JSON. It imports nothing of the tests: its environment is what the site reads its settings from.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit
from wsgiref.headers import Headers
from wsgiref.util import setup_testing_defaults


@dataclass(frozen=True)
class Asked:
    """One request that a proxy took over TLS; `headers` are in WSGI's form (HTTP_COOKIE)."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)

    def environ(self) -> dict[str, object]:
        path, query = urlsplit(self.path)[2:4]
        environ: dict[str, object] = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": self.method}
        environ |= {"HTTP_X_FORWARDED_PROTO": "https", "CONTENT_LENGTH": "0", "wsgi.input": io.BytesIO()}
        environ |= self.headers
        setup_testing_defaults(environ)
        return environ


@dataclass(frozen=True)
class Answered:
    status: int
    pairs: list[tuple[str, str]]

    @property
    def headers(self) -> Headers:
        return Headers([(name, value) for name, value in self.pairs])


def answer(asked: Asked) -> Answered:
    from portal.wsgi import application

    said: list[Answered] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        said.append(Answered(int(status.split()[0]), headers))

    body = application(asked.environ(), start)
    b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return said[0]


if __name__ == "__main__":
    print(json.dumps([asdict(answer(Asked(**one))) for one in json.load(sys.stdin)]))
