"""Every choice that Microsoft does not document is a named switch.

A default shows what was seen or, where nothing was seen, what hurts a careless client
most. `PUT /control/switches {"name": value}` changes one, `POST /control/reset` puts all
back.
"""

from dataclasses import dataclass

RULE = "https://learn.microsoft.com/graph/api/resources/messagerule"
CREATE_RULE = "https://learn.microsoft.com/graph/api/mailfolder-post-messagerules"
UPDATE_RULE = "https://learn.microsoft.com/graph/api/messagerule-update"
BATCH = "https://learn.microsoft.com/graph/json-batching"
FOLDER = "https://learn.microsoft.com/graph/api/resources/mailfolder"
BATCH_VERSION = "https://github.com/microsoftgraph/msgraph-sdk-javascript/issues/1178"
DELETE_KIND = "https://github.com/microsoftgraph/microsoft-graph-docs-contrib/issues/285"
DELETE_FOLDER = "https://github.com/littlebearapps/outlook-assistant/issues/218"
REPORT_NAMES = "https://learn.microsoft.com/microsoft-365/admin/activity-reports/activity-reports"
QUICKMAIL = "https://github.com/kellylford/QuickMail/pull/488"
THROTTLING = "https://learn.microsoft.com/graph/throttling-limits"
QUOTA_403 = "https://github.com/microsoftgraph/microsoft-graph-docs/issues/2927"
PREDICATES = "https://learn.microsoft.com/graph/api/resources/messagerulepredicates"
LIMITS = (
    "https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/"
    "exchange-online-limits"
)
NOT_FORWARDED = "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/inbox-rule-to-forward-emails-not-work"
FORWARDING = "https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding"
CONSENT = "https://learn.microsoft.com/entra/identity/enterprise-apps/configure-user-consent"
REFRESH = "https://learn.microsoft.com/entra/identity-platform/refresh-tokens"
MSAL_ERRORS = "https://learn.microsoft.com/entra/msal/dotnet/advanced/exceptions/msal-error-handling"
ENTRA_CODES = "https://learn.microsoft.com/entra/identity-platform/reference-error-codes"
LOOPS = "https://learn.microsoft.com/entra/identity-platform/reference-breaking-changes"
SIGN_OUT = "https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc#send-a-sign-out-request"
CHALLENGES = "https://learn.microsoft.com/entra/identity-platform/claims-challenge"
ID_TOKENS = "https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation"
DISCOVERY = "https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation"
CODE_FLOW = "https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow"

Value = str | int | bool


@dataclass(frozen=True)
class Switch:
    """One undocumented choice. Without alternatives, any value of the default's type fits."""

    name: str
    default: Value
    alternatives: tuple[Value, ...]
    says: str
    source: str

    def admits(self, value: object) -> bool:
        if type(value) is not type(self.default):
            return False
        return not self.alternatives or value in (self.default, *self.alternatives)


TABLE = (
    Switch("no_mailbox", 404, (403,), "status for a person without a mailbox", FOLDER),
    Switch("folder_size_in_bytes", "absent", ("number", "null"), "mailFolder.sizeInBytes", FOLDER),
    Switch("quota_properties", False, (True,), "0x666E, 0x666A, 0x3FF5 on the root, in KB", FOLDER),
    Switch("delta_includes_hidden", False, (True,), "hidden folders in a folder delta", FOLDER),
    Switch("deleted_message", "deleteditems", ("recoverable",), "where DELETE puts a message", DELETE_KIND),
    Switch("deleted_folder", "deleteditems", ("gone",), "where DELETE puts a folder", DELETE_FOLDER),
    Switch("rename_default_code", "ErrorAccessDenied", (), "error code for a new name of the Inbox", FOLDER),
    Switch("report_names", "concealed", ("shown",), "names in usage reports", REPORT_NAMES),
    Switch("unknown_select_code", "RequestBroker--ParseUri", ("BadRequest",), "error code", FOLDER),
    Switch("rules_page_size", 100, (), "rules per page of the list", QUICKMAIL),
    Switch("rule_strings", "as_sent", ("upper",), "how string predicates come back", CREATE_RULE),
    Switch("unset_members", "omitted", ("null", "empty"), "how unset members look", QUICKMAIL),
    Switch("rule_enabled_default", False, (True,), "isEnabled left out of a POST", CREATE_RULE),
    Switch("rule_sequence_required", True, (False,), "sequence left out of a POST", CREATE_RULE),
    Switch("sequence_collision", "shift", ("duplicate",), "a PATCH to a taken place", QUICKMAIL),
    Switch("null_in_patch", "clears", ("rejected",), '"conditions": null in a PATCH', UPDATE_RULE),
    Switch("rule_name_limit", 256, (), "characters of displayName", RULE),
    Switch("rule_error_code", "ErrorInboxRulesValidationError", (), "a refused rule", RULE),
    Switch("move_to_well_known", False, (True,), "well-known names in a rule's action", RULE),
    Switch("batch_order", "reversed", ("as_sent",), "order of a batch's answers", BATCH),
    Switch("batch_parallelism", 1, (2, 4), "items of one batch run at the same time", BATCH),
    Switch("batch_item_version", "refused", ("accepted",), "a batch item's address with /v1.0", BATCH_VERSION),
    Switch("batch_content_type", "whole", ("item",), "what fails without Content-Type", BATCH),
    Switch("mailbox_concurrency", 4, (), "requests in flight on one mailbox", THROTTLING),
    Switch("mailbox_rate", 10_000, (), "requests to one mailbox in ten minutes", THROTTLING),
    Switch("throttling_says_when", True, (False,), "Retry-After with a 429 of the mailbox", THROTTLING),
    Switch("full_mailbox_reads", "allowed", ("refused",), "GET on a mailbox over its quota", QUOTA_403),
    Switch("not_sent_to_me", "to", ("to_or_cc",), "where notSentToMe looks for the owner", PREDICATES),
    Switch("forwardee_limit", 10, (), "the most forwardees that are not too many", NOT_FORWARDED),
    Switch("forwardees_counted", "per_rule", ("per_message",), "over one rule or all that apply", NOT_FORWARDED),
    Switch("receive_limit", 36, (), "MB of the largest message that is received", LIMITS),
    Switch("external_forwarding", "some_domains", ("off", "on"), "automatic forwards to outside", FORWARDING),
    Switch("external_block", "report", ("silent",), "whether a blocked forward is reported", FORWARDING),
    Switch("external_report_to", "sender", ("owner",), "who gets the report of a blocked forward", FORWARDING),
    Switch("consent_policy", "user", ("admin", "admin_workflow"), "who may consent for no.consent", CONSENT),
    Switch("granted_scopes", "full_names", ("bare_names",), "how a token names its scopes", CODE_FLOW),
    Switch("code_lifetime", 600, (), "seconds an authorization code is good for", CODE_FLOW),
    Switch("refresh_token_lifetime", 7776000, (), "seconds until an unused refresh token ends", REFRESH),
    Switch("refresh_rotation", "keeps_old", ("ends_old",), "the refresh token that was just used", REFRESH),
    Switch("interaction_error", "invalid_grant", ("interaction_required",), "error of a policy's refusal", MSAL_ERRORS),
    Switch("stranger_code", 50020, (90072, 16000), "AADSTS for an account of another tenant", ENTRA_CODES),
    Switch("loop_limit", 15, (), "same requests within five minutes; 0 for any number", LOOPS),
    Switch("single_sign_on", "picker", ("silent",), "one signed-in account and no prompt", CODE_FLOW),
    Switch("sign_out_asks", "several", ("always",), "when sign-out without a hint asks for the account", SIGN_OUT),
    Switch("claims_challenge", "bearer", ("unpadded", "after_pop"), "form of Graph's claims challenge", CHALLENGES),
    Switch(
        "id_token_defect",
        "none",
        ("issuer", "audience", "nonce", "signature", "expired", "algorithm", "tenant"),
        "what is wrong with ID tokens, on purpose",
        ID_TOKENS,
    ),
    Switch("discovery_issuer", "right", ("wrong",), "the issuer of the discovery document, on purpose", DISCOVERY),
)
BY_NAME = {switch.name: switch for switch in TABLE}
_changed: dict[str, Value] = {}


def value(name: str) -> Value:
    """The value in force."""
    return _changed.get(name, BY_NAME[name].default)


def put(name: str, new: object) -> None:
    """Set one switch. Raises KeyError for an unknown name, ValueError for a bad value."""
    if not BY_NAME[name].admits(new):
        raise ValueError(f"{name} does not take {new!r}")
    _changed[name] = new  # type: ignore[assignment]


def reset() -> None:
    """Put every switch back to its default."""
    _changed.clear()


def list_switches() -> list[dict[str, object]]:
    """All switches with the value in force, for the control interface."""
    return [
        {
            "name": switch.name,
            "value": value(switch.name),
            "default": switch.default,
            "alternatives": list(switch.alternatives),
            "says": switch.says,
            "source": switch.source,
        }
        for switch in TABLE
    ]
