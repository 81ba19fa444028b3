"""A request to Graph that passed the door, as an operation sees it."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest, JsonResponse

from m365_simulator.directory.person import Person
from m365_simulator.graph import errors
from m365_simulator.graph.odata.options import Options, read_query
from m365_simulator.graph.preferences import Preferences, read_preferences
from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.tenant import TENANT

HOST = "graph.microsoft.com"


@dataclass
class Call:
    """A request of a person that passed the door; `ids` are the keys in the path."""

    request: HttpRequest
    person: Person
    scopes: frozenset[str]
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def mailbox(self) -> Mailbox:
        """The person's mailbox. Raises GraphError (404) when there is none."""
        held = TENANT.mailboxes.get(self.person.oid)
        if held is None:
            raise errors.no_mailbox()
        return held

    @property
    def query(self) -> dict[str, str]:
        """By name; OData's own names in lower case. Raises GraphError (400) when one comes twice."""
        return read_query(self.request.GET)

    @property
    def origin(self) -> str:
        """Where addresses in answers begin: at Microsoft's host when it was asked by that name."""
        if self.request.get_host().partition(":")[0] == HOST:
            return f"https://{HOST}"
        return f"{self.request.scheme}://{self.request.get_host()}/graph"

    @property
    def base(self) -> str:
        return f"{self.origin}/v1.0"

    @property
    def path(self) -> str:
        """The path as it was sent, below the version."""
        return self.request.get_full_path().partition("?")[0].partition("/v1.0/")[2]

    @cached_property
    def preferences(self) -> Preferences:
        return read_preferences(self.request.headers.get("Prefer", ""))

    def context(self, what: str, asked: Options | None = None, *, single: bool = False) -> str:
        """What `@odata.context` says of a collection of the mailbox, or of one thing in it."""
        selected = f"({','.join(asked.select)})" if asked and asked.select else ""
        entity = "/$entity" if single else ""
        return f"{self.base}/$metadata#users('{self.person.oid}')/{what}{selected}{entity}"

    def body(self) -> dict[str, Any]:
        """The JSON object of the request. Raises GraphError (400)."""
        if "json" not in self.request.headers.get("Content-Type", ""):
            raise errors.unreadable_json()
        try:
            parsed = json.loads(self.request.body)
            json.dumps(parsed, ensure_ascii=False, allow_nan=False).encode()
        except (ValueError, RecursionError):
            raise errors.unreadable_json() from None
        if not isinstance(parsed, dict):
            raise errors.unreadable_json()
        return parsed

    def arguments(self, *names: str) -> dict[str, Any]:
        """The arguments of an action, named in any case. Raises GraphError (400)."""
        known = {name.casefold(): name for name in names}
        made = {}
        for name, value in self.body().items():
            if name.casefold() not in known:
                text = f"The parameter '{name}' in the request payload is not a valid parameter for the operation."
                raise errors.bad_request(text, "RequestBodyRead")
            made[known[name.casefold()]] = value
        return made


def answer_json(body: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(body, status=status)
