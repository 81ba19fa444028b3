"""Names and types of Graph v1.0 that this simulator speaks.

Source: https://github.com/microsoftgraph/msgraph-metadata, cleanMetadata.xml, 2026-08-20.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """An entity type: what `$select` and `$expand` may name, and what comes unasked."""

    name: str
    properties: tuple[str, ...]
    navigation: tuple[str, ...] = ()
    expandable: tuple[str, ...] = ()
    unasked: tuple[str, ...] = ()

    @property
    def defaults(self) -> tuple[str, ...]:
        return self.unasked or self.properties


USER = Entity(
    "microsoft.graph.user",
    (
        "id",
        "accountEnabled",
        "businessPhones",
        "companyName",
        "department",
        "displayName",
        "givenName",
        "jobTitle",
        "mail",
        "mailNickname",
        "mobilePhone",
        "officeLocation",
        "otherMails",
        "preferredLanguage",
        "proxyAddresses",
        "surname",
        "userPrincipalName",
        "userType",
    ),
    unasked=(
        "businessPhones",
        "displayName",
        "givenName",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "preferredLanguage",
        "surname",
        "userPrincipalName",
        "id",
    ),
)
MAIL_FOLDER = Entity(
    "microsoft.graph.mailFolder",
    (
        "id",
        "displayName",
        "parentFolderId",
        "childFolderCount",
        "unreadItemCount",
        "totalItemCount",
        "isHidden",
    ),
    ("childFolders", "messageRules", "messages", "singleValueExtendedProperties"),
    ("childFolders", "singleValueExtendedProperties"),
)
MESSAGE_RULE = Entity(
    "microsoft.graph.messageRule",
    (
        "id",
        "displayName",
        "sequence",
        "isEnabled",
        "hasError",
        "isReadOnly",
        "conditions",
        "actions",
        "exceptions",
    ),
)
MESSAGE = Entity(
    "microsoft.graph.message",
    (
        "id",
        "createdDateTime",
        "lastModifiedDateTime",
        "changeKey",
        "categories",
        "receivedDateTime",
        "sentDateTime",
        "hasAttachments",
        "internetMessageId",
        "internetMessageHeaders",
        "subject",
        "bodyPreview",
        "importance",
        "parentFolderId",
        "conversationId",
        "isDeliveryReceiptRequested",
        "isReadReceiptRequested",
        "isRead",
        "isDraft",
        "webLink",
        "inferenceClassification",
        "body",
        "sender",
        "from",
        "toRecipients",
        "ccRecipients",
        "bccRecipients",
        "replyTo",
        "flag",
    ),
    ("attachments", "singleValueExtendedProperties"),
    ("attachments", "singleValueExtendedProperties"),
)

IMPORTANCE = ("low", "normal", "high")
SENSITIVITY = ("normal", "personal", "private", "confidential")
ACTION_FLAG = (
    "any",
    "call",
    "doNotForward",
    "followUp",
    "fyi",
    "forward",
    "noResponseNecessary",
    "read",
    "reply",
    "replyToAll",
    "review",
)

# kinds of a rule's members: words, people, flag, range, folder, or a tuple of choices
Kind = str | tuple[str, ...]
PREDICATES: dict[str, Kind] = {
    "bodyContains": "words",
    "bodyOrSubjectContains": "words",
    "categories": "words",
    "fromAddresses": "people",
    "hasAttachments": "flag",
    "headerContains": "words",
    "importance": IMPORTANCE,
    "isApprovalRequest": "flag",
    "isAutomaticForward": "flag",
    "isAutomaticReply": "flag",
    "isEncrypted": "flag",
    "isMeetingRequest": "flag",
    "isMeetingResponse": "flag",
    "isNonDeliveryReport": "flag",
    "isPermissionControlled": "flag",
    "isReadReceipt": "flag",
    "isSigned": "flag",
    "isVoicemail": "flag",
    "messageActionFlag": ACTION_FLAG,
    "notSentToMe": "flag",
    "recipientContains": "words",
    "senderContains": "words",
    "sensitivity": SENSITIVITY,
    "sentCcMe": "flag",
    "sentOnlyToMe": "flag",
    "sentToAddresses": "people",
    "sentToMe": "flag",
    "sentToOrCcMe": "flag",
    "subjectContains": "words",
    "withinSizeRange": "range",
}
ACTIONS: dict[str, Kind] = {
    "assignCategories": "words",
    "copyToFolder": "folder",
    "delete": "flag",
    "forwardAsAttachmentTo": "people",
    "forwardTo": "people",
    "markAsRead": "flag",
    "markImportance": IMPORTANCE,
    "moveToFolder": "folder",
    "permanentDelete": "flag",
    "redirectTo": "people",
    "stopProcessingRules": "flag",
}
