"""The types of Graph v1.0 that this simulator speaks, with the types of their properties.

Source: https://github.com/microsoftgraph/msgraph-metadata, cleanMetadata.xml, 2026-08-20; of a
user only what says something about a person. "[recipient]" is a collection.
"""

STRING, BOOL, INT = "Edm.String", "Edm.Boolean", "Edm.Int32"
MOMENT, GUID = "Edm.DateTimeOffset", "Edm.Guid"


def members(**by_type: str) -> dict[str, str]:
    """`strings="a b"` gives {"a": "Edm.String", …}; other keywords are names of types."""
    known = {"strings": STRING, "bools": BOOL, "ints": INT, "moments": MOMENT, "longs": "Edm.Int64"}
    lists = {"string_lists": f"[{STRING}]", "recipients": "[recipient]", "guids": GUID}
    named = known | lists
    return {name: named.get(kind, kind) for kind, names in by_type.items() for name in names.split()}


PREDICATE = members(
    string_lists="bodyContains bodyOrSubjectContains categories headerContains recipientContains senderContains "
    "subjectContains",
    recipients="fromAddresses sentToAddresses",
    bools="hasAttachments isApprovalRequest isAutomaticForward isAutomaticReply isEncrypted isMeetingRequest "
    "isMeetingResponse isNonDeliveryReport isPermissionControlled isReadReceipt isSigned isVoicemail notSentToMe "
    "sentCcMe sentOnlyToMe sentToMe sentToOrCcMe",
    importance="importance",
    messageActionFlag="messageActionFlag",
    sensitivity="sensitivity",
    sizeRange="withinSizeRange",
)
ATTACHMENT = members(strings="id contentType name", bools="isInline", moments="lastModifiedDateTime", ints="size")
FOLDER = members(
    strings="id displayName parentFolderId",
    ints="childFolderCount unreadItemCount totalItemCount",
    bools="isHidden",
)
TYPES: dict[str, dict[str, str]] = {
    "attachment": ATTACHMENT,
    "fileAttachment": ATTACHMENT | members(strings="contentId contentLocation") | {"contentBytes": "Edm.Binary"},
    "itemAttachment": ATTACHMENT,
    "automaticRepliesSetting": members(
        automaticRepliesStatus="status",
        externalAudienceScope="externalAudience",
        strings="externalReplyMessage internalReplyMessage",
        dateTimeTimeZone="scheduledStartDateTime scheduledEndDateTime",
    ),
    "customTimeZone": members(
        strings="name", ints="bias", standardTimeZoneOffset="standardOffset", daylightTimeZoneOffset="daylightOffset"
    ),
    "dateTimeTimeZone": members(strings="dateTime timeZone"),
    "daylightTimeZoneOffset": members(ints="daylightBias dayOccurrence month year", dayOfWeek="dayOfWeek")
    | {"time": "Edm.TimeOfDay"},
    "emailAddress": members(strings="name address"),
    "followupFlag": members(
        followupFlagStatus="flagStatus", dateTimeTimeZone="startDateTime dueDateTime completedDateTime"
    ),
    "internetMessageHeader": members(strings="name value"),
    "itemBody": members(bodyType="contentType", strings="content"),
    "licenseDetails": members(strings="id skuPartNumber", guids="skuId") | {"servicePlans": "[servicePlanInfo]"},
    "localeInfo": members(strings="locale displayName"),
    "mailFolder": FOLDER,
    "mailSearchFolder": FOLDER
    | members(bools="isSupported includeNestedFolders", string_lists="sourceFolderIds", strings="filterQuery"),
    "mailboxSettings": members(
        strings="archiveFolder dateFormat timeFormat timeZone",
        automaticRepliesSetting="automaticRepliesSetting",
        delegateMeetingMessageDeliveryOptions="delegateMeetingMessageDeliveryOptions",
        localeInfo="language",
        userPurpose="userPurpose",
        workingHours="workingHours",
    ),
    "message": members(
        strings="id changeKey subject bodyPreview conversationId internetMessageId parentFolderId webLink",
        moments="createdDateTime lastModifiedDateTime receivedDateTime sentDateTime",
        bools="hasAttachments isDeliveryReceiptRequested isDraft isRead isReadReceiptRequested",
        string_lists="categories",
        recipients="toRecipients ccRecipients bccRecipients replyTo",
        recipient="sender from",
        itemBody="body uniqueBody",
        followupFlag="flag",
        importance="importance",
        inferenceClassificationType="inferenceClassification",
    )
    | {"conversationIndex": "Edm.Binary", "internetMessageHeaders": "[internetMessageHeader]"},
    "messageRule": members(
        strings="id displayName",
        ints="sequence",
        bools="isEnabled hasError isReadOnly",
        messageRulePredicates="conditions exceptions",
        messageRuleActions="actions",
    ),
    "messageRuleActions": members(
        string_lists="assignCategories",
        strings="copyToFolder moveToFolder",
        bools="delete markAsRead permanentDelete stopProcessingRules",
        recipients="forwardAsAttachmentTo forwardTo redirectTo",
        importance="markImportance",
    ),
    "messageRulePredicates": PREDICATE,
    "recipient": members(emailAddress="emailAddress"),
    "servicePlanInfo": members(strings="appliesTo provisioningStatus servicePlanName", guids="servicePlanId"),
    "singleValueLegacyExtendedProperty": members(strings="id value"),
    "sizeRange": members(ints="minimumSize maximumSize"),
    "standardTimeZoneOffset": members(ints="dayOccurrence month year", dayOfWeek="dayOfWeek")
    | {"time": "Edm.TimeOfDay"},
    "timeZoneBase": members(strings="name"),
    "user": members(
        strings="id aboutMe ageGroup city companyName consentProvidedForMinor country creationType department "
        "displayName employeeId employeeType externalUserState faxNumber givenName jobTitle "
        "legalAgeGroupClassification mail mailNickname mobilePhone "
        "mySite officeLocation onPremisesDistinguishedName onPremisesDomainName "
        "onPremisesImmutableId onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesUserPrincipalName "
        "passwordPolicies postalCode preferredDataLocation preferredLanguage preferredName securityIdentifier state "
        "streetAddress surname usageLocation userPrincipalName userType",
        bools="accountEnabled onPremisesSyncEnabled showInAddressList",
        moments="createdDateTime deletedDateTime employeeHireDate externalUserStateChangeDateTime "
        "lastPasswordChangeDateTime onPremisesLastSyncDateTime signInSessionsValidFromDateTime",
        string_lists="businessPhones imAddresses interests otherMails proxyAddresses responsibilities schools skills",
        mailboxSettings="mailboxSettings",
    ),
    "workingHours": {"daysOfWeek": "[dayOfWeek]", "timeZone": "timeZoneBase"}
    | dict.fromkeys(("startTime", "endTime"), "Edm.TimeOfDay"),
}
ENUMS: dict[str, tuple[str, ...]] = {
    "automaticRepliesStatus": ("disabled", "alwaysEnabled", "scheduled"),
    "bodyType": ("text", "html"),
    "dayOfWeek": ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
    "delegateMeetingMessageDeliveryOptions": (
        "sendToDelegateAndInformationToPrincipal",
        "sendToDelegateAndPrincipal",
        "sendToDelegateOnly",
    ),
    "externalAudienceScope": ("none", "contactsOnly", "all"),
    "followupFlagStatus": ("notFlagged", "complete", "flagged"),
    "importance": ("low", "normal", "high"),
    "inferenceClassificationType": ("focused", "other"),
    "messageActionFlag": (
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
    ),
    "sensitivity": ("normal", "personal", "private", "confidential"),
    "userPurpose": ("user", "linked", "shared", "room", "equipment", "others", "unknownFutureValue"),
}
