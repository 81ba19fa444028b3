"""Accounts that may not come in, consent that is missing, and what the organisation's policy wants."""

from m365_simulator.aadsts.meaning import APP, GRAPH_APP, INTERACTION, Meaning

GRANT = "invalid_grant"
ANOTHER = "interaction_required"
ADDED = (
    "The account needs to be added as an external user in the tenant first. Sign out and sign in again with a "
    "different Azure Active Directory user account."
)

ACCOUNT = {
    16000: Meaning(
        ANOTHER,
        "Either multiple user identities are available for the current request or selected account is not supported "
        "for the scenario.",
        page="stranger",
        returned_as=ANOTHER,
    ),
    50020: Meaning(
        ANOTHER,
        "User account '{address}' from identity provider 'https://sts.windows.net/{home}/' does "
        "not exist in tenant '{tenant}' and cannot access the application '{client_id}' in that "
        f"tenant. {ADDED}",
        page="stranger",
    ),
    50034: Meaning(
        GRANT,
        "The user account {address} does not exist in the {tenant} directory. To sign into this "
        "application, the account must be added to the directory.",
        suberror="bad_token",
        page="nobody",
    ),
    50057: Meaning(GRANT, "The user account is disabled.", suberror="bad_token", page="disabled"),
    50105: Meaning(
        ANOTHER,
        f"Your administrator has configured the application {APP} ('{{client_id}}') to block users unless they are "
        "specifically granted ('assigned') access to the application. The signed in user '{address}' is blocked "
        "because they are not a direct member of a group with access, nor had access directly assigned by an "
        "administrator.",
        page="unassigned",
    ),
    90072: Meaning(
        ANOTHER,
        "User account '{address}' from identity provider 'https://sts.windows.net/{home}/' does not exist in tenant "
        f"'{{tenant}}' and cannot access the application '{{client_id}}' ({APP}) in that tenant. {ADDED}",
        page="stranger",
    ),
    500208: Meaning(
        "invalid_request",
        "The domain is not a valid login domain for the account type.",
        page="personal",
    ),
}

CONSENT = {
    65001: Meaning(
        GRANT,
        "The user or administrator has not consented to use the application with ID "
        f"'{{client_id}}' named '{APP}'. Send an interactive authorization request for this "
        "user and resource.",
        suberror="consent_required",
        returned_as="consent_required",
    ),
    65004: Meaning("access_denied", "User declined to consent to access the app.", returned_as="access_denied"),
    90094: Meaning(
        "access_denied",
        f"An administrator of {{tenant}} has set a policy that prevents you from granting {APP} the permissions it "
        "is requesting. Contact an administrator of {tenant}, who can grant permissions to this app on your behalf.",
        page="admin",
    ),
    90095: Meaning(
        "access_denied",
        f"An administrator of {{tenant}} has to approve {APP} first. The user may ask for that approval.",
        page="admin",
    ),
}

POLICY = {
    50074: Meaning(
        INTERACTION,
        "Strong Authentication is required.",
        suberror="basic_action",
        page="proof",
        challenge=True,
        ends_with="proof",
    ),
    50076: Meaning(
        INTERACTION,
        "Due to a configuration change made by your administrator, or because you moved to a new "
        f"location, you must use multi-factor authentication to access '{GRAPH_APP}'.",
        suberror="basic_action",
        page="proof",
        challenge=True,
        ends_with="proof",
    ),
    50079: Meaning(
        INTERACTION,
        "Due to a configuration change made by your administrator, or because you moved to a new location, you must "
        f"enroll in multi-factor authentication to access '{GRAPH_APP}'.",
        suberror="basic_action",
        page="proof",
        challenge=True,
        ends_with="proof",
    ),
    50131: Meaning(
        INTERACTION,
        "Device is not in required device state. The request was blocked by a Conditional Access policy, or because "
        "of suspicious activity.",
        suberror="message_only",
        page="blocked",
        challenge=True,
    ),
    50158: Meaning(
        INTERACTION,
        "External security challenge not satisfied. User will be redirected to another page or authentication "
        "provider to satisfy additional authentication challenges.",
        suberror="basic_action",
        page="proof",
        challenge=True,
        ends_with="proof",
    ),
    53000: Meaning(
        INTERACTION,
        "Device is not in required device state: compliant. Conditional Access policy requires a compliant device, "
        "and the device is not compliant.",
        suberror="additional_action",
        page="device",
        challenge=True,
    ),
    53003: Meaning(
        INTERACTION,
        "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
        suberror="message_only",
        page="blocked",
        challenge=True,
    ),
    530032: Meaning(
        INTERACTION,
        "Access has been blocked by security policy. The tenant admin has configured a security policy that blocks "
        "this request.",
        suberror="message_only",
        page="blocked",
        challenge=True,
    ),
}

TABLE = ACCOUNT | CONSENT | POLICY
