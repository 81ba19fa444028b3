"""What one check found. No finding holds a secret, a token, an address, or anything of a mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Result(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"
    NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Finding:
    """`says` and `mend` are sentences for an administrator; `mend` is empty where nothing has to be done."""

    result: Result
    says: str
    mend: str = ""


def ok(says: str) -> Finding:
    return Finding(Result.OK, says)


def warning(says: str, mend: str) -> Finding:
    return Finding(Result.WARNING, says, mend)


def failed(says: str, mend: str) -> Finding:
    return Finding(Result.FAILED, says, mend)


def not_known(says: str, mend: str) -> Finding:
    return Finding(Result.NOT_KNOWN, says, mend)
