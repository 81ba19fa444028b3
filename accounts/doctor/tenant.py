"""What Microsoft's two hosts answer before anybody has signed in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

import requests
from django.conf import settings

from accounts import outbound
from accounts.doctor.finding import Finding, failed, not_known, ok, warning
from accounts.microsoft.failures import code_of

# Seconds between the clocks: tokens are refused from the second on (accounts/microsoft/identity.py allows 120).
SKEW_SEEN, SKEW_HARMS = 60, 300
REACH = "See to OUTBOUND_PROXY, OUTBOUND_CA, name resolution and the firewall."


@dataclass(frozen=True)
class TimedAnswer:
    """A response, and our clock (seconds since 1970) halfway between asking and hearing."""

    response: requests.Response
    at: float

    @property
    def json(self) -> dict[str, Any]:
        """Empty for what is no JSON object."""
        try:
            found = self.response.json()
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


def ask(url: str, **parameters: Any) -> TimedAnswer:
    """Raises requests.RequestException."""
    before = time.time()
    response = outbound.session().get(url, allow_redirects=False, **parameters)
    return TimedAnswer(response, (before + time.time()) / 2)


class Tenant:
    """Asked once for all checks."""

    def __init__(self) -> None:
        self.address = f"{settings.LOGIN_HOST}/{settings.TENANT_ID}"

    @cached_property
    def discovered(self) -> TimedAnswer | requests.RequestException:
        try:
            return ask(f"{self.address}/v2.0/.well-known/openid-configuration")
        except requests.RequestException as error:
            return error

    def way_out(self) -> Finding:
        """Graph answers 401 to somebody without a token, which is all that is wanted here."""
        try:
            ask(f"{settings.GRAPH_URL}/me")
        except requests.RequestException as error:
            return failed(f"Graph cannot be reached ({type(error).__name__}).", REACH)
        if isinstance(self.discovered, requests.RequestException):
            return failed(f"Sign-in cannot be reached ({type(self.discovered).__name__}).", REACH)
        if settings.SIMULATOR:
            return ok("Both hosts answer; the simulator plays them, without a proxy.")
        proxy = "through OUTBOUND_PROXY" if settings.OUTBOUND_PROXY else "directly"
        trusted = "those of OUTBOUND_CA" if settings.OUTBOUND_CA else "those that come with the site"
        return ok(f"Both hosts answer, {proxy}; trusted certificate authorities: {trusted}.")

    def discovery(self) -> Finding:
        """https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation"""
        answer = self.discovered
        if isinstance(answer, requests.RequestException):
            return not_known("The discovery document could not be asked for.", REACH)
        document = answer.json
        if answer.response.status_code != 200 or not document:
            code = code_of(document) or f"status {answer.response.status_code}"
            return failed(f"There is no discovery document ({code}).", "See to TENANT_ID, then to Microsoft's status.")
        wanted = {
            "issuer": f"{self.address}/v2.0",
            "token_endpoint": f"{self.address}/oauth2/v2.0/token",
            "authorization_endpoint": outbound.visible(f"{self.address}/oauth2/v2.0/authorize"),
        }
        wrong = [name for name, value in wanted.items() if document.get(name) != value]
        if wrong:
            return failed(
                f"The discovery document names another {' and '.join(wrong)}.",
                "See to TENANT_ID; something on the way may be answering in Microsoft's place (OUTBOUND_PROXY).",
            )
        return ok("The discovery document is the tenant's; issuer and endpoints are as they must be.")

    def clock(self) -> Finding:
        """The Date header has whole seconds."""
        answer = self.discovered
        if isinstance(answer, requests.RequestException):
            return not_known("Microsoft's clock could not be asked for.", REACH)
        try:
            their_time = parsedate_to_datetime(one_date(answer.response.headers.get("Date", ""))).timestamp()
        except ValueError:
            return not_known("Microsoft's answer does not have one date.", "Compare this machine's clock by hand.")
        apart = round(abs(their_time - answer.at))
        mend = "Let this machine's clock follow a time server (NTP)."
        if apart > SKEW_HARMS:
            return failed(f"This clock and Microsoft's are {apart} seconds apart: nobody can sign in.", mend)
        if apart > SKEW_SEEN:
            return warning(f"This clock and Microsoft's are {apart} seconds apart.", mend)
        return ok("This clock and Microsoft's agree within a minute.")


def one_date(header: str) -> str:
    """The header, if it is one date as HTTP writes it (RFC 9110, 5.6.7). Raises ValueError: a proxy may add its own."""
    if header.count("GMT") != 1 or not header.endswith("GMT"):
        raise ValueError(header)
    return header
