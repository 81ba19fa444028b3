"""What kind of message it is, told from its headers and types.

Exchange keeps a message class; here the wire tells it: RFC 6522, RFC 3464 and RFC 8098 (reports),
RFC 5546 (meetings), RFC 8551 (S/MIME), RFC 3834 (automatic answers), RFC 3458 and RFC 3801 (voice).
"""

from collections.abc import Callable

from m365_simulator.mail.message import Content

LOOP = "X-MS-Exchange-Inbox-Rules-Loop"
FLAGS = {
    "any": "any",
    "call": "call",
    "donotforward": "doNotForward",
    "followup": "followUp",
    "foryourinformation": "fyi",
    "fyi": "fyi",
    "forward": "forward",
    "noresponsenecessary": "noResponseNecessary",
    "read": "read",
    "reply": "reply",
    "replytoall": "replyToAll",
    "review": "review",
}
IMPORTANCE = {
    "1": "high",
    "2": "high",
    "4": "low",
    "5": "low",
    "high": "high",
    "low": "low",
    "urgent": "high",
    "non-urgent": "low",
}
WRITTEN = ("Importance", "X-Priority", "Priority")
SENSITIVITY = {
    "personal": "personal",
    "private": "private",
    "company-confidential": "confidential",
}


def is_report(content: Content, kind: str) -> bool:
    """Whether the message as a whole is a report (RFC 6522), not one that holds a report."""
    whole = content.parts[0]
    return whole.content_type == "multipart/report" and whole.parameters.get("report-type") == kind


def is_non_delivery_report(content: Content) -> bool:
    """A report of success or of delay is none."""
    return is_report(content, "delivery-status") and content.outcome in ("failed", "")


def is_read_receipt(content: Content) -> bool:
    return is_report(content, "disposition-notification")


def is_automatic_forward(content: Content) -> bool:
    automatic = content.header("Auto-Submitted").casefold().startswith("auto-forwarded")
    return bool(content.header(LOOP)) or automatic


def is_automatic_reply(content: Content) -> bool:
    """A report is none, though it says so of itself."""
    said = content.header("Auto-Submitted").casefold().startswith("auto-replied") or bool(content.header("X-Autoreply"))
    return said and content.parts[0].content_type != "multipart/report"


def smime_type(content: Content) -> str:
    """Of a message that is one sealed piece (RFC 8551, 3.2): signed-data, enveloped-data, …; else empty."""
    whole = content.parts[0]
    if whole.content_type not in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return ""
    return whole.parameters.get("smime-type", "enveloped-data")


def is_encrypted(content: Content) -> bool:
    sealed = smime_type(content) in ("enveloped-data", "authenveloped-data")
    return sealed or content.parts[0].content_type == "multipart/encrypted"


def is_signed(content: Content) -> bool:
    return smime_type(content) == "signed-data" or content.parts[0].content_type == "multipart/signed"


def calls(content: Content, method: str) -> bool:
    """Whether the message is a meeting message of this method; an attached calendar makes it none."""
    return any(
        part.content_type == "text/calendar" and part.parameters.get("method") == method and not part.attached
        for part in content.parts
    )


def is_meeting_request(content: Content) -> bool:
    return calls(content, "request")


def is_meeting_response(content: Content) -> bool:
    return calls(content, "reply")


def is_permission_controlled(content: Content) -> bool:
    return content.header("Content-Class").casefold() == "rpmsg.message"


def is_voicemail(content: Content) -> bool:
    marked = content.header("Message-Context").casefold() == "voice-message"
    return marked or content.parts[0].content_type == "multipart/voice-message"


def is_approval_request(content: Content) -> bool:
    return bool(content.header("X-MS-Exchange-Organization-Approval-Initiator"))


def importance(content: Content) -> str:
    """low, normal or high, from the first header that says one (RFC 2156 has two of them)."""
    written = next((value for name in WRITTEN if (value := content.header(name))), "")
    return IMPORTANCE.get((written.split() or [""])[0].casefold(), "normal")


def sensitivity(content: Content) -> str:
    return SENSITIVITY.get(content.header("Sensitivity").strip().casefold(), "normal")


def action_flag(content: Content) -> str:
    """The request flag that the sender set (X-Message-Flag); empty without one."""
    written = content.header("X-Message-Flag")
    known = FLAGS.get("".join(written.split()).casefold(), "any")
    return known if written else ""


def categories(content: Content) -> list[str]:
    """Keywords (RFC 5322, 3.6.5)."""
    return [word.strip() for word in content.header("Keywords").split(",") if word.strip()]


FLAG_PREDICATES: dict[str, Callable[[Content], bool]] = {
    "isApprovalRequest": is_approval_request,
    "isAutomaticForward": is_automatic_forward,
    "isAutomaticReply": is_automatic_reply,
    "isEncrypted": is_encrypted,
    "isMeetingRequest": is_meeting_request,
    "isMeetingResponse": is_meeting_response,
    "isNonDeliveryReport": is_non_delivery_report,
    "isPermissionControlled": is_permission_controlled,
    "isReadReceipt": is_read_receipt,
    "isSigned": is_signed,
    "isVoicemail": is_voicemail,
    "hasAttachments": lambda content: content.has_attachments,
}
