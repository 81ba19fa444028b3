"""One person at one browser window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, ViewportSize

from tests.browser import axe
from tests.demo_site import DemoSite

DOMAIN = "example.ac.jp"
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass(repr=False)
class Visitor:
    """A window, what it complained about, and which hosts it asked."""

    demo: DemoSite
    context: BrowserContext
    language: str
    script: bool
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    deaf: bool = False

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        """Chromium reports every answer of 400 and above; the ones that a test is about are no complaint."""
        told = any(f"status of {status}" in message.text for status in self.expected)
        if message.type in ("error", "warning") and not told and not self.deaf:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _see(self, request: Request) -> None:
        ours = {urlsplit(self.demo.site).netloc, urlsplit(self.demo.simulator).netloc, ""}
        if urlsplit(request.url).netloc not in ours:
            self.strangers.append(request.url)

    def open(self, path: str, *, status: int = 200) -> Page:
        """Go to `path` below the language's part of the site, or to a path that begins with a slash."""
        if status >= 400:
            self.expected.add(status)
        answer = self.page.goto(self.demo.site + (path if path.startswith("/") else f"/{self.language}/{path}"))
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}"
        return self.page

    def sign_in(self, name: str) -> None:
        """Through the page, Microsoft's account picker, and the way back."""
        page = self.open("accounts/sign-in/")
        page.locator("form[action$='/accounts/microsoft/login/'] button").first.click()
        page.locator(f"button[value='{name}@{DOMAIN}']").click()
        page.wait_for_url(f"{self.demo.site}/{self.language}/**")

    @property
    def words(self) -> str:
        """What the main part says, white space folded."""
        return " ".join(self.page.locator("main").inner_text().split())

    def submit(self, *, status: int = 200) -> None:
        """Press the one main button of the page's form, and arrive at an answer with this status."""
        if status >= 400:
            self.expected.add(status)
        button = self.page.locator("main form .btn-main")
        with self.page.expect_event(
            "response", lambda answer: answer.request.is_navigation_request() and answer.status == status
        ) as arrived:
            button.click()
        self.page.wait_for_load_state()
        assert arrived.value.status == status

    def barriers(self, about: str = "all") -> list[str]:
        """What axe finds on the page as it stands."""
        with self._not_listening():
            return axe.violations(self.page, about)

    @contextmanager
    def _not_listening(self) -> Iterator[None]:
        """axe tries inline styles, which the page's policy refuses aloud."""
        self.deaf = True
        yield
        self.page.evaluate("0")
        self.deaf = False

    def leave(self) -> None:
        """Close the window; nothing was broken on the way, and nobody else was asked for anything."""
        self.context.close()
        assert not self.complaints, "\n".join(self.complaints)
        assert not self.strangers, "\n".join(self.strangers)
