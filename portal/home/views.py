"""The home page, for a visitor and for a member; and the address without a language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal.changes import journal
from portal.connect import Person, forget_sign_out, has_just_signed_out
from portal.home.state import read_mailbox_state
from portal.home.warnings import find_warnings
from portal.quota.figures import Gauge
from portal.quota.measuring import find_measured
from portal.web import language

LAST_CHANGES = 3


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The address without a language leads to the home page in the reader's."""
    with override(language.find_preferred(request)):
        response = HttpResponseRedirect(reverse("home:index"))
    language.vary_by_language(response)
    return response


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return show_mailbox(request, request.user)
    context = {"signed_out": has_just_signed_out(request)}
    response = render(request, "home/signed_out.html", context)
    if context["signed_out"]:
        forget_sign_out(response)
    patch_vary_headers(response, ["Cookie"])
    return response


def show_mailbox(request: HttpRequest, person: Person) -> HttpResponse:
    """One card per feature; what fails, fails alone."""
    mailbox, measured = read_mailbox_state(request, person), find_measured(person)
    gauge = Gauge(measured.usage) if measured else None
    context = {
        "mailbox": mailbox,
        "at": timezone.now(),
        "measured": measured,
        "gauge": gauge,
        "warnings": find_warnings(mailbox, gauge),
        "changes": journal.list_changes(person)[:LAST_CHANGES],
    }
    return render(request, "home/index.html", context)
