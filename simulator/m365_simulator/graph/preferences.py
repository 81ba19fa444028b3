"""The Prefer header (RFC 7240), as Outlook's part of Graph reads it."""

import re
from dataclasses import dataclass

PREFERENCE = re.compile(r'(?P<name>[\w.\-]+)(?:\s*=\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s,;"]+)))?', re.ASCII)


@dataclass(frozen=True)
class Preferences:
    """`body` is text or html; `size` is that of a page, 0 when nothing was said.

    https://learn.microsoft.com/graph/outlook-immutable-id
    """

    immutable: bool = False
    body: str = ""
    size: int = 0

    @property
    def applied(self) -> str:
        """What Preference-Applied says."""
        body = f'outlook.body-content-type="{self.body}"' if self.body else ""
        lasting = 'IdType="ImmutableId"' if self.immutable else ""
        return ", ".join(word for word in (lasting, body) if word)


NONE = Preferences()


def read_preferences(header: str) -> Preferences:
    found = PREFERENCE.finditer(header)
    said = {it["name"].casefold(): (it["quoted"] or it["bare"] or "").casefold() for it in found}
    body = said.get("outlook.body-content-type", "")
    size = said.get("odata.maxpagesize", "")
    return Preferences(
        immutable=said.get("idtype") == "immutableid",
        body=body if body in ("text", "html") else "",
        size=int(size) if re.fullmatch(r"\d{1,4}", size, re.ASCII) else 0,
    )
