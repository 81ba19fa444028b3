"""A filter or an order in its smallest parts."""

import re
from dataclasses import dataclass

from m365_simulator.graph.errors import GraphError, bad_request

SHAPES = (
    ("string", r"'(?:[^']|'')*'"),
    ("guid", r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}"),
    ("moment", r"\d{4}-\d\d-\d\d(?:[Tt][\d:.]+(?:[Zz]|[+-]\d\d:\d\d)?)?"),
    ("number", r"-?\d+(?:\.\d+)?"),
    ("word", r"@?[A-Za-z_][\w.]*"),
    ("mark", r"[(),/:]"),
)
TOKEN = re.compile("|".join(f"(?P<{kind}>{shape})" for kind, shape in SHAPES), re.ASCII)
END = "end"


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    at: int


class Tokens:
    """One after the other. Raises GraphError (400) for what is none."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._at = 0
        self.next = self._read()

    def take(self) -> Token:
        taken, self.next = self.next, self._read()
        return taken

    def accept(self, *texts: str) -> str:
        """Take the next one if it is one of these words or marks; "" otherwise."""
        found = self.next.text if self.next.kind in ("word", "mark") and self.next.text in texts else ""
        if found:
            self.take()
        return found

    def expect(self, mark: str) -> None:
        if not self.accept(mark):
            raise self.wrong()

    def wrong(self) -> GraphError:
        return bad_request(f"Syntax error at position {self.next.at} in '{self.text}'.")

    def _read(self) -> Token:
        while self._at < len(self.text) and self.text[self._at].isspace():
            self._at += 1
        start = self._at
        if start >= len(self.text):
            return Token(END, "", start)
        found = TOKEN.match(self.text, start)
        if found is None:
            raise bad_request(f"Syntax error: character '{self.text[start]}' is not valid at position {start}.")
        self._at = found.end()
        return Token(str(found.lastgroup), found.group(), start)
