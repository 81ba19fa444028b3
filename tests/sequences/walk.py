"""One person goes through one sequence: opens pages and sends forms, while all else does its worst."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.person import Person
from tests.front_door import DOMAIN
from tests.sequences import at_once
from tests.sequences.answers import Page
from tests.sequences.choosing import SAME, Choice, chosen
from tests.sequences.killing import Killing
from tests.sequences.ledger import Ledger, Wrong
from tests.sequences.mailbox import Mailbox, Rule, wait_until
from tests.sequences.plan import LEASE_SECONDS, TABS, Sending, Step
from tests.sequences.plan import Sequence as Plan
from tests.sequences.sent import NOT_MET, Sent, told
from tests.sequences.sites import DOUBT_SECONDS
from tests.sequences.tabs import Tab
from tests.simulator_control import Simulator

MARGIN = 0.5  # seconds, for timers on a busy machine
MOST_HELD = 8.0  # seconds until a request to be killed has come to Microsoft


@dataclass
class Walk:
    """`lines` is what happened, with times; `wrong` what must not be."""

    plan: Plan
    ledger: Ledger
    tabs: tuple[Tab, Tab]
    killing: Killing | None = None
    began: float = field(default_factory=time.monotonic)
    lines: list[str] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    settled_at: float = 0.0  # when nothing of this sequence can still come
    met: bool = False

    @property
    def mailbox(self) -> Mailbox:
        return self.ledger.mailbox

    def go(self) -> dict[str, Page]:
        """All steps, then the pages that are read at last, when nothing can come any more."""
        for number, step in enumerate(self.plan.steps, start=1):
            with self.excused_unless_met(step):
                self.take(number, step)
        wait_until(self.settled_at)
        self.ledger.look()
        pages = {name: self.tabs[0].open(f"/en/{name}/") for name in self.plan.closing}
        self.ledger.look()
        return pages

    def take(self, number: int, step: Step) -> None:
        sendings = [step.sending, *([step.beside] if step.beside else [])]
        choices = [(each, chosen(self.tabs[each.tab], each)) for each in sendings]
        self.do_in_outlook(step, number)
        before = self.ledger.look()
        sent = [self.begun(each, choice, before, step) for each, choice in choices if choice]
        if not sent:
            return self.say(f"{number}: no page has a form for {step.sending.change}")
        if step.fault:
            self.mailbox.break_next(step.fault, sent[0].change)
        self.post(step, sent)
        after = self.ledger.look()
        left = self.mailbox.heal() if step.fault else 0
        for each in sent:
            each.after = after
            each.fault += NOT_MET if left else ""
            self.say(f"{number}: {told(each)}")
            self.judge(each, step)
        self.remember_what_may_come(step, sent)
        time.sleep(step.pause)
        return None

    def begun(self, sending: Sending, choice: Choice, before: tuple[Rule, ...], step: Step) -> Sent:
        form, values, marker, page = choice
        known = {rule["id"]: str(rule["displayName"]) for rule in before}
        form.name = known.get(form.rule) or form.name or str(values.get("name", [""])[0])
        form.marker = marker
        if form.change == "edit" and page != SAME:  # an answer may carry the name of what was typed before
            values = values | {"name": [form.name]}
        sent = Sent(sending, form, values, marker, page, str(step.fault or "none"), before)
        self.ledger.sent.append(sent)
        return sent

    def post(self, step: Step, sent: Sequence[Sent]) -> None:
        """Alone in this thread; two at the same moment, or one that is killed, in threads of their own."""
        if len(sent) == 1 and not step.kills:
            return self.send(sent[0])
        if step.kills and self.killing:
            self.met = True
            self.killing.meet()
        threads = [threading.Thread(target=self.send, args=(each,)) for each in sent]
        for thread in threads:
            thread.start()
        if step.kills and self.killing:
            self.wait_until_held(threads[0])
            self.killing.in_flight()
        for thread in threads:
            thread.join()
        return None

    def send(self, sent: Sent) -> None:
        sent.began = time.monotonic()
        sent.answer = self.tabs[sent.sending.tab].send(sent.form, sent.values)
        sent.ended = time.monotonic()

    def wait_until_held(self, thread: threading.Thread) -> None:
        until = time.monotonic() + MOST_HELD
        while thread.is_alive() and time.monotonic() < until and not self.mailbox.was_hit():
            time.sleep(0.02)

    def do_in_outlook(self, step: Step, number: int) -> None:
        """Never with a rule of which it is not known what the site did to it: nobody could tell the two apart."""
        word = f"o{self.plan.number}-{number}"
        if step.outlook == "make":
            made = self.mailbox.made_in_outlook("plain", f"Outlook {self.plan.number}-{number}", word)
            self.ledger.outlook("made", made)
        rules = [rule for rule in self.ledger.look() if self.is_known(rule)]
        if step.outlook in ("", "make") or not rules:
            return
        rule = rules[int(step.sending.other * len(rules))]
        if step.outlook == "edit":
            self.mailbox.changed_in_outlook(rule, word)
        elif step.outlook == "switch":
            self.mailbox.switched_in_outlook(rule)
        else:
            self.mailbox.deleted_in_outlook(rule)
        self.say(f"{number}: Outlook: {step.outlook} “{rule['displayName']}”")
        self.ledger.outlook(step.outlook, rule)

    def is_known(self, rule: Rule) -> bool:
        """Whether every change of this rule went without a fault."""
        return rule.get("isReadOnly") is not True and not any(
            (sent.form.rule == rule["id"] or sent.marker in repr(rule)) and (sent.is_unsure or sent.fault != "none")
            for sent in self.ledger.sent
        )

    def judge(self, sent: Sent, step: Step) -> None:
        found = [*at_once.of_answer(sent, beside=step.beside is not None, killed=self.was_just_killed(sent))]
        found += at_once.of_others(sent, self.ledger.sent, alone=not (step.outlook or step.beside or self.met))
        self.wrong += [Wrong(words, told(sent)) for words in found]

    def was_just_killed(self, sent: Sent) -> bool:
        return self.killing is not None and sent.began < self.killing.at + LEASE_SECONDS + MARGIN

    def remember_what_may_come(self, step: Step, sent: Sequence[Sent]) -> None:
        late = step.fault.late if step.fault else 0.0
        doubt = DOUBT_SECONDS if any(each.is_unsure for each in sent) else 0.0
        ends = [max(each.ended for each in sent) + max(late, doubt) + MARGIN]
        if step.kills and self.killing and self.killing.at:
            ends.append(self.killing.at + max(LEASE_SECONDS, late) + MARGIN)
        self.settled_at = max(self.settled_at, *ends)

    def say(self, words: str) -> None:
        self.lines.append(f"{time.monotonic() - self.began:6.2f} s  {words}")

    @contextmanager
    def excused_unless_met(self, step: Step) -> Iterator[None]:
        """The others do not wait for who did not come to the point."""
        try:
            yield
        finally:
            if step.kills and self.killing and not self.met:
                self.killing.stay_away()


def begin(plan: Plan, simulator: str, sites: Sequence[str], killing: Killing | None = None) -> Walk:
    """Sign in, with rules from Outlook in the mailbox, and pages that will be old soon."""
    name = f"s{plan.number + 1:06}"
    mailbox = Mailbox(f"{name}@{DOMAIN}", Simulator(simulator))
    for place, kind in enumerate(plan.rules, start=1):
        mailbox.made_in_outlook(kind, f"Outlook {plan.number}-0{place}", f"o{plan.number}-0{place}")
    first = Person(sites[0], name)
    second = Person(sites[-1], name) if plan.tabs == TABS[2] else Person(sites[-1], session=first.session)
    walk = Walk(plan, Ledger(mailbox), (Tab(first), Tab(second)), killing)
    walk.ledger.begin()
    for tab in walk.tabs[: 1 if plan.tabs == TABS[0] else 2]:
        tab.open("/en/rules/")
        tab.open("/en/rules/new/")
    return walk
