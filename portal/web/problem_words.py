"""What a problem page says: one row for each reason, with its title, what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# A sentence in the reader's language.
Sentence = str | Promise


@dataclass(frozen=True)
class Button:
    """A link by itself: to a `page` of ours by its name, or to a `link` of the service file."""

    label: Sentence
    page: str = ""
    link: str = ""
    carries_address: bool = False  # a guide fills in the reader's address, which comes in the fragment

    @property
    def url(self) -> str:
        return reverse(self.page) if self.page else str(getattr(settings.SERVICE.links, self.link))


@dataclass(frozen=True)
class Part:
    """Advice that depends on the form or the time: a template, which knows `problem` and `sent`."""

    template: str


@dataclass(frozen=True)
class ProblemWords:
    title: Sentence
    what: Sentence
    next: tuple[Sentence | Button | Part, ...]


WAIT = Part("problems/_wait.html")
FREE_SPACE = Part("problems/_free_space.html")
SEE_THE_RULES = Button(_("See the rules"), page="rules:index")
GO_HOME = Button(_("Go to the home page"), page="home:index")
SEE_THE_GUIDES = Button(_("See the set-up guides"), page="guides:index", carries_address=True)
OPEN_OUTLOOK = Button(_("Open Outlook on the web"), link="webmail")
CHANGE_IN_OUTLOOK = Button(_("Change it in Outlook"), link="outlook_rules")

LOOK_AND_SEND_AGAIN = _("Please look at how it is now. If you still want the change, send it once more.")
WAIT_AND_LOOK = (_("Please wait a minute and look at the list of rules before you try again."), SEE_THE_RULES)
LOOK_FIRST = (_("Please look at the list of rules before you try again."), SEE_THE_RULES)
LOOK_AND_TRY_FROM_THERE = (
    _("Please look at the list as it is now, and try again from there."),
    SEE_THE_RULES,
)
ASK_THE_HELPDESK = (_("If it happens again, please tell the helpdesk the reference number."), GO_HOME)
IN_DOUBT = _("It is not known whether the change was made")
SENT_BEFORE = _("This form was sent before, with other contents")
WHAT_WAS_SENT_BEFORE = _("This form was sent before, with other contents. That was:")

WORDS: Mapping[str, ProblemWords] = {
    "busy": ProblemWords(
        _("Microsoft is busy right now"),
        _("Microsoft takes no more requests for your mailbox at the moment."),
        (WAIT,),
    ),
    "too-often": ProblemWords(
        _("That was too often"),
        _(
            "More forms came from you, or from your network, within a minute than this site takes. This one "
            "was not carried out: nothing was changed."
        ),
        (_("Please wait a minute, then go back and send the form again."),),
    ),
    "unavailable": ProblemWords(
        _("Microsoft is not answering right now"),
        _("Microsoft's server did not answer, or answered with something that cannot be used."),
        (WAIT,),
    ),
    "no-mailbox": ProblemWords(
        _("This account has no mailbox"),
        _("You are signed in, but Microsoft says that this account has no mailbox in the university's mail service."),
        (
            _(
                "If you should have a mailbox, please ask the helpdesk. If you have another university account, "
                "sign out and sign in with that one."
            ),
        ),
    ),
    "mailbox-full": ProblemWords(
        _("Your mailbox is too full"),
        _("The mailbox is over its limit, and Microsoft refuses even to read it."),
        (FREE_SPACE,),
    ),
    "refused": ProblemWords(
        _("Microsoft refused the request"),
        _("Microsoft did not accept what this site asked for."),
        ASK_THE_HELPDESK,
    ),
    "missing": ProblemWords(
        _("It is not there any more"),
        _("What you asked for does not exist, or it was removed meanwhile."),
        LOOK_AND_TRY_FROM_THERE,
    ),
    "gone": ProblemWords(
        _("The rule is not there any more"),
        _("The rule was deleted meanwhile, in Outlook or in another window."),
        LOOK_AND_TRY_FROM_THERE,
    ),
    "changed-meanwhile": ProblemWords(
        _("The rule was changed meanwhile"),
        _("Since you opened the page, the rule was changed in Outlook or in another window."),
        LOOK_AND_TRY_FROM_THERE,
    ),
    "in-doubt": ProblemWords(
        IN_DOUBT,
        _(
            "The change was sent, but Microsoft's answer did not come, and your mailbox could not be seen to "
            "have changed. Microsoft may still make the change within a minute. This site does not send it a "
            "second time."
        ),
        WAIT_AND_LOOK,
    ),
    "unconfirmed": ProblemWords(
        IN_DOUBT,
        _("Microsoft refused the change, but your mailbox could not be read to make sure that it is as it was."),
        LOOK_FIRST,
    ),
    "unverified": ProblemWords(
        _("The change was accepted, but could not be checked"),
        _(
            "Microsoft said that it made the change, but your mailbox could not be read afterwards, or does "
            "not show the change yet. This site does not send it a second time."
        ),
        LOOK_FIRST,
    ),
    "ticket-spent": ProblemWords(SENT_BEFORE, WHAT_WAS_SENT_BEFORE, (LOOK_AND_SEND_AGAIN,)),
    "ticket-spent-in-doubt": ProblemWords(SENT_BEFORE, WHAT_WAS_SENT_BEFORE, WAIT_AND_LOOK),
    "there-already": ProblemWords(
        _("This rule is there already"),
        _("A rule that does just this is there already. No second one was made."),
        (LOOK_AND_SEND_AGAIN,),
    ),
    "too-slow": ProblemWords(
        _("Microsoft is too slow right now"),
        _(
            "Microsoft takes so long for each answer that the change could not have been checked in time. So "
            "it was not sent."
        ),
        (WAIT,),
    ),
    "not-recorded": ProblemWords(
        _("No changes can be made right now"),
        _("This site cannot write down a change right now, and what it cannot write down it does not send."),
        (WAIT,),
    ),
    "earlier-in-doubt": ProblemWords(
        _("An earlier change is still in doubt"),
        _(
            "It is not known yet how a change ended that was sent to Microsoft a moment ago. It may still be "
            "made, so this one was not sent."
        ),
        WAIT_AND_LOOK,
    ),
    "differs": ProblemWords(
        _("The rule reads differently than you asked for"),
        _("Microsoft accepted the change, but what is in your mailbox now is not what you asked for."),
        LOOK_FIRST,
    ),
    "under-way": ProblemWords(
        _("Another change is still being made"),
        _(
            "A change of this mailbox is being made at this moment: by the same form, sent twice, or in "
            "another window or on another device. No second one was begun."
        ),
        (_("Please wait a few seconds and look at the list of rules before you send the form again."), SEE_THE_RULES),
    ),
    "read-only": ProblemWords(
        _("Only Outlook can change this rule"),
        _("Microsoft lets this rule be changed in Outlook only."),
        (CHANGE_IN_OUTLOOK,),
    ),
    "sign-in-unavailable": ProblemWords(
        _("Signing in is not possible right now"),
        _(
            "Microsoft's sign-in service did not answer, or did not accept this site. It is not your fault, "
            "and the operators have a record of it."
        ),
        (WAIT,),
    ),
    "bad-request": ProblemWords(
        _("The request could not be read"),
        _("Your browser sent something that this site cannot read."),
        (GO_HOME, SEE_THE_GUIDES),
    ),
    "forbidden": ProblemWords(
        _("This page is not open to you"),
        _("You are not allowed to see this page."),
        (GO_HOME, SEE_THE_GUIDES),
    ),
    "csrf": ProblemWords(
        _("The form is too old"),
        _(
            "The form was opened before you signed in or out, or cookies are switched off. For your safety it"
            " was not carried out."
        ),
        (_("Please open the page again and fill in the form anew."), GO_HOME),
    ),
    "not-found": ProblemWords(
        _("There is no such page"),
        _("The address may be mistyped, or what it showed was deleted."),
        (GO_HOME, SEE_THE_GUIDES),
    ),
    "not-allowed": ProblemWords(
        _("This address is not a page"),
        _("The address belongs to a button on another page and cannot be opened by itself."),
        (GO_HOME, SEE_THE_GUIDES),
    ),
    "maintenance": ProblemWords(
        _("Madoguchi is closed for maintenance"),
        _("The counter is being worked on. Your mail itself is not affected: you can read it in Outlook on the web."),
        (OPEN_OUTLOOK,),
    ),
    "broken": ProblemWords(
        _("Something went wrong here"),
        _(
            "A fault in this site stopped the page. It has been recorded. If you were changing something, see"
            " the history before you try again."
        ),
        ASK_THE_HELPDESK,
    ),
}
