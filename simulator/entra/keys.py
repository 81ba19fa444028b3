"""The key that signs tokens: made when first needed, gone with the process."""

import functools
import hashlib
import json
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

ALGORITHM = "RS256"


@functools.cache
def signing_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@functools.cache
def public_jwk() -> dict[str, Any]:
    numbers = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(signing_key().public_key()))
    kid = hashlib.sha256(numbers["n"].encode()).hexdigest()[:27]
    return {"kty": "RSA", "use": "sig", "kid": kid, "n": numbers["n"], "e": numbers["e"]}


def sign(claims: dict[str, Any]) -> str:
    headers = {"kid": public_jwk()["kid"]}
    return jwt.encode(claims, signing_key(), algorithm=ALGORITHM, headers=headers)
