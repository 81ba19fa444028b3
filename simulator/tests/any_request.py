"""Paths, bodies, headers and batches that anybody might send to Graph: half right, half nonsense."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from m365_simulator.graph.type_lists import ENUMS, TYPES
from tests.any_query import NAMES, TEXTS

FOLDER, MESSAGE = "/me/mailFolders/{folder}", "/me/messages/{message}"
READABLE = st.sampled_from(
    [
        "/me",
        "/me/mailboxSettings",
        "/me/mailboxSettings/timeZone",
        "/me/licenseDetails",
        "/me/mailFolders",
        "/me/mailFolders/delta",
        "/me/mailFolders/$count",
        "/me/mailFolders/inbox/messageRules",
        "/me/mailFolders/inbox/messageRules/{rule}",
        "/me/mailFolders/inbox/messages/delta",
        "/me/mailFolders/searchfolders/childFolders",
        "/me/mailFolders('inbox')",
        FOLDER,
        f"{FOLDER}/childFolders",
        f"{FOLDER}/messages",
        "/me/messages",
        "/me/messages/$count",
        MESSAGE,
        f"{MESSAGE}/attachments",
        f"{MESSAGE}/$value",
        "/users/rule.collector@example.ac.jp/messages",
        "/reports/getMailboxUsageDetail(period='D7')",
    ]
)
# with the type of the body, where it is one
WRITABLE = st.sampled_from(
    [
        ("PATCH", "/me/mailboxSettings", "mailboxSettings"),
        ("PATCH", MESSAGE, "message"),
        ("PATCH", FOLDER, "mailFolder"),
        ("PATCH", "/me/mailFolders/inbox/messageRules/{rule}", "messageRule"),
        ("POST", "/me/messages", "message"),
        ("POST", "/me/mailFolders", "mailFolder"),
        ("POST", "/me/mailFolders", "mailSearchFolder"),
        ("POST", "/me/mailFolders/inbox/messageRules", "messageRule"),
        ("POST", f"{FOLDER}/copy", ""),
        ("POST", f"{MESSAGE}/copy", ""),
        ("POST", "/me/getMailTips", ""),
        ("POST", "/$batch", ""),
    ]
)
SEGMENTS = st.sampled_from(
    [
        "me",
        "users",
        "mailFolders",
        "inbox",
        "childFolders",
        "messages",
        "messageRules",
        "mailboxSettings",
        "getMailTips",
        "delta",
        "delta()",
        "move",
        "copy",
        "permanentDelete",
        "attachments",
        "$value",
        "$count",
        "$batch",
        "reports",
        "{message}",
        "{folder}",
        "{rule}",
        "{gone}",
        "messages('x')",
    ]
)
PATHS = READABLE | st.lists(SEGMENTS | st.text(max_size=8), max_size=7).map(lambda parts: "/".join(["", *parts]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | TEXTS, inner, max_size=4),
    max_leaves=12,
)
BODIES = st.dictionaries(
    st.sampled_from([*NAMES, "destinationId", "EmailAddresses", "MailTipsOptions", "requests"]), JSON
)
LATIN = st.characters(codec="latin-1", exclude_characters="\r\n\0")
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Prefer": st.sampled_from(["odata.maxpagesize=2", 'IdType="ImmutableId"', "odata.maxpagesize=9e9", '"', "=,;"]),
        "Content-Type": st.sampled_from(["application/json", "text/plain", "application/json;charset=x", ""]),
        "If-None-Match": st.sampled_from(["x", '""']),
        "client-request-id": st.text(st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=9).map(
            str.strip
        ),
    },
)
METHODS = st.sampled_from(["GET", "GET", "GET", "POST", "PATCH", "DELETE", "PUT"])
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "Edm.Boolean": st.booleans(),
    "Edm.Int32": st.integers(-(2**33), 2**33),
    "Edm.TimeOfDay": st.just("08:00:00"),
}


def value_of(kind: str) -> st.SearchStrategy[Any]:
    """A value of this type, or nearly."""
    if kind.startswith("["):
        return st.lists(st.deferred(lambda: value_of(kind.strip("[]"))), max_size=2)
    if kind in ENUMS:
        return st.sampled_from(ENUMS[kind]) | TEXTS
    if kind in TYPES:
        return st.deferred(lambda: entity_of(kind))
    plain = {
        "Edm.Boolean": st.booleans(),
        "Edm.Int32": st.integers(-(2**33), 2**33),
        "Edm.TimeOfDay": st.just("08:00:00"),
    }
    return plain.get(kind, TEXTS | st.sampled_from(["inbox", "a@example.com", "2026-01-01T00:00:00Z", "UTC"]))


def entity_of(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    members = {name: value_of(type_) for name, type_ in TYPES[kind].items()}
    return st.fixed_dictionaries({}, optional=members)


def body_of(kind: str) -> st.SearchStrategy[Any]:
    return (entity_of(kind) | entity_of(kind) | BODIES) if kind else BODIES


ITEM = {"id": st.sampled_from("123456789"), "method": METHODS, "url": READABLE | READABLE | TEXTS}
ITEMS = st.fixed_dictionaries(
    ITEM,
    optional={
        "headers": st.just({"Content-Type": "application/json"}) | JSON,
        "body": BODIES | JSON,
        "dependsOn": st.lists(st.sampled_from("123"), max_size=2) | JSON,
    },
)
BATCHES = st.lists(ITEMS, max_size=5, unique_by=lambda item: item["id"]) | st.lists(ITEMS | JSON, max_size=4)
