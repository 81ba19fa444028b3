"""What only somebody who is signed in can show: permissions, and a mailbox that answers."""

from __future__ import annotations

import requests
from django.conf import settings

from accounts import outbound, tokens
from accounts.doctor.finding import Finding, failed, not_known, ok
from accounts.doctor.tenant import REACH
from accounts.models import TokenCache, User
from accounts.tokens import ConsentNeeded, SignInNeeded, SignInUnavailable

SIGN_IN = "Let a test person sign in to the site, then run this with --person and their object id."
CONSENT = "Grant admin consent for the delegated permissions of docs/entra.md, or let the person give theirs."
NO_MAILBOX = "See to the person's Exchange Online licence, or name somebody else."


def permissions(person: User | None) -> Finding:
    """Of the token of `person`, else of the newest one that is kept."""
    if person is None:
        return last_permissions()
    try:
        tokens.get_access_token(person, settings.MAILBOX_SCOPES)
    except ConsentNeeded as needed:
        return failed(f"The mailbox's permissions are not granted ({needed.code or 'scope'}).", CONSENT)
    except (SignInNeeded, SignInUnavailable) as problem:
        return not_known(f"No token for the person ({problem.code or 'none kept'}).", SIGN_IN)
    return ok("The mailbox's permissions are granted, by the person or for everybody: a token does not tell which.")


def last_permissions() -> Finding:
    newest = TokenCache.objects.select_related("user").order_by("-updated").first()
    stored = tokens.load_tokens(newest.user) if newest else None
    if stored is None:
        return not_known("Nobody is signed in: what was consented to cannot be seen.", SIGN_IN)
    if tokens.find_cached_token(stored.cache, settings.MAILBOX_SCOPES) is None:
        return not_known("The newest token that is kept is not for the mailbox.", SIGN_IN)
    return ok("The newest token that is kept has the mailbox's permissions.")


def mailbox(person: User | None) -> Finding:
    """The inbox is asked for its id, and for nothing of what is in it."""
    if person is None:
        return not_known("Skipped: whose mailbox to open was not said.", SIGN_IN)
    try:
        token = tokens.get_access_token(person, settings.MAILBOX_SCOPES)
    except (SignInNeeded, SignInUnavailable) as problem:
        return not_known(f"No token for the person ({problem.code or 'none kept'}).", SIGN_IN)
    try:
        answer = outbound.session().get(
            f"{settings.GRAPH_URL}/me/mailFolders/inbox?$select=id", headers={"Authorization": f"Bearer {token}"}
        )
    except requests.RequestException as error:
        return failed(f"The mailbox cannot be reached ({type(error).__name__}).", REACH)
    return judge_answer(answer)


def judge_answer(answer: requests.Response) -> Finding:
    if answer.status_code == 200:
        return ok("The person's mailbox answers.")
    says = f"The mailbox does not open (status {answer.status_code})."
    if answer.status_code == 401:
        return failed(says, "Microsoft wants to see the person again: let them sign in once more.")
    if answer.status_code == 403:
        return failed(says, CONSENT)
    if answer.status_code == 404:
        return failed(says, NO_MAILBOX)
    return not_known(says, "Microsoft is busy or unwell: try again in a few minutes.")
