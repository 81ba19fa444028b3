"""Text that a stranger may send in any place, and what a browser would make of an address that comes back."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.simulated import SITE_URL

# It stands in all text of a stranger's, so that a page which says it back is seen.
MARK = "zq7Xw"
PIECES = (
    *("/", "//", "\\", "/\\", ":", "@", "#", "?", ";", "..", "%", "%2f", "%5c", "%00", "%0d%0a", "\t", "\n", "\r\n"),
    *("\0", "\x1f", "\x7f", "\u00a0", "\u2028", "\uff0f", "\uff3c", "\U0001f4ec", "ja", "en", "en/rules/"),
    *(
        "http:",
        "https:",
        "https://",
        "javascript:",
        "data:text/html,",
        "localhost:8000",
        "evil.example",
        "[::1",
        "a" * 3000,
    ),
    *("<script>", "\"'><b>", "{{ 7 }}", "{% if %}", "' or 1=1 --", "\\000", "AADSTS50011", "MD-7Q4K-2WF3", "a" * 3000),
)
pieces = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=6).map("".join)
text = st.tuples(pieces | st.text(max_size=60), st.booleans()).map(
    lambda made: made[0] + MARK if made[1] else MARK + made[0]
)
# What a browser reads as another host, or as no address at all.
TRICKS = (
    *(
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/",
        "///evil.example",
    ),
    *("/\t/evil.example", "\x01//evil.example", " //evil.example", "javascript:alert(1)//", "/\n\\evil.example"),
    *(f"{SITE_URL}@evil.example/", f"{SITE_URL}.evil.example/", "http:///evil.example", "///evil.example"),
)
addresses = text | st.sampled_from(TRICKS).map(lambda trick: f"{trick}/{MARK}")
# What a server lets through as the value of a header: latin-1 without line ends and NUL.
header = text.map(lambda value: re.sub("[^\x20-\xff]", "", value))

# Pages are read for each of them, with one person and one database.
thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
brief = settings(thorough, max_examples=20)


def stays_here(address: str) -> bool:
    """Whether a browser that is sent to `address` stays on the site, whatever it strips (https://url.spec.whatwg.org/)."""
    seen = re.sub("[\t\r\n]", "", address).lstrip("".join(map(chr, range(33)))).replace("\\", "/")
    return seen.startswith(f"{SITE_URL}/") or (seen.startswith("/") and not seen.startswith("//"))


def harmless(response: Any, *, shown: bool = False) -> None:
    """No fault of ours, nobody is sent away, nothing is said back (unless it is `shown` on purpose, then as text)."""
    assert response.status_code < 500, response.status_code
    for name, value in response.headers.items():
        assert not re.search("[\r\n\0]", value), name
        if name in ("Location", "HX-Redirect"):
            assert stays_here(value), value
        else:
            assert MARK not in value, name
    assert not [cookie for cookie in response.cookies.values() if MARK in cookie.value]
    page = response.content.decode()
    assert "<script>" not in page
    assert "<b>" + MARK not in page
    assert shown or MARK not in page
