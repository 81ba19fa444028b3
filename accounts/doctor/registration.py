"""The app registration, as far as it can be seen from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.checks import EARLY
from accounts.doctor.finding import Finding, failed, not_known, ok, warning
from accounts.doctor.tenant import REACH, ask
from accounts.microsoft import entra
from accounts.microsoft.credential import certificate_expires, read_assertion
from accounts.microsoft.failures import NUMBER, SignInFailed, code_of

DEFAULT = "https://graph.microsoft.com/.default"
# Answered to a client that was believed, by a tenant that does not give such tokens.
BELIEVED = "unsupported_grant_type"
REFUSED = ("invalid_client", "unauthorized_client")


def credential() -> Finding:
    """Asked without a user, by a client credentials grant: a token means that the credential is good.

    The token is thrown away; it allows nothing, since the application has delegated permissions only. A made-up
    authorization code would not do: Entra may refuse it before it looks at the credential.
    https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
    """
    try:
        app = entra.make_application()
        with entra.reachable():
            answer: dict[str, Any] = app.acquire_token_for_client([DEFAULT])
    except SignInFailed as problem:
        if problem.reason == "misconfigured":
            return failed("The assertion cannot be read.", "See to CLIENT_ASSERTION_FILE and who may read it.")
        return not_known("Microsoft could not be asked whether it takes the credential.", REACH)
    error, code = str(answer.get("error", "")), code_of(answer)
    if "access_token" in answer or error == BELIEVED:
        return ok("Microsoft takes the credential.")
    if error in REFUSED:
        return failed(
            f"Microsoft does not take the credential ({code}).",
            "Compare CLIENT_ID and the credential with the app registration, under Certificates & secrets.",
        )
    return not_known(f"Microsoft answered neither yes nor no ({code}).", "Look the number up in Entra's sign-in log.")


def expiry() -> Finding:
    ends = certificate_expires()
    if ends:
        return certificate_expiry(ends)
    if settings.CLIENT_ASSERTION_FILE:
        return assertion_expiry()
    return not_known(
        "Microsoft does not tell an application when its client secret ends.",
        "Look it up in the app registration, under Certificates & secrets; better, set CLIENT_CERTIFICATE instead.",
    )


def certificate_expiry(ends: datetime) -> Finding:
    mend = "Add a new certificate to the app registration, then put it and its key into CLIENT_CERTIFICATE."
    if ends <= timezone.now():
        return failed(f"The certificate ended on {ends:%Y-%m-%d}.", mend)
    if ends - timezone.now() <= EARLY:
        return warning(f"The certificate ends on {ends:%Y-%m-%d}.", mend)
    return ok(f"The certificate ends on {ends:%Y-%m-%d}.")


def assertion_expiry() -> Finding:
    """The file of the moment. The platform has to renew it; Microsoft looks at the signature, this does not."""
    mend = "See to what writes CLIENT_ASSERTION_FILE."
    try:
        ends = float(jwt.decode(read_assertion(), options={"verify_signature": False})["exp"])
    except (SignInFailed, jwt.PyJWTError, LookupError, TypeError, ValueError):
        return failed("CLIENT_ASSERTION_FILE holds no token with an end.", mend)
    left = round(ends - timezone.now().timestamp())
    if left <= 0:
        return failed("The assertion has ended and was not renewed.", mend)
    return ok(f"The assertion is good for {left // 60} minutes more; the platform renews it.")


def redirect_address() -> Finding:
    """Asked for a silent sign-in of nobody: Microsoft refuses on a page of its own, or sends the refusal to us."""
    wanted = {
        "client_id": settings.CLIENT_ID,
        "response_type": "code",
        "redirect_uri": entra.redirect_uri(),
        "scope": "openid",
        "prompt": "none",
    }
    mend = f"Register SITE_URL followed by {reverse('microsoft:callback')} as a redirect address, letter by letter."
    try:
        answer = ask(f"{settings.LOGIN_HOST}/{settings.TENANT_ID}/oauth2/v2.0/authorize", params=wanted).response
    except requests.RequestException as error:
        return not_known(f"The redirect address could not be tried ({type(error).__name__}).", REACH)
    if answer.is_redirect and same_place(answer.headers["Location"], entra.redirect_uri()):
        return ok("The redirect address is registered.")
    number = NUMBER.search(answer.text)
    if number and number[0] == "AADSTS50011":
        return failed("The redirect address is not registered (AADSTS50011).", mend)
    if number and number[0] == "AADSTS700016":
        return failed("The tenant does not know the application (AADSTS700016).", "See to CLIENT_ID and TENANT_ID.")
    code = number[0] if number else f"status {answer.status_code}"
    return not_known(f"Microsoft answered neither yes nor no ({code}).", f"Look it up: {mend}")


def same_place(found: str, wanted: str) -> bool:
    """Whether an address is the wanted one, with whatever query and fragment."""
    return urlsplit(found)._replace(query="", fragment="") == urlsplit(wanted)


def sign_out_address() -> Finding:
    path = reverse("microsoft:signed-out")
    return not_known(
        "Microsoft does not tell whether a front-channel sign-out address is registered.",
        f"In the app registration, under Authentication, it must be SITE_URL followed by {path}",
    )
