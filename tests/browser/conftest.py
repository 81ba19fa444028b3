"""A real browser in front of a real demo: `make demo` on free ports, and Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, StorageState, sync_playwright

from tests.browser import chromium
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.demo_site import DemoSite, running_demo
from tests.simulator_control import Simulator

LOCALES = {"ja": "ja-JP", "en": "en-GB"}
Arrive = Callable[..., Visitor]


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    with running_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """For this folder only: Playwright's running event loop would keep Django from its database elsewhere."""
    path = chromium.find()
    assert path, chromium.ADVICE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def signed_in_before() -> dict[str, StorageState]:
    """The cookies of those who have signed in: the way through Microsoft is walked once for each."""
    return {}


@pytest.fixture(autouse=True)
def simulator(demo: DemoSite) -> Iterator[Simulator]:
    """The demo's simulated Microsoft 365 as it is at its start."""
    control = Simulator(demo.simulator)
    control.reset()
    yield control
    control.session.close()


@pytest.fixture
def arrive(demo: DemoSite, browser: Browser, signed_in_before: dict[str, StorageState]) -> Iterator[Arrive]:
    """arrive("full.mailbox", language="en", theme="dark", phone=True, script=False): a window of that person."""
    here: list[Visitor] = []

    def arrive(
        name: str | None = None, *, language: str = "ja", theme: str = "light", phone: bool = False, script: bool = True
    ) -> Visitor:
        settings: dict[str, Any] = {
            "locale": LOCALES[language],
            "timezone_id": "Asia/Tokyo",
            "color_scheme": theme,
            "viewport": PHONE if phone else DESK,
            "java_script_enabled": script,
            "storage_state": signed_in_before.get(name or ""),
        }
        visitor = Visitor(demo, browser.new_context(**settings), language, script)
        visitor.page.set_default_timeout(10_000)
        here.append(visitor)
        if name and name not in signed_in_before:
            visitor.sign_in(name)
            signed_in_before[name] = visitor.context.storage_state()
        return visitor

    yield arrive
    for visitor in here:
        visitor.leave()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=["ja", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)
