"""Who asks, may they, which mailbox, is it too much: then the operation.

An operation is a function of a `Call` that returns a Django response or raises GraphError.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from m365_simulator.directory.person import Person
from m365_simulator.entra.access_tokens import BadToken, read_access_token
from m365_simulator.graph import errors, throttling
from m365_simulator.graph.call import Call
from m365_simulator.tenant import TENANT

Operation = Callable[[Call], HttpResponse]


@dataclass(frozen=True)
class Guarded:
    """An operation with the delegated scopes of which one is enough; without any, a token is.

    `outlook`: it works on the mailbox and counts against its limits. `alone`: it holds the
    tenant's lock.
    """

    run: Operation
    scopes: tuple[str, ...] = ()
    refusal: Callable[[], errors.GraphError] = errors.access_denied
    outlook: bool = True
    alone: bool = True


Methods = Mapping[str, Guarded]
Caller = tuple[Person, frozenset[str]]


def carry_out(request: HttpRequest, caller: Caller, methods: Methods, ids: dict[str, str]) -> HttpResponse:
    """`ids` are the keys in the path. Raises GraphError."""
    person, scopes = caller
    operation = methods.get(request.method or "")
    if operation is None:
        raise errors.method_not_allowed()
    if operation.scopes and not scopes.intersection(operation.scopes):
        raise operation.refusal()
    check_owner(person, ids.pop("user", ""), operation.refusal)
    call = Call(request, person, scopes, ids)
    if not operation.alone:
        return operation.run(call)
    with TENANT.lock:
        if operation.outlook:
            throttling.check_limits(person, request.method or "")
        return operation.run(call)


def authenticate(request: HttpRequest) -> Caller:
    """The person of the bearer token and its scopes. Raises GraphError (401)."""
    try:
        token = read_access_token(request.headers.get("Authorization"))
    except BadToken as error:
        raise errors.invalid_token(str(error)) from None
    with TENANT.lock:
        person = TENANT.person_by_oid(token.oid)
        claims = TENANT.account_status.challenge(token.oid, token.issued_at) if "cp1" in token.capabilities else ""
    if person is None:
        raise errors.invalid_token("The identity of the calling application could not be found.")
    if claims:
        raise errors.insufficient_claims(claims)
    return person, frozenset(token.scopes)


def check_owner(person: Person, user: str, refusal: Callable[[], errors.GraphError]) -> None:
    """`/users/{id}` is one's own only; a shared mailbox answers the same 403 in any case."""
    if user and user.casefold() not in (person.oid, person.address.casefold(), person.upn.casefold()):
        raise refusal()
