"""`python -m tests.structure.follow_request < asked.json`: one request in a fresh process, and whose code ran for it.

It reads {"method", "path", "cookies", "data"} and prints {"status", "files": {file: [functions, in the order of their
first call]}, "templates": [names]}. Files are those of `portal` and `accounts`; code that runs while a module is
imported does not count, threads that the request starts do.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Any

import django
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import setup_test_environment
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = (f"{ROOT}/portal/", f"{ROOT}/accounts/")
CO_OPTIMIZED = 1  # set for functions, not for modules and class bodies


class Followed:
    """What was called while it is set as the profiler."""

    def __init__(self) -> None:
        self.files: dict[str, dict[str, None]] = {}
        self.importing = 0

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        code = frame.f_code
        if not code.co_flags & CO_OPTIMIZED:
            self.importing += {"call": 1, "return": -1}.get(event, 0)
        elif event == "call" and not self.importing and code.co_filename.startswith(OURS):
            functions = self.files.setdefault(str(Path(code.co_filename).relative_to(ROOT)), {})
            functions[code.co_qualname] = None


def follow(asked: dict[str, Any]) -> dict[str, Any]:
    client = Client(SERVER_NAME="localhost", SERVER_PORT="8000", enforce_csrf_checks=True)
    client.cookies.load(asked["cookies"])
    templates: dict[str, None] = {}
    template_rendered.connect(lambda template, **_: templates.setdefault(str(template.name)), weak=False)
    followed = Followed()
    threading.setprofile(followed)
    sys.setprofile(followed)
    try:
        response = client.generic(asked["method"], asked["path"], asked["data"], "application/x-www-form-urlencoded")
    finally:
        sys.setprofile(None)
    files = {name: list(functions) for name, functions in followed.files.items()}
    return {"status": response.status_code, "files": files, "templates": list(templates)}


if __name__ == "__main__":
    django.setup()
    setup_test_environment()
    # The views' own decorators run when they are imported: that is no part of a request.
    _ = get_resolver().url_patterns
    print(json.dumps(follow(json.load(sys.stdin))))
