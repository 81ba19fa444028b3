"""The addresses that somebody typed, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.mailbox.addresses import AddressProblem, Reason, normalise, same, split
from portal.mailbox.forwarding import Policy
from portal.sentences.marks import visible

LONGEST_SHOWN = 80

NOT_AN_ADDRESS = {
    Reason.EMPTY: gettext_lazy("“%(typed)s” is not a mail address."),
    Reason.NO_AT: gettext_lazy("“%(typed)s” has no @."),
    Reason.BAD_LOCAL: gettext_lazy("In “%(typed)s”, the part before the @ is not right."),
    Reason.BAD_DOMAIN: gettext_lazy("In “%(typed)s”, the part after the @ is not right. It looks like example.com."),
    Reason.TOO_LONG: gettext_lazy("“%(typed)s” is too long for a mail address."),
    Reason.CONTROL: gettext_lazy("“%(typed)s” contains a character that cannot be seen. Please type it again."),
}


@dataclass(frozen=True)
class Limits:
    """What the addresses are held against. `elsewhere`: in lower case, whom other rules send to already."""

    own_address: str
    policy: Policy
    elsewhere: frozenset[str] = frozenset()

    @property
    def left(self) -> int:
        """How many addresses there is room for."""
        return max(0, self.policy.most_addresses - len(self.elsewhere))


@dataclass(frozen=True)
class Reading:
    """`addresses`: normalised, each once. `blocked`: those of them that the policy refuses. `problems`: in words."""

    addresses: tuple[str, ...]
    blocked: tuple[str, ...]
    problems: tuple[str, ...]


def read(text: str, limits: Limits) -> Reading:
    """What was typed into the field."""
    typed = split(text)
    if not typed:
        return Reading((), (), (_("Enter the address to forward to."),))
    addresses, problems = _normalised(typed)
    if len(typed) > len(limits.elsewhere) + limits.policy.most_addresses or _too_many(addresses, limits):
        return Reading(addresses, (), (_too_many_words(limits),))
    blocked = limits.policy.blocked(addresses)
    return Reading(addresses, blocked, (*problems, *_refusals(addresses, blocked, limits)))


def _normalised(typed: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    found: dict[str, str] = {}
    problems = []
    for text in typed:
        try:
            address = normalise(text)
        except AddressProblem as problem:
            problems.append(_what_is_wrong(text, problem.reason))
        else:
            found.setdefault(address.lower(), address)
    return tuple(found.values()), problems


def _what_is_wrong(text: str, reason: Reason) -> str:
    """One address; of what stands in brackets, an @ outside them is no news to whoever typed it."""
    known = Reason.EMPTY if reason is Reason.NO_AT and "@" in text else reason
    return str(NOT_AN_ADDRESS[known]) % {"typed": shortened(text)}


def _refusals(addresses: tuple[str, ...], blocked: tuple[str, ...], limits: Limits) -> Iterator[str]:
    for address in addresses:
        if same(address, limits.own_address):
            yield _("“%(address)s” is your own address. Mail forwarded there would come back here.") % {
                "address": shortened(address)
            }
        elif address in blocked:
            yield _("The university does not let mail be forwarded automatically to “%(address)s”.") % {
                "address": shortened(address)
            }


def _too_many(addresses: tuple[str, ...], limits: Limits) -> bool:
    return limits.policy.too_many((*addresses, *limits.elsewhere))


def _too_many_words(limits: Limits) -> str:
    most, others = limits.policy.most_addresses, len(limits.elsewhere)
    if not others:
        return ngettext(
            "Microsoft forwards to %(most)s address at most.", "Microsoft forwards to %(most)s addresses at most.", most
        ) % {"most": most}
    return _(
        "Microsoft forwards to %(most)s addresses at most, all rules together. Other rules use %(others)s, "
        "so there is room for %(left)s."
    ) % {"most": most, "others": others, "left": limits.left}


def shortened(text: str) -> str:
    """For a message: with what cannot be seen made visible, and not longer than a line or two."""
    return visible(text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…")
