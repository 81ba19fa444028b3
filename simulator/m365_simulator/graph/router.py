"""From a path to its methods, as OData spells paths.

Fixed parts match in any case, keys exactly. A key stands in a part of its own or in brackets:
`mailFolders/inbox` is `mailFolders('inbox')`. A function may carry its brackets (`delta()`)
and, as an action may, its namespace (`microsoft.graph.delta()`).
"""

import re
from dataclasses import dataclass, field

from m365_simulator.graph import errors
from m365_simulator.graph.endpoint import Methods

NAMESPACE = "microsoft.graph."
BRACKETS = re.compile(r"(?P<name>[\w.$]+)\((?P<inside>.*)\)", re.DOTALL)
KEY = re.compile(r"'(?P<key>(?:[^']|'')*)'", re.DOTALL)
NAMED = re.compile(r"(?P<name>\w+)='(?P<value>(?:[^']|'')*)'", re.DOTALL)


@dataclass
class Node:
    """The fixed parts that may follow, in lower case, and the node behind a key with its name."""

    fixed: dict[str, "Node"] = field(default_factory=dict)
    key: tuple[str, "Node"] | None = None
    methods: Methods = field(default_factory=dict)

    def add(self, template: str, methods: Methods) -> None:
        """`template` is like "me/mailFolders/{folder}"."""
        self._at(template).methods = methods

    def again(self, template: str, other: str) -> None:
        """Let a template that ends with a key lead to where another one leads."""
        before, _, key = template.rpartition("/")
        self._at(before).key = (key.strip("{}"), self._at(other))

    def _at(self, template: str) -> "Node":
        node = self
        for part in template.split("/"):
            node = node._after(part)
        return node

    def _after(self, part: str) -> "Node":
        if not part.startswith("{"):
            return self.fixed.setdefault(part.casefold(), Node())
        name, node = self.key or (part.strip("{}"), Node())
        self.key = (name, node)
        return node

    def find(self, path: str) -> tuple[Methods, dict[str, str]]:
        """The methods at a path and its keys. Raises GraphError (400) that names the strange part."""
        node, ids, last = self, dict[str, str](), "v1.0"
        for part, is_key in split_path(path):
            found = None if is_key else node.fixed.get(_plain(part, ids))
            if found is None and node.key is not None:
                name, found = node.key
                ids[name] = part
            if found is None:
                raise errors.unknown_segment(part)
            node, last = found, part
        if not node.methods:
            raise errors.unknown_segment(last)
        return node.methods, ids


def split_path(path: str) -> list[tuple[str, bool]]:
    """The parts of a path; True with those that were a key in brackets."""
    made: list[tuple[str, bool]] = []
    for part in path.removesuffix("/").split("/") if path else ():
        bracketed = BRACKETS.fullmatch(part)
        key = KEY.fullmatch(bracketed["inside"]) if bracketed else None
        if bracketed and key:
            made += [(bracketed["name"], False), (_unquoted(key["key"]), True)]
        else:
            made.append((part, False))
    return made


def _plain(part: str, ids: dict[str, str]) -> str:
    """A fixed part as it is looked up; a function's arguments join the keys."""
    bracketed = BRACKETS.fullmatch(part)
    if bracketed is None:
        return part.casefold().removeprefix(NAMESPACE)
    name = bracketed["name"].casefold().removeprefix(NAMESPACE)
    named = NAMED.fullmatch(bracketed["inside"].strip())
    if named:
        ids[named["name"]] = _unquoted(named["value"])
        return f"{name}({named['name'].casefold()})"
    return f"{name}({bracketed['inside'].casefold()})" if bracketed["inside"] else name


def _unquoted(text: str) -> str:
    return text.replace("''", "'")
