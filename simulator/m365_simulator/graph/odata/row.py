"""Something with properties, read one by one, so that nobody works out what nobody asked for."""

from collections.abc import Sequence
from typing import Any, Protocol

# the value of a property that the row does not have, which is not the same as null
ABSENT: Any = object()


class Row(Protocol):
    """`value` gives a property as Graph writes it, or ABSENT; every row has an "id".

    `extended` gives those of the extended properties asked for that there are.
    """

    def value(self, name: str) -> Any: ...
    def extended(self, ids: Sequence[str]) -> list[dict[str, str]]: ...
