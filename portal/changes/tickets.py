"""The number that a form carries, so that it is carried out once, for what it asks for and nothing else."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class Ticket:
    """`number` is the form's, `asked` a digest of what the form asks for."""

    number: str
    asked: str

    @classmethod
    def of(cls, number: str, *asked: object) -> Ticket:
        """`asked` names the kind of form, the rule that it is about, and what was typed: whatever JSON can hold."""
        text = json.dumps(asked, sort_keys=True, ensure_ascii=True)
        return cls(number, hashlib.sha256(text.encode()).hexdigest())


def new_ticket() -> str:
    """A number for one form; the same form sent twice carries the same one."""
    return secrets.token_urlsafe(18)
