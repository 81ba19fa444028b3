"""A person who asks Graph by Microsoft's own Python library, msgraph-sdk."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph_core import PageIterator

from contract import control

SCOPES = ("User.Read", "Mail.ReadWrite", "MailboxSettings.ReadWrite")


class Held(AccessTokenProvider):
    """A token that is there already."""

    def __init__(self, token: str) -> None:
        self.token = token

    async def get_authorization_token(self, uri: str, additional_authentication_context: Any = None) -> str:
        return self.token

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        return AllowedHostsValidator([])


class GraphPerson:
    """`alias` is the part before the @; `scopes` are those of the token."""

    def __init__(self, alias: str, scopes: tuple[str, ...] = SCOPES) -> None:
        self.alias = alias
        self.address = f"{alias}@{control.DOMAIN}"
        provider = BaseBearerTokenAuthenticationProvider(Held(control.token(alias, *scopes)))
        self.adapter = GraphRequestAdapter(provider)
        self.adapter.base_url = f"{control.simulator()}/graph/v1.0"
        self.graph = GraphServiceClient(request_adapter=self.adapter)
        self.me = self.graph.me

    async def every(self, page: Any) -> list[Any]:
        """All rows of a collection, by the library's page iterator."""
        rows: list[Any] = []

        def keep(row: Any) -> bool:
            rows.append(row)
            return True

        await PageIterator(page, self.adapter).iterate(keep)
        return rows

    def folder(self, name: str) -> Any:
        return self.me.mail_folders.by_mail_folder_id(name)


def asking(query: Any) -> RequestConfiguration:
    """Query parameters, as one of the library's own classes for an address."""
    return RequestConfiguration(query_parameters=query)


async def error_of(asked: Awaitable[object]) -> ODataError:
    """Graph's refusal, as the library reads it."""
    try:
        await asked
    except ODataError as refusal:
        return refusal
    raise AssertionError("Graph was expected to refuse")
