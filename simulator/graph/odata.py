"""Query options of OData v4, as far as Outlook's part of Graph takes them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.graph.errors import GraphError, bad_request, unknown_select
from simulator.graph.vocabulary import Entity

KNOWN = ("$select", "$expand", "$filter", "$top", "$skip", "$orderby", "$count")
MAX_TOP = 1000
EQUALS = re.compile(r"^\s*(\w+)\s+eq\s+(?:'((?:[^']|'')*)'|(true|false))\s*$")
PROPERTY_ID = re.compile(r"\bid\s+eq\s+'([^']*)'", re.IGNORECASE)


@dataclass(frozen=True)
class Options:
    """What was asked for. `select` and `top` are None when they were not."""

    select: tuple[str, ...] | None = None
    expand: Mapping[str, "Options"] = field(default_factory=dict)
    filter: str = ""
    top: int | None = None
    skip: int = 0
    orderby: str = ""
    count: bool = False

    def pick(self, row: dict[str, Any], entity: Entity) -> dict[str, Any]:
        """The row with the selected properties (and the id) only, or with the usual ones."""
        wanted = self.select if self.select is not None else entity.defaults
        kept = {name: row[name] for name in entity.properties if name in wanted and name in row}
        annotations = {name: value for name, value in row.items() if name.startswith("@")}
        return {**annotations, "id": row["id"], **kept}


def options(query: Mapping[str, str], entity: Entity) -> Options:
    """Read the query options of a request. Raises GraphError (400)."""
    for name in query:
        if name.startswith("$") and name not in KNOWN:
            raise bad_request(f"The query parameter '{name}' is not supported.")
    return Options(
        select=_select(query.get("$select"), entity),
        expand=dict(_expand(query.get("$expand", ""), entity)),
        filter=query.get("$filter", ""),
        top=_number("$top", query["$top"], MAX_TOP) if "$top" in query else None,
        skip=_number("$skip", query.get("$skip", "0")),
        orderby=query.get("$orderby", ""),
        count=query.get("$count", "") == "true",
    )


def _select(text: str | None, entity: Entity) -> tuple[str, ...] | None:
    if text is None or text.strip() in ("", "*"):
        return None
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        if name not in entity.properties + entity.navigation:
            raise unknown_select(name, entity.name)
    return names


def _expand(text: str, entity: Entity) -> Iterator[tuple[str, Options]]:
    for part in split(text, ","):
        name, _, inner = part.strip().partition("(")
        if name not in entity.navigation:
            raise unknown_select(name, entity.name)
        if name not in entity.expandable:
            raise bad_request(f"Property '{name}' cannot be expanded.", "ErrorInvalidUrlQuery")
        yield name, _inner(inner.removesuffix(")"), name, entity)


def _inner(text: str, name: str, entity: Entity) -> Options:
    """Options in brackets. An expanded folder takes no second level of childFolders."""
    pairs = (pair.partition("=") for pair in split(text, ";"))
    query = {key.strip(): value for key, _, value in pairs}
    if name != "childFolders":
        return Options(filter=query.get("$filter", ""))
    made = options(query, entity)
    if "childFolders" in made.expand:
        raise bad_request("The $expand depth is limited to one level.", "ErrorInvalidUrlQuery")
    return made


def split(text: str, mark: str) -> list[str]:
    """Split at a mark that stands outside brackets and quotes; nothing for empty text."""
    parts, depth, quoted = [""], 0, False
    for letter in text:
        quoted ^= letter == "'"
        depth += 0 if quoted else {"(": 1, ")": -1}.get(letter, 0)
        if letter == mark and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part.strip()]


def _number(name: str, text: str, most: int = 2**31 - 1) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > most:
        raise bad_request(f"Invalid value '{text}' for {name} query option.")
    if name == "$top" and int(text) == 0:
        raise bad_request("The value of $top must be greater than 0.")
    return int(text)


def filtered(rows: list[dict[str, Any]], text: str, entity: Entity) -> list[dict[str, Any]]:
    """Rows that pass `property eq value`, the one form of $filter that is understood here."""
    if not text:
        return rows
    found = EQUALS.match(text)
    if found is None:
        raise GraphError(400, "ErrorInvalidUrlQueryFilter", "The filter is not supported.")
    name, word, flag = found.groups()
    if name not in entity.properties:
        raise unknown_select(name, entity.name)
    wanted: str | bool = flag == "true" if flag else word.replace("''", "'")
    return [row for row in rows if row.get(name) == wanted]


def property_ids(text: str) -> list[str]:
    """Ids in `id eq 'Long 0x0E08' or id eq '…'`. Raises GraphError (400) without any."""
    found = PROPERTY_ID.findall(text)
    if not found:
        raise bad_request("The extended property filter is missing.", "ErrorInvalidUrlQueryFilter")
    return found
