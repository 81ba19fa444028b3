"""ID tokens that a strict client must refuse, by the switch `id_token_defect`.

https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

from m365_simulator import switches
from m365_simulator.directory.person import OTHER_TENANT_ID
from m365_simulator.directory.registration import CLIENT_SECRET
from m365_simulator.tenant import TENANT

Claims = dict[str, Any]


def sign_id_token(claims: Claims) -> str:
    """As it should be, or with the defect in force."""
    defect = str(switches.value("id_token_defect"))
    spoilt = claims | CHANGES[defect](claims) if defect in CHANGES else claims
    return SIGNATURES.get(defect, TENANT.keys.sign)(spoilt)


def expire(claims: Claims) -> Claims:
    now = int(time.time())
    return {"iat": now - 7800, "nbf": now - 7800, "exp": now - 3900}


CHANGES: dict[str, Callable[[Claims], Claims]] = {
    "issuer": lambda claims: {"iss": f"https://login.example.com/{claims['tid']}/v2.0"},
    "audience": lambda _: {"aud": "6a0f1f55-0000-4000-8000-000000000000"},
    "nonce": lambda _: {"nonce": "another-nonce"},
    "expired": expire,
    "tenant": lambda _: {"tid": OTHER_TENANT_ID},
}


def sign_other_claims(claims: Claims) -> str:
    """The signature belongs to other claims."""
    head, body, _ = TENANT.keys.sign(claims).split(".")
    _, _, signature = TENANT.keys.sign(claims | {"sub": "somebody-else"}).split(".")
    return f"{head}.{body}.{signature}"


def sign_with_secret(claims: Claims) -> str:
    """HS256 with the client secret, where the discovery document says RS256."""
    head = b".".join(encode_part(part) for part in ({"typ": "JWT", "alg": "HS256"}, claims))
    digest = hmac.digest(CLIENT_SECRET.encode(), head, hashlib.sha256)
    return (head + b"." + base64.urlsafe_b64encode(digest).rstrip(b"=")).decode()


def encode_part(part: Claims) -> bytes:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")


SIGNATURES: dict[str, Callable[[Claims], str]] = {"signature": sign_other_claims, "algorithm": sign_with_secret}
