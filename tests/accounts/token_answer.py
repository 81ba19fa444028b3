"""Answers of the token endpoint that Microsoft would never give: made to order, for a sign-in that is under way."""

from __future__ import annotations

import base64
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from django.conf import settings

from tests.simulator_control import Simulator

OID = "11111111-2222-4333-8444-555555555555"
TOKEN = "POST /oauth2/v2.0/token"
SCOPE = "https://graph.microsoft.com/User.Read https://graph.microsoft.com/Mail.Read MailboxSettings.ReadWrite"


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def claims_for(authorize: str, **changed: Any) -> dict[str, Any]:
    """The claims of a good ID token for the sign-in that `authorize` began; a changed claim of None is left out."""
    now = int(time.time())
    good = {
        "iss": f"https://login.microsoftonline.com/{settings.TENANT_ID}/v2.0",
        "aud": settings.CLIENT_ID,
        "tid": settings.TENANT_ID,
        "oid": OID,
        "sub": "subject",
        "preferred_username": "somebody@example.ac.jp",
        "name": "Somebody",
        "nonce": query_of(authorize)["nonce"],
        "nbf": now - 300,
        "exp": now + 3600,
    }
    return {name: value for name, value in {**good, **changed}.items() if value is not None}


def answer_with(simulator: Simulator, claims: dict[str, Any] | None, scope: str = SCOPE) -> None:
    """The next code is redeemed for these claims (None: for no ID token at all)."""
    who = base64.urlsafe_b64encode(json.dumps({"uid": OID, "utid": settings.TENANT_ID}).encode()).decode()
    body = {
        "token_type": "Bearer",
        "access_token": "an-access-token",
        "refresh_token": "a-refresh-token",
        "expires_in": 3600,
        "scope": scope,
        "client_info": who.rstrip("="),
    }
    if claims is not None:
        body["id_token"] = jwt.encode(claims, "k" * 32, "HS256")
    simulator.fault(TOKEN, status=200, body=body, times=1)
