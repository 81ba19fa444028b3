"""Applications that are not known here, and credentials that are not theirs."""

from m365_simulator.aadsts.meaning import Meaning

CLIENT = "invalid_client"
NO_RECORD = "No matching federated identity record found for presented assertion"

TABLE = {
    50011: Meaning(
        "invalid_request",
        "The redirect URI '{redirect_uri}' specified in the request does not match the redirect "
        "URIs configured for the application '{client_id}'. Make sure the redirect URI sent in "
        "the request matches one added to your application in the Azure portal.",
        page="redirect",
    ),
    50027: Meaning(CLIENT, "JWT token is invalid or malformed.", 401),
    50194: Meaning(
        "invalid_request",
        "Application '{client_id}' is not configured as a multi-tenant application. Usage of the "
        "/common endpoint is not supported for such apps created after '10/15/2018'. Use a "
        "tenant-specific endpoint or configure the application to be multi-tenant.",
        page="endpoint",
    ),
    700016: Meaning(
        "unauthorized_client",
        "Application with identifier '{client_id}' was not found in the directory '{tenant}'. "
        "This can happen if the application has not been installed by the administrator of the "
        "tenant or consented to by any user in the tenant. You may have sent your "
        "authentication request to the wrong tenant.",
        page="application",
    ),
    700021: Meaning(CLIENT, "Client assertion application identifier doesn't match 'client_id' parameter.", 401),
    700023: Meaning(CLIENT, "Client assertion audience claim does not match Realm issuer.", 401),
    700024: Meaning(
        CLIENT,
        "Client assertion is not within its valid time range. Current time: {now}, assertion valid from {begins}, "
        "expiry time of assertion {ends}.",
        401,
    ),
    700027: Meaning(
        CLIENT,
        "Client assertion failed signature validation. [Reason - {reason}., Thumbprint of key used by client: "
        "'{thumbprint}']",
        401,
    ),
    700211: Meaning(CLIENT, NO_RECORD + " issuer '{issuer}'.", 401),
    700212: Meaning(CLIENT, NO_RECORD + " audience '{audience}'.", 401),
    700213: Meaning(CLIENT, NO_RECORD + " subject '{subject}'.", 401),
    7000215: Meaning(
        CLIENT,
        "Invalid client secret provided. Ensure the secret being sent in the request is the "
        "client secret value, not the client secret ID, for a secret added to app "
        "'{client_id}'.",
        401,
    ),
    7000218: Meaning(
        CLIENT,
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        401,
    ),
    7000222: Meaning(
        CLIENT,
        "The provided client secret keys for app '{client_id}' are expired. Create new keys for your app in the Azure "
        "portal, or consider using certificate credentials for added security.",
        401,
    ),
}
