"""ID tokens and a discovery document that a strict client must refuse."""

from typing import Any

import jwt
import pytest

from m365_simulator.directory.person import TENANT_ID
from m365_simulator.directory.registration import CLIENT_ID, CLIENT_SECRET
from tests.application import Application
from tests.simulator_control import Simulator


def checked(application: Application, token: str) -> dict[str, Any]:
    """As a strict client does. Raises jwt.InvalidTokenError."""
    kid = jwt.get_unverified_header(token).get("kid", "")
    keys = application.published_keys()
    key = keys.get(kid) or next(iter(keys.values()))
    issuer = f"{application.login}/{TENANT_ID}/v2.0"
    public = jwt.PyJWK(key, algorithm="RS256").key
    claims = jwt.decode(token, public, algorithms=["RS256"], audience=CLIENT_ID, issuer=issuer)
    if claims["nonce"] != "nonce-1" or claims["tid"] != TENANT_ID:
        raise jwt.InvalidTokenError("not ours")
    return claims


def test_without_a_defect_a_strict_client_is_content(application: Application) -> None:
    assert checked(application, application.sign_in("full.mailbox")["id_token"])["ver"] == "2.0"


@pytest.mark.parametrize(
    ("defect", "problem"),
    [
        ("issuer", jwt.InvalidIssuerError),
        ("audience", jwt.InvalidAudienceError),
        ("nonce", jwt.InvalidTokenError),
        ("signature", jwt.InvalidSignatureError),
        ("expired", jwt.ExpiredSignatureError),
        ("algorithm", jwt.InvalidAlgorithmError),
        ("tenant", jwt.InvalidTokenError),
    ],
)
def test_each_defect_is_the_one_that_it_says(
    simulator: Simulator, application: Application, defect: str, problem: type[Exception]
) -> None:
    simulator.switch(id_token_defect=defect)
    token = application.sign_in("full.mailbox")["id_token"]
    with pytest.raises(problem):
        checked(application, token)


# The secret is shorter than HS256 would have it: that it is used at all is the defect.
@pytest.mark.filterwarnings("ignore:The HMAC key is")
def test_the_wrong_algorithm_is_signed_with_the_secret(simulator: Simulator, application: Application) -> None:
    simulator.switch(id_token_defect="algorithm")
    token = application.sign_in("full.mailbox")["id_token"]
    assert jwt.get_unverified_header(token)["alg"] == "HS256"
    assert jwt.decode(token, CLIENT_SECRET, algorithms=["HS256"], audience=CLIENT_ID)


@pytest.mark.parametrize(("state", "right"), [("right", True), ("wrong", False)])
def test_the_discovery_document_may_name_another_issuer(
    simulator: Simulator, application: Application, state: str, right: bool
) -> None:
    simulator.switch(discovery_issuer=state)
    found = application.look(f"{application.login}/{TENANT_ID}/v2.0/.well-known/openid-configuration").json()
    assert (found["issuer"] == f"{application.login}/{TENANT_ID}/v2.0") is right
    assert checked(application, application.sign_in("full.mailbox")["id_token"])
