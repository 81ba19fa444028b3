"""The phrase for each term of a rule, twice.

Japanese has one form of a condition before another condition and one before "message", and one form of an action before
another action and one at the end of the sentence. What an action is done to stands in the hole `it`, which Japanese
leaves out. Exceptions are conditions.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Phrase:
    """`linked` is followed by another, `last` is not."""

    linked: Promise
    last: Promise


# For a predicate outside the vocabulary; it comes after all others.
UNKNOWN_PREDICATE = pgettext_lazy("last condition", "it fulfils a condition that cannot be shown here")
AT_LEAST = Phrase(
    pgettext_lazy("linked condition", "the size is %(least)s or more"),
    pgettext_lazy("last condition", "the size is %(least)s or more"),
)
AT_MOST = Phrase(
    pgettext_lazy("linked condition", "the size is %(most)s or less"),
    pgettext_lazy("last condition", "the size is %(most)s or less"),
)
PREDICATE_PHRASES = {
    "from_addresses": Phrase(
        pgettext_lazy("linked condition", "the sender is %(words)s"),
        pgettext_lazy("last condition", "the sender is %(words)s"),
    ),
    "sender_contains": Phrase(
        pgettext_lazy("linked condition", "the sender contains %(words)s"),
        pgettext_lazy("last condition", "the sender contains %(words)s"),
    ),
    "sent_to_addresses": Phrase(
        pgettext_lazy("linked condition", "it is sent to %(words)s"),
        pgettext_lazy("last condition", "it is sent to %(words)s"),
    ),
    "recipient_contains": Phrase(
        pgettext_lazy("linked condition", "the recipients contain %(words)s"),
        pgettext_lazy("last condition", "the recipients contain %(words)s"),
    ),
    "sent_to_me": Phrase(
        pgettext_lazy("linked condition", "your address is in the To line"),
        pgettext_lazy("last condition", "your address is in the To line"),
    ),
    "sent_only_to_me": Phrase(
        pgettext_lazy("linked condition", "it is sent only to you"),
        pgettext_lazy("last condition", "it is sent only to you"),
    ),
    "sent_cc_me": Phrase(
        pgettext_lazy("linked condition", "your address is in the Cc line"),
        pgettext_lazy("last condition", "your address is in the Cc line"),
    ),
    "sent_to_or_cc_me": Phrase(
        pgettext_lazy("linked condition", "your address is in the To or Cc line"),
        pgettext_lazy("last condition", "your address is in the To or Cc line"),
    ),
    "not_sent_to_me": Phrase(
        pgettext_lazy("linked condition", "your address is not in the To line"),
        pgettext_lazy("last condition", "your address is not in the To line"),
    ),
    "subject_contains": Phrase(
        pgettext_lazy("linked condition", "the subject contains %(words)s"),
        pgettext_lazy("last condition", "the subject contains %(words)s"),
    ),
    "body_contains": Phrase(
        pgettext_lazy("linked condition", "the body contains %(words)s"),
        pgettext_lazy("last condition", "the body contains %(words)s"),
    ),
    "body_or_subject_contains": Phrase(
        pgettext_lazy("linked condition", "the subject or body contains %(words)s"),
        pgettext_lazy("last condition", "the subject or body contains %(words)s"),
    ),
    "header_contains": Phrase(
        pgettext_lazy("linked condition", "the header contains %(words)s"),
        pgettext_lazy("last condition", "the header contains %(words)s"),
    ),
    "has_attachments": Phrase(
        pgettext_lazy("linked condition", "it has an attachment"),
        pgettext_lazy("last condition", "it has an attachment"),
    ),
    "within_size_range": Phrase(
        pgettext_lazy("linked condition", "the size is between %(least)s and %(most)s"),
        pgettext_lazy("last condition", "the size is between %(least)s and %(most)s"),
    ),
    "importance": Phrase(
        pgettext_lazy("linked condition", "the importance is %(choice)s"),
        pgettext_lazy("last condition", "the importance is %(choice)s"),
    ),
    "sensitivity": Phrase(
        pgettext_lazy("linked condition", "the sensitivity is %(choice)s"),
        pgettext_lazy("last condition", "the sensitivity is %(choice)s"),
    ),
    "message_action_flag": Phrase(
        pgettext_lazy("linked condition", "it is flagged for %(choice)s"),
        pgettext_lazy("last condition", "it is flagged for %(choice)s"),
    ),
    "categories": Phrase(
        pgettext_lazy("linked condition", "it has the category %(words)s"),
        pgettext_lazy("last condition", "it has the category %(words)s"),
    ),
    "is_approval_request": Phrase(
        pgettext_lazy("linked condition", "it is an approval request"),
        pgettext_lazy("last condition", "it is an approval request"),
    ),
    "is_automatic_forward": Phrase(
        pgettext_lazy("linked condition", "it was forwarded automatically"),
        pgettext_lazy("last condition", "it was forwarded automatically"),
    ),
    "is_automatic_reply": Phrase(
        pgettext_lazy("linked condition", "it is an automatic reply"),
        pgettext_lazy("last condition", "it is an automatic reply"),
    ),
    "is_encrypted": Phrase(
        pgettext_lazy("linked condition", "it is encrypted"),
        pgettext_lazy("last condition", "it is encrypted"),
    ),
    "is_meeting_request": Phrase(
        pgettext_lazy("linked condition", "it is a meeting request"),
        pgettext_lazy("last condition", "it is a meeting request"),
    ),
    "is_meeting_response": Phrase(
        pgettext_lazy("linked condition", "it is a meeting response"),
        pgettext_lazy("last condition", "it is a meeting response"),
    ),
    "is_non_delivery_report": Phrase(
        pgettext_lazy("linked condition", "it is a non-delivery report"),
        pgettext_lazy("last condition", "it is a non-delivery report"),
    ),
    "is_permission_controlled": Phrase(
        pgettext_lazy("linked condition", "its use is restricted"),
        pgettext_lazy("last condition", "its use is restricted"),
    ),
    "is_read_receipt": Phrase(
        pgettext_lazy("linked condition", "it is a read receipt"),
        pgettext_lazy("last condition", "it is a read receipt"),
    ),
    "is_signed": Phrase(
        pgettext_lazy("linked condition", "it is digitally signed"),
        pgettext_lazy("last condition", "it is digitally signed"),
    ),
    "is_voicemail": Phrase(
        pgettext_lazy("linked condition", "it is a voicemail"),
        pgettext_lazy("last condition", "it is a voicemail"),
    ),
}

ACTION_PHRASES = {
    "move_to_folder": Phrase(
        pgettext_lazy("linked action", "move %(it)s to %(folder)s"),
        pgettext_lazy("last action", "move %(it)s to %(folder)s"),
    ),
    "copy_to_folder": Phrase(
        pgettext_lazy("linked action", "copy %(it)s to %(folder)s"),
        pgettext_lazy("last action", "copy %(it)s to %(folder)s"),
    ),
    "delete": Phrase(
        pgettext_lazy("linked action", "move %(it)s to Deleted Items"),
        pgettext_lazy("last action", "move %(it)s to Deleted Items"),
    ),
    "permanent_delete": Phrase(
        pgettext_lazy("linked action", "delete %(it)s permanently"),
        pgettext_lazy("last action", "delete %(it)s permanently"),
    ),
    "mark_as_read": Phrase(
        pgettext_lazy("linked action", "mark %(it)s as read"),
        pgettext_lazy("last action", "mark %(it)s as read"),
    ),
    "mark_importance": Phrase(
        pgettext_lazy("linked action", "set the importance of %(it)s to %(choice)s"),
        pgettext_lazy("last action", "set the importance of %(it)s to %(choice)s"),
    ),
    "assign_categories": Phrase(
        pgettext_lazy("linked action", "categorise %(it)s as %(words)s"),
        pgettext_lazy("last action", "categorise %(it)s as %(words)s"),
    ),
    "forward_to": Phrase(
        pgettext_lazy("linked action", "forward %(it)s to %(words)s"),
        pgettext_lazy("last action", "forward %(it)s to %(words)s"),
    ),
    "forward_as_attachment_to": Phrase(
        pgettext_lazy("linked action", "forward %(it)s as an attachment to %(words)s"),
        pgettext_lazy("last action", "forward %(it)s as an attachment to %(words)s"),
    ),
    "redirect_to": Phrase(
        pgettext_lazy("linked action", "redirect %(it)s to %(words)s"),
        pgettext_lazy("last action", "redirect %(it)s to %(words)s"),
    ),
    "stop_processing_rules": Phrase(
        pgettext_lazy("linked action", "do not check later rules"),
        pgettext_lazy("last action", "do not check later rules"),
    ),
}
# For an action outside the vocabulary; it comes after all others.
UNKNOWN_ACTION = pgettext_lazy("last action", "do something with %(it)s that cannot be shown here")
NO_ACTION = pgettext_lazy("last action", "do nothing with %(it)s")
