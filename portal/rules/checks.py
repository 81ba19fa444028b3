"""What Microsoft or the university would refuse in a rule, found before anything is written.

Exchange's own list: RuleValidationErrorCode,
https://learn.microsoft.com/dotnet/api/microsoft.exchange.webservices.data.ruleerrorcode
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.mailbox.addresses import is_same_address
from portal.mailbox.folders import Tree
from portal.mailbox.forwarding import Outside, Policy
from portal.mailbox.rules import Rule

if TYPE_CHECKING:
    from portal.rules.forms import RuleForm

# A message can end in one place only.
ENDS = ("move_to_folder", "delete", "permanent_delete")
Found = Iterator[tuple[str, ValidationError]]


def problems(form: RuleForm) -> Found:
    """(field, what is wrong) for a form whose fields are each well."""
    rule = form.rule()
    yield from _conditions(form, rule)
    yield from _actions(form, rule)
    yield from _folder(form)
    yield from _forwarding(form, rule)


def _conditions(form: RuleForm, rule: Rule) -> Found:
    if rule.takes_everything and not form.cleaned_data.get("everything"):
        yield (
            "everything",
            ValidationError(
                _("Without a condition the rule acts on all mail that arrives. Write a condition, or tick this box.")
            ),
        )


def _actions(form: RuleForm, rule: Rule) -> Found:
    if not rule.actions and not any(place.startswith("actions.") for place in rule.unknown):
        yield "move_to_folder", ValidationError(_("Choose at least one thing to do with the mail."))
    ends = [name for name in ENDS if name in rule.actions]
    if len(ends) > 1 and not set(ends) <= form.there.actions.keys():
        yield (
            "delete",
            ValidationError(_("A message cannot be moved to a folder and deleted as well. Choose one of the two.")),
        )


def _folder(form: RuleForm) -> Found:
    chosen = form.cleaned_data.get("move_to_folder")
    if not chosen or not isinstance(form.tree, Tree) or chosen in form.tree.by_id:
        return
    if chosen != form.there.actions.get_text("move_to_folder") or form.there.has_error:
        yield "move_to_folder", ValidationError(_("The folder was not found. Choose another one."))


def _forwarding(form: RuleForm, rule: Rule) -> Found:
    addresses = [person.address for person in rule.actions.get_people("forward_to")]
    blocked = form.policy.find_blocked(addresses)
    if any(is_same_address(address, form.own_address) for address in addresses):
        yield "forward_to", ValidationError(_("This is your own address. Write another one."))
    if blocked:
        yield "forward_to", blocked_by(form.policy, blocked)
    if form.policy.are_too_many(person.address for person in rule.recipients):
        most = form.policy.most_addresses
        said = ngettext_lazy(
            "A rule can send to at most %(most)s address.", "A rule can send to at most %(most)s addresses.", most
        )
        yield "forward_to", ValidationError(said, params={"most": most})


def blocked_by(policy: Policy, addresses: tuple[str, ...]) -> ValidationError:
    """Why mail cannot be sent there, and where it can."""
    outside = policy.allowed_domains if policy.outside is Outside.DOMAINS else ()
    return ValidationError(
        _(
            "Mail cannot be forwarded to %(addresses)s: the university's mail service returns it with the error "
            "“550 5.7.520”. It can be forwarded to addresses at %(domains)s."
        ),
        params={"addresses": ", ".join(addresses), "domains": ", ".join((*policy.own_domains, *outside))},
    )
