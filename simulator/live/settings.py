"""Where to ask, and with what token: from the environment.

LIVE_GRAPH       https://graph.microsoft.com unless set; the address of a simulator tries the program
ACCESS_TOKEN     a token for Graph; without one the device code flow asks for it:
TENANT_ID        the tenant's id, and
CLIENT_ID        an application that allows public client flows, with SCOPES consented to
LIVE_WRITE       1: also what makes rules and messages in the mailbox, and takes them away again
LIMITED_TOKEN    a token of an application without MailboxSettings (point 12)
LIVE_CLOSED_RULE the name of a read-only rule that may be lost (point 8)
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

import msal
import requests

from live.side import Side
from m365_simulator.directory.person import TENANT_ID

GRAPH, LOGIN = "https://graph.microsoft.com", "https://login.microsoftonline.com"
SCOPES = ["User.Read", "Mail.ReadWrite", "MailboxSettings.ReadWrite"]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SIMULATED_PERSON = "rule.collector@example.ac.jp"
SIMULATED_CLOSED_RULE = "受信日で仕分け"


class NoToken(Exception):
    """One sentence for the person at the keyboard."""


def writes() -> bool:
    return os.environ.get("LIVE_WRITE", "") == "1"


def tenant() -> Side:
    """Raises NoToken."""
    address = os.environ.get("LIVE_GRAPH", "") or GRAPH
    if urlsplit(address).hostname in LOOPBACK:
        return simulated(address)
    tenant_id = os.environ.get("TENANT_ID", "")
    if not tenant_id:
        raise NoToken("TENANT_ID is not set; LIVE_GRAPH=http://127.0.0.1:9000 would ask a simulator.")
    return Side(
        f"{address}/v1.0",
        LOGIN,
        os.environ.get("ACCESS_TOKEN", "") or by_device_code(tenant_id),
        tenant=tenant_id,
        limited=os.environ.get("LIMITED_TOKEN", ""),
        closed_rule=os.environ.get("LIVE_CLOSED_RULE", ""),
    )


def by_device_code(tenant_id: str) -> str:
    client_id = os.environ.get("CLIENT_ID", "")
    if not client_id:
        raise NoToken("Neither ACCESS_TOKEN nor CLIENT_ID is set.")
    application = msal.PublicClientApplication(client_id, authority=f"{LOGIN}/{tenant_id}")
    flow = application.initiate_device_flow(SCOPES)
    if "user_code" not in flow:
        raise NoToken(f"No device code: {flow.get('error_description', flow)}")
    print(flow["message"], flush=True)
    answer = application.acquire_token_by_device_flow(flow)
    if "access_token" not in answer:
        raise NoToken(f"No token: {answer.get('error_description', answer)}")
    return str(answer["access_token"])


def simulated(address: str) -> Side:
    """Of a simulator as it is; what is switched there stays switched."""
    control = requests.Session()
    control.trust_env = False

    def token(*scopes: str) -> str:
        wanted = {"address": SIMULATED_PERSON, "scopes": list(scopes)}
        answer = control.post(f"{address}/control/token", json=wanted, timeout=10)
        answer.raise_for_status()
        return str(answer.json()["access_token"])

    side = Side(
        f"{address}/graph/v1.0",
        f"{address}/login",
        token(*SCOPES),
        tenant=TENANT_ID,
        limited=token("User.Read"),
        closed_rule=SIMULATED_CLOSED_RULE,
    )
    side.session.trust_env = False
    return side
