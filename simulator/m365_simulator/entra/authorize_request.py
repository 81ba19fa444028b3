"""What a client asks for at the authorize page."""

import re
from dataclasses import dataclass

from django.http import HttpRequest

from m365_simulator.aadsts.errors import EntraError
from m365_simulator.entra.claims_parameter import WantedClaims, read_wanted_claims
from m365_simulator.entra.client import find_tenant, is_registered
from m365_simulator.entra.scopes import read_scopes

RESPONSE_MODES = ("query", "fragment", "form_post")
METHODS = ("plain", "S256")
PROMPTS = ("", "none", "login", "consent", "select_account")  # one of them, never two as OpenID Connect allows
CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # RFC 7636, 4.2


@dataclass(frozen=True)
class ReturnAddress:
    """Where and how the client is answered; the address is a registered one."""

    redirect_uri: str
    response_mode: str
    state: str


@dataclass(frozen=True)
class AuthorizeRequest:
    """A request for a code. `tid` is "" where the account decides; `max_age` is in seconds."""

    back: ReturnAddress
    client_id: str
    tid: str
    scopes: frozenset[str]
    nonce: str
    challenge: str
    challenge_method: str
    prompt: str
    login_hint: str
    domain_hint: str
    max_age: int | None
    claims: WantedClaims
    client_info: bool

    @property
    def id_claims(self) -> frozenset[str]:
        """Who asks for `max_age` must be told `auth_time`: OpenID Connect Core, 3.1.2.1."""
        aged = frozenset() if self.max_age is None else frozenset({"auth_time"})
        return self.claims.in_id_token | aged


class Returned(Exception):
    """A refusal that the client learns about; others stay on our page. `error`: instead of the number's own."""

    def __init__(self, back: ReturnAddress, refusal: EntraError, error: str = "") -> None:
        self.back, self.refusal, self.error = back, refusal, error
        super().__init__(refusal.text)


def read_authorize_request(request: HttpRequest, tenant: str) -> AuthorizeRequest:
    """Raises EntraError for what must not be sent back, Returned for what may."""
    client_id = request.GET.get("client_id", "")
    if not client_id:
        raise EntraError(900144, field="client_id")
    tid = find_tenant(client_id, tenant)
    back = read_return_address(request, client_id)
    try:
        return read_parameters(request, client_id, tid, back)
    except EntraError as refusal:
        raise Returned(back, refusal) from None


def read_return_address(request: HttpRequest, client_id: str) -> ReturnAddress:
    sent = request.GET
    redirect_uri = sent.get("redirect_uri", "")
    if not is_registered(redirect_uri):
        raise EntraError(50011, redirect_uri=redirect_uri, client_id=client_id)
    mode = sent.get("response_mode", "query")
    if mode not in RESPONSE_MODES:
        raise EntraError(90023, field="response_mode")
    return ReturnAddress(redirect_uri, mode, sent.get("state", ""))


def read_parameters(request: HttpRequest, client_id: str, tid: str, back: ReturnAddress) -> AuthorizeRequest:
    sent = request.GET
    if sent.get("response_type") != "code":
        raise EntraError(700054, response_type=sent.get("response_type", ""))
    scopes = read_scopes(sent.get("scope", ""))
    if not scopes:
        raise EntraError(900144, field="scope")
    challenge, method = read_challenge(request)
    return AuthorizeRequest(
        back=back,
        client_id=client_id,
        tid=tid,
        scopes=scopes,
        nonce=sent.get("nonce", ""),
        challenge=challenge,
        challenge_method=method,
        prompt=read_choice(PROMPTS, request, "prompt"),
        login_hint=sent.get("login_hint", "").strip(),
        domain_hint=sent.get("domain_hint", "").strip().lower(),
        max_age=read_max_age(sent.get("max_age")),
        claims=read_wanted_claims(sent.get("claims", "")),
        client_info=sent.get("client_info") == "1",
    )


def read_challenge(request: HttpRequest) -> tuple[str, str]:
    """Challenge and method; "" and "plain" without one. Raises EntraError 90023, 501491."""
    challenge = request.GET.get("code_challenge", "")
    method = read_choice(METHODS, request, "code_challenge_method")
    if challenge and not CHALLENGE.fullmatch(challenge):
        raise EntraError(501491)
    return challenge, method


def read_choice(known: tuple[str, ...], request: HttpRequest, field: str) -> str:
    """The first of them when it was not sent. Raises EntraError 90023."""
    value = request.GET.get(field, known[0])
    if value not in known:
        raise EntraError(90023, field=field)
    return value


def read_max_age(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        raise EntraError(90023, field="max_age")
    return int(text)
