"""The vocabulary of inbox rules: one table that forms, sentences, matching and translation walk.

Names and choices: https://learn.microsoft.com/graph/api/resources/messagerulepredicates and
https://learn.microsoft.com/graph/api/resources/messageruleactions (v1.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class Kind(Enum):
    """What the value of a term is."""

    WORDS = "words"  # tuple of strings, one of which suffices
    PEOPLE = "people"  # tuple of Address
    YES = "yes"  # True; unset otherwise
    CHOICE = "choice"  # one of the term's choices
    SIZE = "size"  # SizeRange, in KB
    FOLDER = "folder"  # id of a folder


@dataclass(frozen=True)
class Term:
    """One predicate or action.

    `name` is ours, `graph` is Microsoft's. `tryable`: a predicate that a stored message can be held against,
    an action that can be carried out on one.
    """

    name: str
    graph: str
    kind: Kind
    tryable: bool
    choices: tuple[str, ...] = ()


LEVELS = ("low", "normal", "high")
SENSITIVITIES = ("normal", "personal", "private", "confidential")
FLAGS = (
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

_PREDICATES = (
    Term("from_addresses", "fromAddresses", Kind.PEOPLE, True),
    Term("sender_contains", "senderContains", Kind.WORDS, True),
    Term("sent_to_addresses", "sentToAddresses", Kind.PEOPLE, True),
    Term("recipient_contains", "recipientContains", Kind.WORDS, True),
    Term("sent_to_me", "sentToMe", Kind.YES, True),
    Term("sent_only_to_me", "sentOnlyToMe", Kind.YES, True),
    Term("sent_cc_me", "sentCcMe", Kind.YES, True),
    Term("sent_to_or_cc_me", "sentToOrCcMe", Kind.YES, True),
    Term("not_sent_to_me", "notSentToMe", Kind.YES, True),
    Term("subject_contains", "subjectContains", Kind.WORDS, True),
    Term("body_contains", "bodyContains", Kind.WORDS, True),
    Term("body_or_subject_contains", "bodyOrSubjectContains", Kind.WORDS, True),
    Term("header_contains", "headerContains", Kind.WORDS, True),
    Term("has_attachments", "hasAttachments", Kind.YES, True),
    Term("within_size_range", "withinSizeRange", Kind.SIZE, True),
    Term("importance", "importance", Kind.CHOICE, True, LEVELS),
    Term("sensitivity", "sensitivity", Kind.CHOICE, True, SENSITIVITIES),
    Term("message_action_flag", "messageActionFlag", Kind.CHOICE, False, FLAGS),
    Term("categories", "categories", Kind.WORDS, True),
    Term("is_approval_request", "isApprovalRequest", Kind.YES, False),
    Term("is_automatic_forward", "isAutomaticForward", Kind.YES, False),
    Term("is_automatic_reply", "isAutomaticReply", Kind.YES, False),
    Term("is_encrypted", "isEncrypted", Kind.YES, False),
    Term("is_meeting_request", "isMeetingRequest", Kind.YES, True),
    Term("is_meeting_response", "isMeetingResponse", Kind.YES, True),
    Term("is_non_delivery_report", "isNonDeliveryReport", Kind.YES, False),
    Term("is_permission_controlled", "isPermissionControlled", Kind.YES, False),
    Term("is_read_receipt", "isReadReceipt", Kind.YES, False),
    Term("is_signed", "isSigned", Kind.YES, False),
    Term("is_voicemail", "isVoicemail", Kind.YES, False),
)

_ACTIONS = (
    Term("move_to_folder", "moveToFolder", Kind.FOLDER, True),
    Term("copy_to_folder", "copyToFolder", Kind.FOLDER, True),
    Term("delete", "delete", Kind.YES, True),
    Term("permanent_delete", "permanentDelete", Kind.YES, True),
    Term("mark_as_read", "markAsRead", Kind.YES, True),
    Term("mark_importance", "markImportance", Kind.CHOICE, True, LEVELS),
    Term("assign_categories", "assignCategories", Kind.WORDS, True),
    Term("forward_to", "forwardTo", Kind.PEOPLE, False),
    Term("forward_as_attachment_to", "forwardAsAttachmentTo", Kind.PEOPLE, False),
    Term("redirect_to", "redirectTo", Kind.PEOPLE, False),
    Term("stop_processing_rules", "stopProcessingRules", Kind.YES, True),
)

PREDICATES: Mapping[str, Term] = MappingProxyType({term.name: term for term in _PREDICATES})
ACTIONS: Mapping[str, Term] = MappingProxyType({term.name: term for term in _ACTIONS})
# No name is in both, so a name alone says which term is meant.
TERMS: Mapping[str, Term] = MappingProxyType({**PREDICATES, **ACTIONS})

# The actions that make mail leave the mailbox.
SENDING = ("forward_to", "forward_as_attachment_to", "redirect_to")
