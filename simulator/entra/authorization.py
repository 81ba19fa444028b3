"""What a client asks for at the authorize page."""

from dataclasses import dataclass

from django.http import HttpRequest

from simulator.entra.addresses import ANY_TENANT, tenant_id
from simulator.entra.capabilities import asks_for_mfa, capabilities_in
from simulator.entra.client import check_client_id, is_registered
from simulator.entra.errors import EntraError
from simulator.entra.scopes import scopes_in

RESPONSE_MODES = ("query", "fragment", "form_post")
METHODS = ("plain", "S256")


@dataclass(frozen=True)
class ReturnAddress:
    """Where and how the client is answered; the address is a registered one."""

    redirect_uri: str
    response_mode: str
    state: str


@dataclass(frozen=True)
class Authorization:
    """A request for a code. `max_age` is in seconds; `mfa`: a claims challenge is answered."""

    back: ReturnAddress
    tid: str
    scopes: frozenset[str]
    nonce: str
    challenge: str
    challenge_method: str
    prompt: str
    login_hint: str
    max_age: int | None
    capabilities: frozenset[str]
    mfa: bool
    client_info: bool


class Returned(Exception):
    """A refusal that the client learns about; others stay on our page."""

    def __init__(self, back: ReturnAddress, refusal: EntraError) -> None:
        self.back, self.refusal = back, refusal
        super().__init__(refusal.text)


def return_address(request: HttpRequest, tenant: str) -> tuple[str, ReturnAddress]:
    """The tenant's id and where to answer. Raises EntraError 90002, 50194, 900144, 700016, 50011."""
    sent = request.GET
    client_id = sent.get("client_id", "")
    if not client_id:
        raise EntraError(900144, field="client_id")
    if tenant in ANY_TENANT:
        raise EntraError(50194, client_id=client_id)
    tid = tenant_id(tenant)
    check_client_id(client_id, tid)
    redirect_uri = sent.get("redirect_uri", "")
    if not is_registered(redirect_uri):
        raise EntraError(50011, redirect_uri=redirect_uri, client_id=client_id)
    mode = sent.get("response_mode", "query")
    if mode not in RESPONSE_MODES:
        raise EntraError(90023, field="response_mode")
    return tid, ReturnAddress(redirect_uri, mode, sent.get("state", ""))


def read(request: HttpRequest, tenant: str) -> Authorization:
    """Raises EntraError for what must not be sent back, Returned for what may."""
    tid, back = return_address(request, tenant)
    try:
        return what_is_asked(request, tid, back)
    except EntraError as refusal:
        raise Returned(back, refusal) from None


def what_is_asked(request: HttpRequest, tid: str, back: ReturnAddress) -> Authorization:
    sent = request.GET
    if sent.get("response_type") != "code":
        raise EntraError(700054, response_type=sent.get("response_type", ""))
    scopes = scopes_in(sent.get("scope", ""))
    if not scopes:
        raise EntraError(900144, field="scope")
    method = sent.get("code_challenge_method", "plain")
    if method not in METHODS:
        raise EntraError(90023, field="code_challenge_method")
    claims = sent.get("claims", "")
    return Authorization(
        back=back,
        tid=tid,
        scopes=scopes,
        nonce=sent.get("nonce", ""),
        challenge=sent.get("code_challenge", ""),
        challenge_method=method,
        prompt=sent.get("prompt", ""),
        login_hint=sent.get("login_hint", ""),
        max_age=seconds(sent.get("max_age")),
        capabilities=capabilities_in(claims),
        mfa=asks_for_mfa(claims),
        client_info=sent.get("client_info") == "1",
    )


def seconds(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()):
        raise EntraError(90023, field="max_age")
    return int(text)
