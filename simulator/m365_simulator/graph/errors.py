"""Graph's error envelope and the errors that were seen in the wild.

https://learn.microsoft.com/graph/errors
"""

import base64
from datetime import UTC, datetime
from typing import Any

from django.http import JsonResponse

from m365_simulator import switches

RESOURCE = "00000003-0000-0000-c000-000000000000"  # Graph's own application id
CHALLENGE = (
    'Bearer realm="", '
    'authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", '
    f'client_id="{RESOURCE}"'
)


class GraphError(Exception):
    """An answer that is an error: HTTP status, code, message, extra headers."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.headers = headers or {}

    def response(self, request_id: str, client_request_id: str) -> JsonResponse:
        body = envelope(self.code, self.message, request_id, client_request_id)
        return JsonResponse(body, status=self.status, headers=self.headers)


def envelope(code: str, message: str, request_id: str, client_request_id: str) -> dict[str, Any]:
    inner = {
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        "request-id": request_id,
        "client-request-id": client_request_id,
    }
    return {"error": {"code": code, "message": message, "innerError": inner}}


def bad_request(message: str, code: str = "BadRequest") -> GraphError:
    return GraphError(400, code, message)


def invalid_token(message: str) -> GraphError:
    return GraphError(401, "InvalidAuthenticationToken", message, {"WWW-Authenticate": CHALLENGE})


def insufficient_claims(claims: str) -> GraphError:
    """A claims challenge: `claims` is what a new token must show, as JSON.

    https://learn.microsoft.com/entra/identity-platform/claims-challenge
    """
    text = (
        "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: "
        "TokenIssuedBeforeRevocationTimestamp"
    )
    form = switches.value("claims_challenge")
    encoded = base64.b64encode(claims.encode()).decode()
    sent = encoded.rstrip("=") if form == "unpadded" else encoded
    bearer = f'{CHALLENGE}, error_description="{text}", error="insufficient_claims", claims="{sent}"'
    header = f'PoP {CHALLENGE.removeprefix("Bearer ")}, nonce="ey==", {bearer}' if form == "after_pop" else bearer
    return GraphError(401, "InvalidAuthenticationToken", text, {"WWW-Authenticate": header})


def access_denied() -> GraphError:
    text = "Access is denied. Check credentials and try again."
    return GraphError(403, "ErrorAccessDenied", text)


def insufficient_privileges() -> GraphError:
    text = "Insufficient privileges to complete the operation."
    return GraphError(403, "Authorization_RequestDenied", text)


def no_reports() -> GraphError:
    """The same for a missing scope and a missing role."""
    return GraphError(403, "S2SUnauthorized", "Invalid permission.")


def no_mailbox() -> GraphError:
    """An account without a mailbox; one tenant was measured answering 403 to everything."""
    if switches.value("no_mailbox") == 403:
        return access_denied()
    text = "The mailbox is either inactive, soft-deleted, or is hosted on-premise."
    return GraphError(404, "MailboxNotEnabledForRESTAPI", text)


def malformed_id() -> GraphError:
    return bad_request("Id is malformed.", "ErrorInvalidIdMalformed")


def item_not_found() -> GraphError:
    text = "The specified object was not found in the store."
    return GraphError(404, "ErrorItemNotFound", text)


def directory_not_found(wanted: str) -> GraphError:
    text = f"Resource '{wanted}' does not exist or one of its queried reference-property objects are not present."
    return GraphError(404, "Request_ResourceNotFound", text)


def folder_exists() -> GraphError:
    text = "A folder with the specified name already exists."
    return GraphError(409, "ErrorFolderExists", text)


def move_copy_failed() -> GraphError:
    return bad_request("The move or copy operation failed.", "ErrorMoveCopyFailed")


def distinguished(done: str, text: str) -> GraphError:
    """Exchange keeps the folders that it makes itself: `done` is Delete or Move."""
    return bad_request(text, f"Error{done}DistinguishedFolder")


def unreadable_json() -> GraphError:
    return bad_request(
        "Unable to read JSON request payload. Please ensure Content-Type header is set and "
        "payload is of valid JSON format."
    )


def unknown_property(name: str, entity: str) -> GraphError:
    text = (
        f"The property '{name}' does not exist on type '{entity}'. Make sure to only use "
        "property names that are defined by the type."
    )
    return bad_request(text, "RequestBodyRead")


def unknown_select(name: str, entity: str) -> GraphError:
    text = f"Could not find a property named '{name}' on type '{entity}'."
    return bad_request(text, str(switches.value("unknown_select_code")))


def unknown_segment(segment: str) -> GraphError:
    return bad_request(f"Resource not found for the segment '{segment}'.")


def method_not_allowed() -> GraphError:
    text = "Specified HTTP method is not allowed for the request target."
    return GraphError(405, "Request_BadRequest", text)


def unsupported_rule() -> GraphError:
    text = "The rule is not supported by the REST API and cannot be changed."
    return bad_request(text, "ErrorNotSupportedMessageRule")


def throttled(limit: str, seconds: int) -> GraphError:
    """Over one of a mailbox's limits; some such answers carry no Retry-After (switch).

    https://learn.microsoft.com/graph/throttling-limits
    """
    text = f"Application is over its {limit} limit."
    told = switches.value("throttling_says_when")
    return GraphError(429, "ApplicationThrottled", text, {"Retry-After": str(seconds)} if told else {})


def quota_exceeded() -> GraphError:
    return GraphError(403, "ErrorQuotaExceeded", "The mailbox has exceeded its maximum size.")
