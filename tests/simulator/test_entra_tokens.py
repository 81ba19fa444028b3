"""What Graph reads in an access token."""

import time
from typing import Any

import jwt
import pytest

from simulator.entra import tokens
from simulator.people import PEOPLE
from simulator.tenant import TENANT

PERSON = PEOPLE[1]


def header(**changed: Any) -> str:
    made = tokens.access_token(PERSON, ["Mail.Read", "offline_access"], **({"seconds": 60} | changed))
    return f"Bearer {made}"


def test_a_good_token_says_who_and_what_for() -> None:
    read = tokens.read_access_token(header(capabilities=["cp1"]))
    assert (read.oid, read.tid) == (PERSON.oid, PERSON.tid)
    assert read.scopes == {"Mail.Read"}
    assert read.capabilities == {"cp1"}
    assert 0 < read.expires_at - time.time() <= 60


def test_an_old_token_is_refused_with_graphs_words() -> None:
    with pytest.raises(tokens.BadToken, match="Lifetime validation failed, the token is expired"):
        tokens.read_access_token(header(seconds=-1))


@pytest.mark.parametrize("sent", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer nonsense", "Bearer a.b.c"])
def test_what_is_no_token_is_refused(sent: str | None) -> None:
    with pytest.raises(tokens.BadToken):
        tokens.read_access_token(sent)


def test_a_token_signed_by_somebody_else_is_refused() -> None:
    claims = jwt.decode(header().removeprefix("Bearer "), options={"verify_signature": False})
    forged = jwt.encode(claims, "k" * 64, algorithm="HS256")
    with pytest.raises(tokens.BadToken):
        tokens.read_access_token(f"Bearer {forged}")


def test_an_id_token_is_not_for_graph() -> None:
    claims = jwt.decode(header().removeprefix("Bearer "), options={"verify_signature": False})
    other = TENANT.keys.sign(claims | {"aud": "somebody-else"})
    with pytest.raises(tokens.BadToken, match="Invalid audience"):
        tokens.read_access_token(f"Bearer {other}")
