"""Requests that are wrong, whoever is behind them."""

from m365_simulator.aadsts.meaning import GRAPH_APP, Meaning

INVALID = "invalid_request"

TABLE = {
    28000: Meaning(
        INVALID,
        "Provided value for the input parameter scope is not valid because it contains more than one resource.",
        returned_as=INVALID,
    ),
    50058: Meaning(
        "login_required",
        "Session information is not sufficient for single-sign-on.",
        returned_as="login_required",
    ),
    50196: Meaning(
        "invalid_grant",
        "The server terminated an operation because it encountered a loop while processing a request.",
        page="loop",
    ),
    90002: Meaning(
        "invalid_tenant",
        "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are "
        "signing into the correct cloud. Check with your subscription administrator, this may "
        "happen if there are no active subscriptions for the tenant.",
        page="tenant",
    ),
    90014: Meaning(
        INVALID,
        "The required field '{field}' is missing from the credential. Ensure that you have all "
        "the necessary parameters for the login request.",
    ),
    90023: Meaning(INVALID, "Unable to process the request: {field} is malformed.", returned_as=INVALID),
    90033: Meaning(
        "temporarily_unavailable",
        "A transient error has occurred. Please try again.",
        503,
        returned_as="temporarily_unavailable",
    ),
    501491: Meaning(INVALID, "The size of the code_challenge parameter is not valid.", returned_as=INVALID),
    650053: Meaning(
        "invalid_client",
        "The application 'Madoguchi' asked for scope '{scope}' that doesn't exist on the "
        f"resource '{GRAPH_APP}'. Contact the app vendor.",
        returned_as="invalid_client",
    ),
    700054: Meaning(
        "unsupported_response_type",
        "response_type '{response_type}' is not enabled for the application.",
        returned_as="unsupported_response_type",
    ),
    900144: Meaning(INVALID, "The request body must contain the following parameter: '{field}'.", returned_as=INVALID),
    900561: Meaning(INVALID, "The endpoint only accepts POST requests. Received a {method} request.", 405),
    9002332: Meaning(
        INVALID,
        "Application '{client_id}' is configured for use by Azure Active Directory users only. Please do not use the "
        "/consumers endpoint to serve this request.",
        page="endpoint",
    ),
}
