"""The parts of a rule as fields of a form: which parts have a field, whether it can show the value, what it offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.forms.fields import AddressesField, LinesField
from portal.mailbox.addresses import AddressProblem, normalise_address
from portal.mailbox.folders import Folder, FolderRole, Tree
from portal.mailbox.forwarding import Outside, Policy
from portal.mailbox.rules import Address, FormFields, Rule, Value
from portal.sentences.values import ITEMS, make_visible

CONDITION_FIELDS = (
    "from_addresses",
    "sent_to_addresses",
    "subject_contains",
    "body_contains",
    "body_or_subject_contains",
    "has_attachments",
)
ACTION_FIELDS = ("move_to_folder", "mark_as_read", "forward_to", "delete", "stop_processing_rules")
# Where a moved message would be lost, or not be a received one; Deleted Items has a box of its own in the form.
NOT_OFFERED = (FolderRole.RECOVERABLE, FolderRole.DELETED, FolderRole.DRAFTS, FolderRole.OUTBOX, FolderRole.HISTORY)
INDENT = "\N{IDEOGRAPHIC SPACE}"
Choice = tuple[str, str]
SUBJECT_HELP = _("Write several words on lines of their own: one of them is enough.")


class RuleFields(forms.Form):
    """One field a predicate or action."""

    name = forms.CharField(
        label=_("Name of the rule (may be left empty)"),
        help_text=_("Left empty, it is made from the conditions, and follows them when they change."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    from_addresses = AddressesField(
        label=_("From"), help_text=_("Mail addresses. Several: one a line, or with commas."), required=False
    )
    sent_to_addresses = AddressesField(
        label=_("Sent to"), help_text=_("Mail addresses, that of a mailing list for example."), required=False
    )
    subject_contains = LinesField(label=_("The subject contains"), help_text=SUBJECT_HELP, required=False)
    body_contains = LinesField(label=_("The body contains"), required=False)
    body_or_subject_contains = LinesField(label=_("The subject or body contains"), required=False)
    has_attachments = forms.BooleanField(label=_("It has an attachment"), required=False)
    everything = forms.BooleanField(
        label=_("Act on all mail, without a condition"),
        help_text=_("Needed only when everything above is empty. A condition above takes precedence."),
        required=False,
    )
    move_to_folder = forms.ChoiceField(label=_("Move to the folder"), required=False)
    mark_as_read = forms.BooleanField(label=_("Mark as read"), required=False)
    forward_to = AddressesField(
        label=_("Forward to"), help_text=_("Mail addresses. Several: one a line, or with commas."), required=False
    )
    delete = forms.BooleanField(label=_("Move to Deleted Items"), required=False)
    stop_processing_rules = forms.BooleanField(
        label=_("Do not check later rules"),
        help_text=_("Mail to which this rule applies goes no further down the list."),
        required=False,
    )


def choose_fields(rule: Rule) -> FormFields:
    """What the form shows of this rule; for one without parts, everything it can."""
    return FormFields(
        conditions=frozenset(name for name in CONDITION_FIELDS if fits_field(rule.conditions.get(name))),
        actions=frozenset(name for name in ACTION_FIELDS if fits_field(rule.actions.get(name))),
        settings=frozenset({"name"}),
    )


def fits_field(value: Value | None) -> bool:
    """Whether the form gives the value back as it was. What does not fit is left as it is, like a part without a field.

    A field holds one word a line, and addresses as mail programs write them; Outlook also has names of Exchange's own.
    """
    if not isinstance(value, tuple):
        return True
    return all(_is_plain(member) if isinstance(member, Address) else _is_line(member) for member in value)


def keep_other_parts(rule: Rule, form_fields: FormFields) -> Rule:
    """The rule with only those parts that the form does not show."""
    return Rule(
        id=rule.id,
        name=rule.name,
        sequence=rule.sequence,
        enabled=rule.enabled,
        has_error=rule.has_error,
        read_only=rule.read_only,
        conditions=rule.conditions.without(*form_fields.conditions),
        exceptions=rule.exceptions.without(*form_fields.exceptions),
        actions=rule.actions.without(*form_fields.actions),
        unknown=rule.unknown,
    )


def has_other_parts(rule: Rule) -> bool:
    """Whether the rule has parts, known or unknown, that the form does not show."""
    return bool(
        rule.exceptions
        or rule.unknown
        or any(name not in CONDITION_FIELDS or not fits_field(value) for name, value in rule.conditions.items())
        or any(name not in ACTION_FIELDS or not fits_field(value) for name, value in rule.actions.items())
    )


def fill_field(value: Value) -> Any:
    """The value as it stands in its field."""
    if isinstance(value, tuple):
        return "\n".join(member.address if isinstance(member, Address) else member for member in value)
    return value


def list_folder_choices(tree: object, present: str) -> list[Choice]:
    """(folder id, name), indented by depth, under "do not move"; without a Tree that alone.

    `present` is a folder id that is among them in any case; "" for none.
    """
    choices = [("", gettext("Do not move"))]
    if isinstance(tree, Tree):
        choices += [(each.id, INDENT * depth + make_visible(each.name)) for depth, each in _walk_offered(tree)]
    if present and present not in dict(choices):
        choices.append((present, _name_folder(tree, present)))
    return choices


def describe_policy(policy: Policy) -> list[str]:
    """How many addresses a rule may send to, and which outside the university, in sentences."""
    sentences = [gettext("At most %(most)s.") % {"most": policy.most_addresses}]
    if policy.outside is Outside.BLOCKED:
        sentences.append(gettext("Mail can be forwarded within the university only."))
    if policy.outside is Outside.DOMAINS:
        domains = {"domains": ITEMS.join(policy.allowed_domains)}
        sentences.append(gettext("Outside the university, mail can be forwarded only to: %(domains)s") % domains)
    return sentences


def _name_folder(tree: object, folder_id: str) -> str:
    """Of a folder that is not offered."""
    if not isinstance(tree, Tree):
        return gettext("The folder chosen before")
    folder = tree.by_id.get(folder_id)
    return make_visible(folder.name) if folder else gettext("A folder that was not found")


def _walk_offered(tree: Tree) -> Iterator[tuple[int, Folder]]:
    """(depth, folder), without those below a folder that is not offered."""
    closed: int | None = None
    for depth, folder in tree.walk():
        if closed is not None and depth > closed:
            continue
        closed = depth if folder.hidden or folder.role in NOT_OFFERED else None
        if closed is None:
            yield depth, folder


def _is_line(word: str) -> bool:
    return word == word.strip() and make_visible(word) == word


def _is_plain(person: Address) -> bool:
    try:
        return normalise_address(person.address).lower() == person.address.lower()
    except AddressProblem:
        return False
