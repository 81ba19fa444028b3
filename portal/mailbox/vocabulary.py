"""The vocabulary of inbox rules: one table that forms, sentences, matching and translation walk.

Names and choices: https://learn.microsoft.com/graph/api/resources/messagerulepredicates and
https://learn.microsoft.com/graph/api/resources/messageruleactions (v1.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType


class TermKind(Enum):
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
    kind: TermKind
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
    Term("from_addresses", "fromAddresses", TermKind.PEOPLE, True),
    Term("sender_contains", "senderContains", TermKind.WORDS, True),
    Term("sent_to_addresses", "sentToAddresses", TermKind.PEOPLE, True),
    Term("recipient_contains", "recipientContains", TermKind.WORDS, True),
    Term("sent_to_me", "sentToMe", TermKind.YES, True),
    Term("sent_only_to_me", "sentOnlyToMe", TermKind.YES, True),
    Term("sent_cc_me", "sentCcMe", TermKind.YES, True),
    Term("sent_to_or_cc_me", "sentToOrCcMe", TermKind.YES, True),
    Term("not_sent_to_me", "notSentToMe", TermKind.YES, True),
    Term("subject_contains", "subjectContains", TermKind.WORDS, True),
    Term("body_contains", "bodyContains", TermKind.WORDS, True),
    Term("body_or_subject_contains", "bodyOrSubjectContains", TermKind.WORDS, True),
    Term("header_contains", "headerContains", TermKind.WORDS, True),
    Term("has_attachments", "hasAttachments", TermKind.YES, True),
    Term("within_size_range", "withinSizeRange", TermKind.SIZE, True),
    Term("importance", "importance", TermKind.CHOICE, True, LEVELS),
    Term("sensitivity", "sensitivity", TermKind.CHOICE, True, SENSITIVITIES),
    Term("message_action_flag", "messageActionFlag", TermKind.CHOICE, False, FLAGS),
    Term("categories", "categories", TermKind.WORDS, True),
    Term("is_approval_request", "isApprovalRequest", TermKind.YES, False),
    Term("is_automatic_forward", "isAutomaticForward", TermKind.YES, False),
    Term("is_automatic_reply", "isAutomaticReply", TermKind.YES, False),
    Term("is_encrypted", "isEncrypted", TermKind.YES, False),
    Term("is_meeting_request", "isMeetingRequest", TermKind.YES, True),
    Term("is_meeting_response", "isMeetingResponse", TermKind.YES, True),
    Term("is_non_delivery_report", "isNonDeliveryReport", TermKind.YES, False),
    Term("is_permission_controlled", "isPermissionControlled", TermKind.YES, False),
    Term("is_read_receipt", "isReadReceipt", TermKind.YES, False),
    Term("is_signed", "isSigned", TermKind.YES, False),
    Term("is_voicemail", "isVoicemail", TermKind.YES, False),
)

_ACTIONS = (
    Term("move_to_folder", "moveToFolder", TermKind.FOLDER, True),
    Term("copy_to_folder", "copyToFolder", TermKind.FOLDER, True),
    Term("delete", "delete", TermKind.YES, True),
    Term("permanent_delete", "permanentDelete", TermKind.YES, True),
    Term("mark_as_read", "markAsRead", TermKind.YES, True),
    Term("mark_importance", "markImportance", TermKind.CHOICE, True, LEVELS),
    Term("assign_categories", "assignCategories", TermKind.WORDS, True),
    Term("forward_to", "forwardTo", TermKind.PEOPLE, False),
    Term("forward_as_attachment_to", "forwardAsAttachmentTo", TermKind.PEOPLE, False),
    Term("redirect_to", "redirectTo", TermKind.PEOPLE, False),
    Term("stop_processing_rules", "stopProcessingRules", TermKind.YES, True),
)

PREDICATES: Mapping[str, Term] = MappingProxyType({term.name: term for term in _PREDICATES})
ACTIONS: Mapping[str, Term] = MappingProxyType({term.name: term for term in _ACTIONS})
# No name is in both, so a name alone says which term is meant.
TERMS: Mapping[str, Term] = MappingProxyType({**PREDICATES, **ACTIONS})

# The actions that put mail into a folder.
FOLDER_ACTIONS = ("move_to_folder", "copy_to_folder")
# The actions that make mail leave the mailbox.
SENDING = ("forward_to", "forward_as_attachment_to", "redirect_to")
