"""Entra's error codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes

`error` is the OAuth error that goes with a code, `status` that of the token endpoint's answer.
"""

from dataclasses import dataclass

GRAPH_APP = "00000003-0000-0000-c000-000000000000"


@dataclass(frozen=True)
class Known:
    error: str
    text: str
    status: int = 400
    suberror: str | None = None


TABLE = {
    16000: Known("interaction_required", "User account does not exist in tenant '{tenant}'."),
    28000: Known(
        "invalid_request",
        "Provided value for the input parameter scope is not valid because it contains more than one resource.",
    ),
    50011: Known(
        "invalid_request",
        "The redirect URI '{redirect_uri}' specified in the request does not match the redirect "
        "URIs configured for the application '{client_id}'. Make sure the redirect URI sent in "
        "the request matches one added to your application in the Azure portal.",
    ),
    50020: Known(
        "interaction_required",
        "User account '{address}' from identity provider 'https://sts.windows.net/{home}/' does "
        "not exist in tenant '{tenant}' and cannot access the application '{client_id}' in that "
        "tenant. The account needs to be added as an external user in the tenant first. Sign "
        "out and sign in again with a different Azure Active Directory user account.",
    ),
    50034: Known(
        "invalid_grant",
        "The user account {address} does not exist in the {tenant} directory. To sign into this "
        "application, the account must be added to the directory.",
    ),
    50058: Known(
        "login_required",
        "Session information is not sufficient for single-sign-on.",
    ),
    50076: Known(
        "invalid_grant",
        "Due to a configuration change made by your administrator, or because you moved to a new "
        f"location, you must use multi-factor authentication to access '{GRAPH_APP}'.",
        suberror="basic_action",
    ),
    50194: Known(
        "invalid_request",
        "Application '{client_id}' is not configured as a multi-tenant application. Usage of the "
        "/common endpoint is not supported for such apps created after '10/15/2018'. Use a "
        "tenant-specific endpoint or configure the application to be multi-tenant.",
    ),
    54005: Known(
        "invalid_grant",
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or "
        "use an existing refresh token.",
    ),
    65001: Known(
        "invalid_grant",
        "The user or administrator has not consented to use the application with ID "
        "'{client_id}' named 'Madoguchi'. Send an interactive authorization request for this "
        "user and resource.",
        suberror="consent_required",
    ),
    65004: Known("access_denied", "User declined to consent to access the app."),
    70000: Known(
        "invalid_grant",
        "Provided grant is invalid or malformed.",
        suberror="bad_token",
    ),
    70003: Known(
        "unsupported_grant_type",
        "The app requested an unsupported grant type '{grant_type}'.",
    ),
    70008: Known(
        "invalid_grant",
        "The provided authorization code or refresh token has expired due to inactivity. Send a "
        "new interactive authorization request for this user and resource.",
    ),
    90002: Known(
        "invalid_tenant",
        "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are "
        "signing into the correct cloud. Check with your subscription administrator, this may "
        "happen if there are no active subscriptions for the tenant.",
    ),
    90014: Known(
        "invalid_request",
        "The required field '{field}' is missing from the credential. Ensure that you have all "
        "the necessary parameters for the login request.",
    ),
    90023: Known("invalid_request", "Unable to process the request: {field} is malformed."),
    90094: Known(
        "access_denied",
        "An administrator of {tenant} has set a policy that prevents "
        "you from granting Madoguchi the permissions it is requesting. Contact an "
        "administrator of {tenant}, who can grant permissions to this app on your "
        "behalf.",
    ),
    500112: Known(
        "invalid_grant",
        "The reply address '{redirect_uri}' does not match the reply address '{first}' provided "
        "when requesting Authorization code.",
    ),
    501481: Known(
        "invalid_grant",
        "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    ),
    650053: Known(
        "invalid_client",
        "The application 'Madoguchi' asked for scope '{scope}' that doesn't exist on the "
        f"resource '{GRAPH_APP}'. Contact the app vendor.",
    ),
    700016: Known(
        "unauthorized_client",
        "Application with identifier '{client_id}' was not found in the directory '{tenant}'. "
        "This can happen if the application has not been installed by the administrator of the "
        "tenant or consented to by any user in the tenant. You may have sent your "
        "authentication request to the wrong tenant.",
    ),
    700027: Known(
        "invalid_client",
        "The certificate with identifier used to sign the client assertion is not registered on application.",
        401,
    ),
    700054: Known(
        "unsupported_response_type",
        "response_type '{response_type}' is not enabled for the application.",
    ),
    900144: Known(
        "invalid_request",
        "The request body must contain the following parameter: '{field}'.",
    ),
    7000215: Known(
        "invalid_client",
        "Invalid client secret provided. Ensure the secret being sent in the request is the "
        "client secret value, not the client secret ID, for a secret added to app "
        "'{client_id}'.",
        401,
    ),
    7000218: Known(
        "invalid_client",
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        401,
    ),
}
