"""The inbox rules and the folders, by Microsoft's own library: both at once, in one loop that never ends.

https://learn.microsoft.com/graph/sdks/sdks-overview
"""

from __future__ import annotations

import asyncio
import os
import threading
from typing import Any

from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.users.item.mail_folders.delta.delta_request_builder import DeltaRequestBuilder

SELECTED = ["displayName", "parentFolderId", "totalItemCount", "isHidden"]


class FixedToken(AccessTokenProvider):  # type: ignore[misc]  # the library is in the bench's own environment only
    """A token that is there already."""

    async def get_authorization_token(self, uri: str, additional_authentication_context: Any = None) -> str:
        return os.environ["TOKEN"]

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        return AllowedHostsValidator([])


def client() -> GraphServiceClient:
    adapter = GraphRequestAdapter(BaseBearerTokenAuthenticationProvider(FixedToken()))
    adapter.base_url = os.environ["GRAPH"]
    return GraphServiceClient(request_adapter=adapter)


loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()
graph = client()


async def both() -> tuple[int, int]:
    folders = graph.me.mail_folders
    query = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters(select=SELECTED)
    asked = RequestConfiguration(query_parameters=query)
    asked.headers.add("Prefer", "odata.maxpagesize=200")
    rules, tree = await asyncio.gather(
        folders.by_mail_folder_id("inbox").message_rules.get(), folders.delta.get(request_configuration=asked)
    )
    return len(rules.value), len(tree.value)


def read() -> tuple[int, int]:
    """How many rules and folders there are."""
    return asyncio.run_coroutine_threadsafe(both(), loop).result(30)
