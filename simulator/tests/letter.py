"""Messages as they come from outside."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

SENDER = "taro@sender.example.org"
OWNER = "helpdesk@example.ac.jp"


def letter(subject: str = "Hello", text: str = "Good morning.\n", to: str = OWNER, **headers: str) -> bytes:
    """`_` in a header's name stands for `-`; From and Cc may be given too."""
    made = EmailMessage(policy=SMTP)
    given = {"From": SENDER, "To": to, "Subject": subject, **headers}
    for name, value in given.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


def typed(content_type: str, text: str = "x", **headers: Any) -> bytes:
    """A message of another type than text."""
    given = {"From": SENDER, "To": OWNER, "Subject": "Typed", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
    return "\r\n".join([*lines, f"Content-Type: {content_type}", "", text, ""]).encode()


def multipart(kind: str, *parts: str, **headers: Any) -> bytes:
    """A message of these parts, each with its own headers and text."""
    inner = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return typed(f"multipart/{kind}; boundary=b", f"{inner}--b--", **headers)
