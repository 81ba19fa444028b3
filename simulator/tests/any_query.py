"""Query options that anybody might send to Graph: likely ones, and nonsense."""

from __future__ import annotations

from hypothesis import strategies as st

from m365_simulator.graph.type_lists import ENUMS, TYPES

NAMES = sorted({name for members in TYPES.values() for name in members} | set(TYPES))
WORDS = st.sampled_from(
    [
        *NAMES,
        *(choice for choices in ENUMS.values() for choice in choices),
        *[
            "()",
            "'",
            ",",
            ";",
            "/",
            ":",
            "=",
            "7",
            "-1",
            "2026-01-01",
            "true",
            "false",
            "null",
            "eq",
            "ne",
            "gt",
            "and",
            "or",
            "not",
            "in",
            "any",
            "all",
            "c",
            "desc",
            "asc",
        ],
        "contains(",
        "startswith(",
        "cast(",
        "any(x: x/",
        "'x'",
        "'Long 0x0E08'",
        "singleValueExtendedProperties($filter=id eq 'Long 0x0E08')",
        "singleValueExtendedProperties/any(p: p/id eq 'String 0x37')",
        "childFolders($expand=childFolders)",
        "attachments($select=name)",
        "Edm.Int32",
        "from:x",
        "received>2026-01-01",
        "$filter=",
        "\x00",
        "９",
    ]
)
TEXTS = st.text(max_size=20) | st.lists(WORDS, max_size=8).map(" ".join) | st.lists(WORDS, max_size=8).map("".join)
COMMON = [
    "id",
    "displayName",
    "subject",
    "receivedDateTime",
    "isRead",
    "from/emailAddress/address",
    "importance",
    "size",
    "name",
]
PROPERTIES = st.sampled_from(COMMON) | st.sampled_from(NAMES)
LITERALS = st.sampled_from(["'x'", "'high'", "'受信トレイ'", "true", "null", "7", "2026-01-01", "2026-01-01T00:00:00Z"])
COMPARISONS = st.tuples(PROPERTIES, st.sampled_from(["eq", "ne", "gt", "le"]), LITERALS).map(
    " ".join
) | st.sampled_from(
    [
        "contains(subject,'x')",
        "startswith(displayName,'x')",
        "categories/any(c: c eq 'x')",
        "singleValueExtendedProperties/any(p: p/id eq 'Integer 0x0E08' and cast(p/value, Edm.Int32) gt 7)",
    ]
)
FILTERS = st.recursive(
    COMPARISONS,
    lambda inner: st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(" ".join) | inner.map("not ({})".format),
    max_leaves=4,
)
EXPANSIONS = st.sampled_from(
    [
        "attachments",
        "childFolders($select=id;$top=2)",
        "messageRules",
        "singleValueExtendedProperties($filter=id eq 'Long 0x0E08' or id eq 'String 0x37')",
    ]
)
LIKELY: dict[str, st.SearchStrategy[str]] = {
    "$select": st.lists(PROPERTIES, min_size=1, max_size=3).map(",".join),
    "$expand": EXPANSIONS,
    "$filter": FILTERS,
    "$orderby": st.lists(PROPERTIES, min_size=1, max_size=2).map(",".join) | PROPERTIES.map("{} desc".format),
    "$search": st.sampled_from(["x", '"from:x"', '"x OR (subject:y AND received>2026-01-01)"']),
    "$top": st.sampled_from(["1", "5", "1000"]),
    "$skip": st.sampled_from(["0", "3"]),
    "$count": st.sampled_from(["true", "false"]),
    "$format": st.just("json"),
    "$skiptoken": TEXTS,
    "$deltatoken": TEXTS,
    "$nonsense": TEXTS,
    "includeHiddenFolders": st.just("true"),
    "changeType": st.sampled_from(["created", "deleted"]),
}


@st.composite
def queries(draw: st.DrawFn) -> dict[str, str]:
    """One in four values is nonsense."""
    names = draw(st.lists(st.sampled_from(list(LIKELY)), max_size=3, unique=True))
    return {name: draw(TEXTS if draw(st.integers(0, 3)) == 0 else LIKELY[name]) for name in names}
