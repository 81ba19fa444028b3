"""Forwards everything to an allowed domain, and some of it to one that is refused."""

from m365_simulator.mailbox.mailbox import Mailbox
from m365_simulator.seed import usual
from m365_simulator.seed.rule import people, rule


def fill(mailbox: Mailbox) -> None:
    usual.fill(mailbox)
    home = people("naoto.takahashi@example.com")
    phone = people("takahashi@mobile.example.net")
    mailbox.add_rule(rule("自宅へ転送", {}, {"forwardTo": home}))
    urgent = {"subjectContains": ["休講", "緊急"]}
    mailbox.add_rule(rule("休講の連絡を携帯へ", urgent, {"redirectTo": phone}))
