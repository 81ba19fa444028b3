"""What a form says of the university's policy for mail that leaves."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal.mailbox.forwarding import Outside, Policy


def hint(policy: Policy) -> str:
    """How many addresses a rule may send to, and which outside the university."""
    most = _("At most %(most)s.") % {"most": policy.most_addresses}
    if policy.outside is Outside.BLOCKED:
        return f"{most} {_('Mail can be forwarded within the university only.')}"
    if policy.outside is Outside.DOMAINS:
        domains = ", ".join(policy.allowed_domains)
        said = _("Outside the university, mail can be forwarded only to: %(domains)s") % {"domains": domains}
        return f"{most} {said}"
    return most
