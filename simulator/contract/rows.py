"""What a client program found, one JSON object per line on stdout:
`{"client", "operation", "passed", "detail"}`.

The programs run in an environment of their own (requirements.txt beside this file) and are told by
SIMULATOR_HTTP, SIMULATOR_HTTPS, CA_FILE, TENANT_ID, CLIENT_ID and CLIENT_SECRET whom to talk to.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from contract import control

Operation = Callable[[], str]
Raised = TypeVar("Raised", bound=Exception)
AsyncOperation = Callable[[], Awaitable[str]]


def tell(client: str, operation: str, passed: bool, detail: str) -> None:
    row = {"client": client, "operation": operation, "passed": passed, "detail": detail}
    print(json.dumps(row), flush=True)


def run(client: str, operations: Mapping[str, Operation]) -> None:
    """Each operation asserts what it expects and returns what it saw, in a few words."""
    for name, operation in operations.items():
        control.reset()
        try:
            tell(client, name, True, operation())
        except Exception as problem:
            tell(client, name, False, said_of(problem))


async def run_async(client: str, operations: Mapping[str, AsyncOperation]) -> None:
    """The same in one event loop, one after the other."""
    for name, operation in operations.items():
        control.reset()
        try:
            tell(client, name, True, await operation())
        except Exception as problem:
            tell(client, name, False, said_of(problem))


def said_of(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}".partition("\n")[0]


def raised(kind: type[Raised], attempt: Callable[[], object]) -> Raised:
    """The exception that the attempt ends with."""
    try:
        attempt()
    except kind as problem:
        return problem
    raise AssertionError(f"{kind.__name__} was expected")
