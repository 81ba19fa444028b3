"""What a page says of the form that was sent, in the words of the English pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from urllib.parse import urlsplit

from bs4 import BeautifulSoup

DENIAL = re.compile(
    r"[Nn]othing was (?:changed|saved)\b(?! by others)|(?:It|The rule) was not deleted|so no second one was sent"
)
DOUBT = re.compile(r"answer did not come|not known whether|may still (?:make|come)|does not send it a second time")
DIFFERS = re.compile(r"is not what you asked for|reads differently than you asked")
UNDER_WAY = re.compile(r"A change of this mailbox is being made at this moment|Another change is still being made")
FAILED_HEADING = "This could not be carried out"
DONE_AT = ("/en/rules/", "/en/forwarding/")


class Claim(Enum):
    """How the form went, by its answer. NONE: no answer came, since the site was killed."""

    DONE = "done"
    REFUSED = "nothing changed"
    MISTAKE = "mistake in the form"
    DOUBT = "in doubt"
    DIFFERS = "made otherwise"
    SIGN_IN = "sign in again"
    CONFLICT = "conflict"
    CRASH = "fault of the site"
    NONE = "no answer"
    OTHER = "another page"


@dataclass(frozen=True)
class Page:
    """One page as it came. `path` is where it was asked for, `status` its HTTP status."""

    path: str
    status: int
    html: str = field(repr=False)

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @cached_property
    def text(self) -> str:
        main = self.soup.find("main") or self.soup
        return " ".join(main.get_text(" ").split())

    def texts(self, selector: str) -> list[str]:
        return [" ".join(tag.get_text(" ").split()) for tag in self.soup.select(selector)]

    @property
    def says_done(self) -> bool:
        return 'class="note note-ok"' in self.html

    @cached_property
    def of_form(self) -> str:
        """What it says of the form that was sent. Notes that are no alerts are about earlier changes."""
        own = self.texts("#problem")
        if own:
            return own[0]
        words = self.text
        for note in self.texts(".note:not([role=alert])"):
            words = words.replace(note, "")
        return words

    @property
    def denies(self) -> bool:
        return DENIAL.search(self.of_form) is not None


@dataclass(frozen=True)
class Answer:
    """To a form: `status` is of the answer itself, `page` what the person sees in the end (None: no answer came)."""

    status: int
    page: Page | None
    led_to: str = ""

    @property
    def claim(self) -> Claim:
        if self.page is None:
            return Claim.NONE
        if self.status == 302:
            return Claim.DONE if urlsplit(self.led_to).path in DONE_AT else Claim.SIGN_IN
        if self.status == 500:
            return Claim.CRASH
        if self.status == 422:
            return Claim.MISTAKE
        return self._told(self.page)

    def _told(self, page: Page) -> Claim:
        if DIFFERS.search(page.of_form):
            return Claim.DIFFERS
        if page.soup.select_one("#problem.note-doubt"):
            return Claim.DOUBT
        if page.denies:
            return Claim.REFUSED
        if DOUBT.search(page.of_form):
            return Claim.DOUBT
        return Claim.CONFLICT if self.status == 409 else Claim.OTHER

    @property
    def is_under_way(self) -> bool:
        return self.page is not None and UNDER_WAY.search(self.page.of_form) is not None

    @property
    def words(self) -> str:
        """The blocks that speak of the form, else the beginning of the page."""
        if self.page is None:
            return "(no answer)"
        blocks = self.page.texts(".note, .errors, #changed")
        return " | ".join(blocks) or self.page.text[:300]

    def faults_of_form(self) -> list[str]:
        """What is wrong with the answer whatever the mailbox says."""
        if self.page is None:
            return []
        found = []
        if self.status >= 500 and self.claim is Claim.CRASH:
            found.append("the site answers 500")
        if self.claim in (Claim.DOUBT, Claim.DIFFERS) and self.status != 409:
            found.append(f"{self.claim.value}, and the status is not 409")
        if self.claim is Claim.DOUBT and FAILED_HEADING in self.page.texts("#problem-h"):
            found.append(f"in doubt, and the heading is “{FAILED_HEADING}”")
        if 'class="errors"' in self.page.html and self.status not in (422, 302):
            found.append("mistakes in the form, and the status is not 422")
        if self.claim is Claim.DONE:
            found += self._faults_after_it_was_done(self.page)
        return found

    def _faults_after_it_was_done(self, page: Page) -> Iterator[str]:
        """Of the page that the answer leads to. A page that was read well may also tell of an earlier change."""
        if page.status == 500:
            yield "the page after a change that was made answers 500"
        elif page.status == 200 and not page.says_done:
            yield "no word of the change on the page after it"
        elif page.status != 200 and page.denies:
            yield "the page after a change that was made says that nothing was changed"
