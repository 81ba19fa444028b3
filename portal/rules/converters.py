"""A rule's id in an address. Microsoft's ids hold / and =, and letter case matters in them."""

from __future__ import annotations

import base64


class RuleId:
    """The id in URL-safe base64 without padding."""

    regex = "[A-Za-z0-9_-]{1,700}"

    def to_python(self, value: str) -> str:
        """Raises ValueError (a 404) for what is no id of ours."""
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()

    def to_url(self, value: str) -> str:
        return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")
