"""What the page about a failed sign-in says: a row for each reason, with title, what happened, what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A sentence in the reader's language.
Sentence = str | Promise


@dataclass(frozen=True)
class ServiceStep:
    """Advice with an address or domain of the service file in it: a template."""

    template: str


@dataclass(frozen=True)
class SignInWords:
    """`status` is the page's; `other_account`: the page's button leads to Microsoft's choice of accounts."""

    status: HTTPStatus
    title: Sentence
    what: Sentence
    next: tuple[Sentence | ServiceStep, ...]
    other_account: bool = False


OWN_DOMAIN = ServiceStep("accounts/_own_domain.html")
URGENT_MAIL = ServiceStep("accounts/_urgent_mail.html")
MAIL_MEANWHILE = ServiceStep("accounts/_mail_meanwhile.html")
STILL_SO = _("If it is still so after 30 minutes, please tell the helpdesk the reference number.")
# For "declined" where nobody was signed in before.
DECLINED_AT_SIGN_IN = _("You are not signed in: the permission was not given")

WORDS: Mapping[str, SignInWords] = {
    "declined": SignInWords(
        HTTPStatus.FORBIDDEN,
        _("The permission was not given"),
        _(
            "On Microsoft's page the permissions that this site needs were not given, or the university "
            "has not approved this site yet. This site has received nothing of your mail."
        ),
        (
            _(
                "Sign in again and choose “Accept” on Microsoft's page. This site reads your folders and "
                "rules, and changes only what you ask it to change."
            ),
            _("If Microsoft says that an administrator has to approve, please tell the helpdesk the reference number."),
        ),
    ),
    "needs-approval": SignInWords(
        HTTPStatus.FORBIDDEN,
        _("The university has not approved this site yet"),
        _(
            "Microsoft wants an administrator of the university to approve this site first. It is not "
            "your fault, and the operators have a record of it."
        ),
        (_("Please tell the helpdesk the reference number. Until it is approved, only the guides can be used."),),
    ),
    "not-assigned": SignInWords(
        HTTPStatus.FORBIDDEN,
        _("This account may not use this site"),
        _("The university has opened this site to some accounts only, and yours is not one of them."),
        (
            _("If you have another university account, choose that one."),
            _("If you should be able to use this site, please tell the helpdesk the reference number."),
        ),
        other_account=True,
    ),
    "closed": SignInWords(
        HTTPStatus.FORBIDDEN,
        _("This account is closed"),
        _("Microsoft says that the university has closed the account. You were signed out everywhere on this site."),
        (_("If it should be open, please ask the helpdesk."),),
    ),
    "other-tenant": SignInWords(
        HTTPStatus.FORBIDDEN,
        _("This is not an account of the university"),
        _(
            "You chose an account of another organization on Microsoft's page. Only accounts of the "
            "university can be used here."
        ),
        (
            OWN_DOMAIN,
            _("If Microsoft does not let you choose, try again in a private window of your browser."),
        ),
        other_account=True,
    ),
    "refused": SignInWords(
        HTTPStatus.FORBIDDEN,
        _("The sign-in could not be completed"),
        _("Microsoft's answer was not one that this site can accept. For your safety you were not signed in."),
        (
            _("Sign in again."),
            _("If it happens again, please tell the helpdesk the reference number."),
        ),
    ),
    "expired": SignInWords(
        HTTPStatus.BAD_REQUEST,
        _("This sign-in is no longer valid"),
        _("The sign-in was begun too long ago, was completed already, or was begun in another browser."),
        (
            _("Sign in again from here."),
            _("If this page comes back, allow this site to use cookies in your browser's settings."),
        ),
    ),
    "unavailable": SignInWords(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("Microsoft's sign-in is not answering right now"),
        _("Microsoft's sign-in service did not answer, or not in time. Your mail itself may still be working."),
        (
            _("Wait a few minutes, then sign in again."),
            URGENT_MAIL,
            STILL_SO,
        ),
    ),
    "misconfigured": SignInWords(
        HTTPStatus.SERVICE_UNAVAILABLE,
        _("Signing in is not possible right now"),
        _(
            "Microsoft does not accept this site at the moment. It is not your fault, and the operators "
            "have a record of it."
        ),
        (
            MAIL_MEANWHILE,
            STILL_SO,
        ),
    ),
}
