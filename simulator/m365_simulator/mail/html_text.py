"""What a reader sees of an HTML body."""

import re
from html import unescape

NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]*")
HIDDEN = ("head", "script", "style", "title")
BREAKS = {"br", "p", "/p", "div", "/div", "tr", "/tr", "li", "/li", "h1", "/h1", "h2", "/h2", "h3", "/h3"}


def extract_text(html: str) -> str:
    """The text between the tags; one pass, however broken the tags are."""
    first, *pieces = html.split("<")
    seen, hidden = [first], ""
    for piece in pieces:
        tag, closed, after = piece.partition(">")
        name = read_tag_name(tag)
        if hidden:
            hidden, shown = _still_hidden(hidden, name, piece)
        elif tag.startswith("!--"):
            hidden, shown = _still_hidden("-->", name, piece)
        elif name in HIDDEN:
            hidden, shown = name, ""
        else:
            shown = _shown(name, piece, after, closed=bool(closed))
        seen.append(shown)
    return unescape("".join(seen)).replace("\xa0", " ")


def read_tag_name(tag: str) -> str:
    """In lower case, with the slash of an end tag; empty for what is no tag."""
    found = NAME.match(tag)
    return found.group().lower() if found else ""


def _still_hidden(until: str, name: str, piece: str) -> tuple[str, str]:
    """What is hidden further on, and what shows behind its end."""
    if until == "-->":
        _, ended, after = piece.partition("-->")
        return ("", after) if ended else (until, "")
    return ("", piece.partition(">")[2]) if name == f"/{until}" else (until, "")


def _shown(name: str, piece: str, after: str, *, closed: bool) -> str:
    if not closed or not (name or piece.startswith(("!", "?"))):
        return f"<{piece}"
    return f"\n{after}" if name in BREAKS else after
