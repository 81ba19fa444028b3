"""What an operator reads is what the site does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.microsoft.failures import REASONS_BY_NUMBER
from tests.simulated import ROOT
from tests.simulator_control import Simulator

PAGES = [
    *ROOT.glob("*.md"),
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / "simulator").glob("*.md"),
    *(ROOT / "simulator" / "docs").glob("*.md"),
]
# (path, anchor) of what is no address of the web
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
NAMED_FILE = re.compile(r"`((?:\.github|accounts|demo|docs|locale|portal|simulator|static|templates|tests)/[\w./-]+)`")
SETTING = re.compile(r'\benv\.\w+\(\s*"(?P<name>[A-Z_]+)"')


def document(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_between_documents_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8"))):
        there = (page.parent / target) if target else page
        assert there.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in headings(there), f"{page.name}: {target}#{anchor}"


@pytest.mark.parametrize(
    "page", [ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md"], ids=lambda page: page.name
)
def test_a_file_that_a_newcomer_is_sent_to_is_there(page: Path) -> None:
    """Names such as `folders` and `evolution` stand for what the reader is about to make."""
    named = set(NAMED_FILE.findall(page.read_text(encoding="utf-8")))
    assert len(named) > 20
    made_up = {name for name in named if "folders" in name or "evolution" in name}
    assert not {name for name in named - made_up if not (ROOT / name).exists()}


def headings(page: Path) -> set[str]:
    """As GitHub names them in addresses."""
    lines = page.read_text(encoding="utf-8").splitlines()
    words = [line.lstrip("# ").lower() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w -]", "", text).replace(" ", "-") for text in words}


def test_every_setting_is_described() -> None:
    read = set(SETTING.findall((ROOT / "portal" / "settings.py").read_text(encoding="utf-8")))
    described = {name for line in document("settings").splitlines() for name in re.findall(r"`([A-Z_]+)`", line[:60])}
    assert len(read) > 20
    assert read <= described


@pytest.mark.parametrize("code", [*REASONS_BY_NUMBER, "AADSTS50011", "AADSTS7000215", "AADSTS7000222", "AADSTS700027"])
def test_a_number_that_the_site_shows_is_explained(code: str) -> None:
    rows = [line.split("|")[1] for line in document("entra").splitlines() if line.startswith("| ")]
    assert [row for row in rows if code.removeprefix("AADSTS") in re.findall(r"\d+", row)]


def test_the_addresses_to_register_are_the_sites() -> None:
    for name in ("microsoft:callback", "microsoft:signed-out"):
        assert f"`SITE{reverse(name)}`" in document("entra")


def test_the_letter_of_the_readme_is_taken_by_the_rule_that_it_names(simulator: Simulator) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (printed,) = re.findall(r"^printf '(.*)' \|$", readme, re.MULTILINE)
    letter = printed.replace("\\n", "\r\n").encode()
    (to,) = re.findall(r"/control/deliver\?to=(\S+)'$", readme, re.MULTILINE)
    first = simulator.deliver(to, letter)
    assert f"`folder`: {first['folder']}" in readme
    rule = next(one for one in simulator.rules(to) if one["displayName"] == first["matched"][0])
    simulator.graph(to, "PATCH", f"/me/mailFolders/inbox/messageRules/{rule['id']}", json={"isEnabled": False})
    assert f"it lands in {simulator.deliver(to, letter)['folder']}." in readme


def test_the_readme_calls_buttons_and_pages_as_the_site_does() -> None:
    trial = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Try it")[2].partition("\n## ")[0]
    sources = [*(ROOT / "templates").rglob("*.html"), ROOT / "portal" / "web" / "navigation.py"]
    words = "".join(file.read_text(encoding="utf-8") for file in sources)
    named = re.findall(r"\*([^*]+)\*", trial)
    assert len(named) >= 3
    for name in named:
        assert f'"{name}"' in words, name
