"""What kind of message it is, told from its headers and types.

Exchange keeps a message class; here the wire tells it: RFC 3462 and RFC 8098 (reports),
RFC 5546 (meetings), RFC 8551 (S/MIME), RFC 3834 (automatic answers), RFC 3458 (voice).
"""

from collections.abc import Callable

from simulator.mail.message import Content

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
IMPORTANCE = {"1": "high", "2": "high", "4": "low", "5": "low", "high": "high", "low": "low"}
SENSITIVITY = {
    "personal": "personal",
    "private": "private",
    "company-confidential": "confidential",
}


def has(content: Content, content_type: str, **parameters: str) -> bool:
    """Whether a part has this type and these parameters (`_` stands for `-`)."""
    wanted = {name.replace("_", "-"): value for name, value in parameters.items()}
    return any(
        part.content_type == content_type and wanted.items() <= part.parameters.items() for part in content.parts
    )


def is_non_delivery_report(content: Content) -> bool:
    return has(content, "multipart/report", report_type="delivery-status")


def is_read_receipt(content: Content) -> bool:
    return has(content, "multipart/report", report_type="disposition-notification")


def is_automatic_forward(content: Content) -> bool:
    automatic = content.header("Auto-Submitted").casefold().startswith("auto-forwarded")
    return bool(content.header(LOOP)) or automatic


def is_automatic_reply(content: Content) -> bool:
    automatic = content.header("Auto-Submitted").casefold().startswith("auto-replied")
    return automatic or bool(content.header("X-Autoreply"))


def is_encrypted(content: Content) -> bool:
    sealed = has(content, "application/pkcs7-mime", smime_type="enveloped-data")
    return sealed or has(content, "multipart/encrypted")


def is_signed(content: Content) -> bool:
    opaque = has(content, "application/pkcs7-mime", smime_type="signed-data")
    return opaque or has(content, "multipart/signed")


def is_meeting_request(content: Content) -> bool:
    return has(content, "text/calendar", method="request")


def is_meeting_response(content: Content) -> bool:
    return has(content, "text/calendar", method="reply")


def is_permission_controlled(content: Content) -> bool:
    return content.header("Content-Class").casefold() == "rpmsg.message"


def is_voicemail(content: Content) -> bool:
    return content.header("Message-Context").casefold() == "voice-message"


def is_approval_request(content: Content) -> bool:
    return bool(content.header("X-MS-Exchange-Organization-Approval-Initiator"))


def importance(content: Content) -> str:
    """low, normal or high, from Importance or X-Priority."""
    written = content.header("Importance") or content.header("X-Priority")
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
