"""WhiteNoise around the WSGI application: it serves the built static files and guides with their compressed forms."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from whitenoise import WhiteNoise

from portal.guides.rendered import add_headers, page_headers

HASHED = re.compile(r"^/static/.+\.[0-9a-f]{12}\.[a-z0-9]+$")


class Files(WhiteNoise):  # type: ignore[misc]  # it has no types
    def redirect(self, from_url: str, to_url: str) -> Any:
        """To the address with its last slash; WhiteNoise's hook for headers knows files only."""
        answer = super().redirect(from_url, to_url)
        answer.response.headers.extend(page_headers())
        return answer


def served(application: Any) -> WhiteNoise:
    """The application with the files that were built beside it; a folder that is not there is left out.

    With DEBUG the guides are made anew for each reader, so that whoever edits one sees it.
    """
    files = Files(
        application,
        max_age=300,
        immutable_file_test=lambda path, url: HASHED.match(url) is not None,
        add_headers_function=add_headers,
        index_file=True,
    )
    folders = {settings.STATIC_URL: settings.STATIC_ROOT}
    if not settings.DEBUG:
        folders["/"] = settings.RENDERED_GUIDES
    for prefix, folder in folders.items():
        if folder.is_dir():
            files.add_files(str(folder), prefix=prefix)
    return files
