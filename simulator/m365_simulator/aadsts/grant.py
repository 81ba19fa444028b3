"""Codes and refresh tokens that are no longer good, or never were."""

from m365_simulator.aadsts.meaning import Meaning

GRANT = "invalid_grant"
BAD = "bad_token"

TABLE = {
    50132: Meaning(
        GRANT,
        "The session is not valid due to the following reasons: password expiration or recent password change.",
        suberror=BAD,
        page="ended",
        ends_with="sign-in",
    ),
    50133: Meaning(
        GRANT,
        "Session is invalid due to expiration or recent password change.",
        suberror=BAD,
        page="ended",
        ends_with="sign-in",
    ),
    50173: Meaning(
        GRANT,
        "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have "
        "changed or reset their password. The grant was issued on '{issued}' and the TokensValidFrom date (before "
        "which tokens are not valid) for this user is '{valid_from}'.",
        suberror=BAD,
        page="ended",
        ends_with="sign-in",
    ),
    54005: Meaning(
        GRANT,
        "OAuth2 Authorization code was already redeemed, please retry with a new valid code or "
        "use an existing refresh token.",
    ),
    70000: Meaning(GRANT, "Provided grant is invalid or malformed.", suberror=BAD),
    70003: Meaning("unsupported_grant_type", "The app requested an unsupported grant type '{grant_type}'."),
    70008: Meaning(
        GRANT,
        "The provided authorization code or refresh token has expired due to inactivity. Send a "
        "new interactive authorization request for this user and resource.",
        page="ended",
        ends_with="grant",
    ),
    70043: Meaning(
        GRANT,
        "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The "
        "token was issued on {issued}.",
        suberror=BAD,
        page="ended",
        ends_with="sign-in",
    ),
    500112: Meaning(
        GRANT,
        "The reply address '{redirect_uri}' does not match the reply address '{first}' provided "
        "when requesting Authorization code.",
    ),
    501481: Meaning(
        GRANT,
        "The Code_Verifier does not match the code_challenge supplied in the authorization request.",
    ),
    700005: Meaning(
        GRANT,
        "The provided Authorization Code is intended to use against other tenant, thus rejected. OAuth2 Authorization "
        "Code must be redeemed against same tenant it was acquired for.",
    ),
    700082: Meaning(
        GRANT,
        "The refresh token has expired due to inactivity. The token was issued on {issued} and was inactive for "
        "{inactive}.",
        page="ended",
        ends_with="grant",
    ),
}
