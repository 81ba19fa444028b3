"""The pages for people, in Japanese and English: one template per page and language."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from simulator.entra.authorization import Authorization
from simulator.entra.errors import EntraError
from simulator.entra.language import language_of
from simulator.entra.scopes import OPENID
from simulator.entra.session import session_of
from simulator.tenant import TENANT, Person

# form-action must name where a form's answer may redirect to: Chromium checks that too
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self' http://localhost:* http://127.0.0.1:*; frame-ancestors 'none'"
)


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    language = language_of(request)
    context = context | {"language": language, "here": request.get_full_path()}
    response = render(request, f"entra/{language}/{name}.html", context, status=status)
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "no-store, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    return response


def picker_page(request: HttpRequest, asked: Authorization, *, nothing_picked: bool = False) -> HttpResponse:
    """Those signed in come first, then the one hinted at."""
    session = session_of(request)
    signed_in = set(session.accounts) if session else set()
    hint = asked.login_hint.strip().lower()
    people = sorted(
        TENANT.people.values(),
        key=lambda person: (person.address not in signed_in, person.address != hint),
    )
    context = {"people": people, "signed_in": signed_in, "nothing_picked": nothing_picked}
    return page(request, "picker", context, 400 if nothing_picked else 200)


def consent_page(request: HttpRequest, asked: Authorization, person: Person) -> HttpResponse:
    scopes = sorted(asked.scopes - set(OPENID))
    return page(request, "consent", {"person": person, "scopes": scopes})


def admin_page(request: HttpRequest, asked: Authorization, person: Person) -> HttpResponse:
    """The university must approve the application first; the only way is back."""
    refusal = EntraError(90094, tenant=asked.tid)
    return page(request, "admin", {"person": person, "refusal": refusal})


def refusal_page(request: HttpRequest, refusal: EntraError) -> HttpResponse:
    another_account = refusal.code in (50020, 50034)
    context = {"refusal": refusal, "another_account": another_account}
    return page(request, "refusal", context, 400)
