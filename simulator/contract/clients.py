"""The programs that `python -m contract` runs, and what each of them must show.

A program prints its rows itself (rows.py, node/rows.mjs). The operations are listed here once more,
so that one which a program loses is a failure and not a shorter table.
"""

from __future__ import annotations

from dataclasses import dataclass

DEFECTS = ("issuer", "audience", "nonce", "signature", "expired", "algorithm")
REFUSALS = tuple(f"refuses {defect}" for defect in DEFECTS)
GRAPH = (
    "me",
    "folder tree",
    "hidden folders",
    "extended property",
    "rule list",
    "rule create",
    "rule patch",
    "rule reorder",
    "rule delete",
    "read-only rule",
    "error bodies",
    "$batch",
    "message move",
    "getMailTips",
    "mailboxSettings",
)


@dataclass(frozen=True)
class Program:
    """One client: how it is started (its interpreter is `python` or `node`), and its operations."""

    client: str
    command: tuple[str, ...]
    operations: tuple[str, ...]


def python(client: str, module: str, *operations: str) -> Program:
    return Program(client, ("python", "-m", f"contract.{module}"), operations)


def node(client: str, program: str, *operations: str) -> Program:
    return Program(client, ("node", f"contract/node/{program}.mjs"), operations)


PROGRAMS = (
    python(
        "authlib",
        "authlib_client",
        "discovery",
        "sign-in",
        "ID token",
        "refresh",
        "consent given",
        "consent declined",
        "state",
        "code used twice",
        "wrong PKCE verifier",
        "wrong secret",
        *REFUSALS,
    ),
    node(
        "openid-client",
        "openid_client",
        "discovery",
        "sign-in",
        "sign-in without TLS",
        "ID token",
        "refresh",
        "consent declined",
        "state",
        "code used twice",
        "wrong PKCE verifier",
        "wrong secret",
        "certificate",
        "refuses discovery issuer",
        *REFUSALS,
    ),
    node(
        "msal-node",
        "msal_node",
        "sign-in",
        "from the cache",
        "refresh",
        "consent required",
        "MFA required",
        "revoked",
        "wrong secret",
        "certificate",
        "refuses nonce",
        "refuses discovery issuer",
    ),
    python("msgraph-sdk", "msgraph_client", *GRAPH, "$batch of whole addresses"),
    node("microsoft-graph-client", "graph_client", *GRAPH, "throttling", "$batch in order"),
)
