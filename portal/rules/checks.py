"""What Microsoft or the university would refuse in a rule, found before anything is written.

Exchange's own list: RuleValidationErrorCode,
https://learn.microsoft.com/dotnet/api/microsoft.exchange.webservices.data.ruleerrorcode
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.mailbox.addresses import is_same_address
from portal.mailbox.folders import Tree
from portal.mailbox.forwarding import Outside, Policy
from portal.mailbox.rules import Rule

# A message can end in one place only.
ENDS = ("move_to_folder", "delete", "permanent_delete")
Problems = Iterator[tuple[str, ValidationError]]


def find_problems(rule: Rule, there: Rule, tree: object, policy: Policy, own_addresses: Iterable[str]) -> Problems:
    """(field, what is wrong) for a rule that is to take the place of `there`.

    What `there` has already is not refused. `tree` is a Tree, or not known, and then no folder is looked for.
    """
    yield from _find_action_problems(rule, there)
    yield from _find_folder_problems(rule, there, tree)
    yield from _find_forwarding_problems(rule, policy, own_addresses)


def _find_action_problems(rule: Rule, there: Rule) -> Problems:
    if not rule.actions and not any(place.startswith("actions.") for place in rule.unknown):
        yield "move_to_folder", ValidationError(_("Choose at least one thing to do with the mail."))
    ends = [name for name in ENDS if name in rule.actions]
    if len(ends) > 1 and not set(ends) <= there.actions.keys():
        yield (
            "delete",
            ValidationError(_("A message cannot be moved to a folder and deleted as well. Choose one of the two.")),
        )


def _find_folder_problems(rule: Rule, there: Rule, tree: object) -> Problems:
    chosen = rule.actions.get_text("move_to_folder")
    if not chosen or not isinstance(tree, Tree) or chosen in tree.by_id:
        return
    if chosen != there.actions.get_text("move_to_folder") or there.has_error:
        yield "move_to_folder", ValidationError(_("The folder was not found. Choose another one."))


def _find_forwarding_problems(rule: Rule, policy: Policy, own_addresses: Iterable[str]) -> Problems:
    addresses = [person.address for person in rule.actions.get_people("forward_to")]
    if any(is_same_address(address, own) for address in addresses for own in own_addresses):
        yield "forward_to", ValidationError(_("This is your own address. Write another one."))
    blocked = policy.find_blocked(addresses)
    if blocked:
        yield "forward_to", explain_blocked(policy, blocked)
    if policy.are_too_many(person.address for person in rule.recipients):
        most = policy.most_addresses
        message = ngettext_lazy(
            "A rule can send to at most %(most)s address.", "A rule can send to at most %(most)s addresses.", most
        )
        yield "forward_to", ValidationError(message, params={"most": most})


def explain_blocked(policy: Policy, addresses: tuple[str, ...]) -> ValidationError:
    """Why mail cannot be sent there, and where it can."""
    outside = policy.allowed_domains if policy.outside is Outside.DOMAINS else ()
    return ValidationError(
        _(
            "Mail cannot be forwarded to %(addresses)s: the university's mail service returns it with the error "
            "“550 5.7.520”. It can be forwarded to addresses at %(domains)s."
        ),
        params={"addresses": ", ".join(addresses), "domains": ", ".join((*policy.own_domains, *outside))},
    )
