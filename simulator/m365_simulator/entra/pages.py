"""The pages for people, in Japanese and English: one template per page and language."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation.trans_real import parse_accept_lang_header

from m365_simulator.aadsts.errors import EntraError
from m365_simulator.directory.person import Person
from m365_simulator.entra.authorize_request import AuthorizeRequest, ReturnAddress
from m365_simulator.entra.scopes import OPENID, WORDS
from m365_simulator.entra.session import find_accounts
from m365_simulator.tenant import TENANT

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "frame-ancestors 'none'; frame-src {frames}; form-action 'self' {targets}"
)
ANOTHER_ACCOUNT = ("stranger", "nobody", "personal", "unassigned", "disabled", "ended")


def render_page(
    request: HttpRequest,
    name: str,
    context: dict[str, Any],
    status: int = 200,
    *,
    sends_to: str = "",
    frames: str = "",
) -> HttpResponse:
    """`sends_to` and `frames` are addresses that this page's forms and frames may reach."""
    language = language_of(request)
    here = request.get_full_path()
    context = context | {"language": language, "here": here, "again": f"{here}&prompt=select_account"}
    response = render(request, f"entra/{language}/{name}.html", context, status=status)
    response["Content-Security-Policy"] = POLICY.format(frames=source(frames) or "'none'", targets=targets(sends_to))
    response["Cache-Control"] = "no-store, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    return response


def targets(sends_to: str) -> str:
    """Where a form's answer may redirect to counts as well: Chromium checks that too."""
    known = {source(address) for address in (*TENANT.registration.redirect_uris, sends_to) if address}
    return " ".join(sorted(known))


def source(address: str) -> str:
    """An address as a source of the policy: on a loopback host with any port."""
    parts = urlsplit(address)
    host = f"{parts.hostname}:*" if parts.hostname in ("localhost", "127.0.0.1") else parts.netloc
    return f"{parts.scheme}://{host}" if address else ""


def picker_page(request: HttpRequest, asked: AuthorizeRequest, *, nothing_picked: bool = False) -> HttpResponse:
    """Those signed in come first, then the one hinted at, then those of the domain hinted at."""
    signed_in = find_accounts(request)
    hint, domain = asked.login_hint.lower(), f"@{asked.domain_hint}"
    people = sorted(
        TENANT.people.listed(),
        key=lambda person: (
            person.address not in signed_in,
            person.address != hint,
            not person.address.endswith(domain),
        ),
    )
    context = {"people": people, "signed_in": signed_in, "nothing_picked": nothing_picked, "hint": typed(hint)}
    return render_page(request, "picker", context, 400 if nothing_picked else 200)


def typed(hint: str) -> str:
    """An address to begin with in the field; an opaque hint is none, and whoever is listed needs no typing."""
    person = TENANT.person(hint)
    return hint if "@" in hint and not (person and person.listed) else ""


def consent_page(request: HttpRequest, asked: AuthorizeRequest, person: Person) -> HttpResponse:
    """What is asked for; signing in itself is not listed."""
    names = sorted(asked.scopes - (set(OPENID) - {"offline_access"}))
    column = ("ja", "en").index(language_of(request))
    scopes = [(name, WORDS[name][column]) for name in names]
    return render_page(request, "consent", {"person": person, "scopes": scopes})


def proof_page(request: HttpRequest, person: Person, refusal: EntraError) -> HttpResponse:
    """Where one would take out the telephone."""
    return render_page(request, "proof", {"person": person, "refusal": refusal})


def admin_page(request: HttpRequest, person: Person, refusal: EntraError) -> HttpResponse:
    """The university must approve the application first; where 90095 says so, one can ask for that."""
    return render_page(request, "admin", {"person": person, "refusal": refusal})


def request_sent_page(request: HttpRequest, person: Person) -> HttpResponse:
    return render_page(request, "request_sent", {"person": person})


def refusal_page(request: HttpRequest, refusal: EntraError) -> HttpResponse:
    context = {"refusal": refusal, "another_account": refusal.meaning.page in ANOTHER_ACCOUNT}
    return render_page(request, "refusal", context, 400)


def language_of(request: HttpRequest) -> str:
    """From `ui_locales`, else what the browser prefers, else "ja"; every other language gets "en"."""
    asked = request.GET.get("ui_locales", "").split()
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    wanted = [*asked, *(tag for tag, _ in accepted)]
    return "ja" if not wanted or wanted[0].lower().split("-")[0] == "ja" else "en"


def send_back(request: HttpRequest, back: ReturnAddress, body: dict[str, str]) -> HttpResponse:
    """To the application: in the query, the fragment, or as a form that posts itself."""
    body = body | ({"state": back.state} if back.state else {})
    if back.response_mode == "form_post":
        return render_page(
            request, "form_post", {"redirect_uri": back.redirect_uri, "body": body}, sends_to=back.redirect_uri
        )
    mark = "#" if back.response_mode == "fragment" else "&" if "?" in back.redirect_uri else "?"
    response = HttpResponseRedirect(f"{back.redirect_uri}{mark}{urlencode(body)}")
    response["Cache-Control"] = "no-store, no-cache"
    return response
