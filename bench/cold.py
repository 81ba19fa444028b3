"""What a browser that knows nothing of the site yet loads for a page, by kind: Chromium counts it on the wire."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright

from bench.budgets import at_most
from bench.figures import BenchSection, Figure, counted
from bench.mailboxes import calm
from bench.pages import PAGES
from bench.person import Person
from bench.plan import BenchPlan
from bench.servers import BenchServer
from tests.browser import chromium

MAILBOX_MOST, GUIDE_MOST, REQUESTS_MOST, FONTS_MOST = at_most(60), at_most(45), at_most(4), at_most(0)  # KB, and counts
PUBLIC = ("", "accounts/sign-in/", "guides/", "guides/thunderbird/", "guides/outlook-web/", "guides/apple-mail-ios/")
NAMES = {"": "home, signed out", "accounts/sign-in/": "sign-in"}
KINDS = ("Document", "Stylesheet", "Script", "Fetch")
ALIKE = {"XHR": "Fetch", "Font": "Font"}


@dataclass
class Transfer:
    """Bytes on the wire by kind, headers and compressed bodies, and how many requests of each kind."""

    size: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    kind_of: dict[str, str] = field(default_factory=dict)

    def begin(self, event: dict[str, Any]) -> None:
        kind = ALIKE.get(event["type"], event["type"])
        self.kind_of[event["requestId"]] = kind
        self.requests[kind] += 1

    def end(self, event: dict[str, Any]) -> None:
        self.size[self.kind_of[event["requestId"]]] += event["encodedDataLength"]


def measure(plan: BenchPlan) -> BenchSection:
    calm(plan)
    with plan.site() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path())
        found = list(figures(server, browser))
        browser.close()
    return BenchSection("A cold load in Chromium", "page", tuple(found), (NOTE,))


NOTE = (
    "Bytes on the wire, with headers, compressed. `Fetch` is what a page asks for once it is there: the storage card of"
    " the home page."
)


def browser_path() -> str:
    """The one that `installed.install` found or brought."""
    return chromium.find() or sys.exit(chromium.ADVICE)


def figures(server: BenchServer, browser: Browser) -> Iterator[Figure]:
    nobody = Person(server.address)
    people = {name: Person(server.address, name) for name in sorted({page.person for page in PAGES})}
    for path in PUBLIC:
        most = GUIDE_MOST if path.startswith("guides/") else MAILBOX_MOST
        yield from rows(NAMES.get(path, path.strip("/")), load(browser, nobody, path), most.limit)
    for page in PAGES:
        yield from rows(page.name, load(browser, people[page.person], page.path), MAILBOX_MOST.limit)


def load(browser: Browser, person: Person, path: str) -> Transfer:
    """In a window of its own, until nothing has moved for half a second."""
    context = browser.new_context(locale="ja-JP")
    context.add_cookies(
        [{"name": it.name, "value": it.value or "", "url": person.site} for it in person.session.cookies]
    )
    page = context.new_page()
    transfer = Transfer()
    listen(context.new_cdp_session(page), transfer)
    page.goto(f"{person.site}/ja/{path}", wait_until="networkidle")
    context.close()
    return transfer


def listen(session: CDPSession, transfer: Transfer) -> None:
    """https://chromedevtools.github.io/devtools-protocol/tot/Network/"""
    session.on("Network.requestWillBeSent", transfer.begin)
    session.on("Network.loadingFinished", transfer.end)
    session.send("Network.enable")


def rows(name: str, seen: Transfer, most: float) -> Iterator[Figure]:
    yield counted(name, "requests", "", seen.requests.total(), REQUESTS_MOST)
    yield counted(name, "all", "KB", seen.size.total() / 1000, at_most(most))
    yield counted(name, "fonts", "", seen.requests["Font"], FONTS_MOST)
    for kind in KINDS:
        yield counted(name, kind.lower(), "KB", seen.size[kind] / 1000)
