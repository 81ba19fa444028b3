"""Facts stand in the service file and nowhere else."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.guides.facts import Facts, UnknownFactError, fill_as_html, tighten_placeholders

ROOT = Path(settings.ROOT)
SERVERS = (settings.SERVICE.servers.imap, settings.SERVICE.servers.pop, settings.SERVICE.servers.smtp)
HOSTS = {server.host for server in SERVERS}
PORTS = {server.port for server in SERVERS}
HOST_OR_PORT = re.compile(
    "|".join(
        [*(re.escape(host) for host in sorted(HOSTS)), *(rf"(?<![\w.#-]){port}(?![\w.-])" for port in sorted(PORTS))]
    )
)
FOLDERS = ("portal", "accounts", "templates", "static/js", "locale", "tests/guides")
SUFFIXES = {".py", ".md", ".html", ".toml", ".js", ".po", ".txt"}


def texts() -> list[Path]:
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES]
    return [path for path in found if path != ROOT / "portal" / "service.toml"]


def test_no_host_or_port_of_the_service_is_typed_anywhere_else() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if HOST_OR_PORT.search(line) and "Source:" not in line
    ]
    assert found == []


def test_no_link_of_the_service_is_typed_in_a_guide() -> None:
    links = vars(settings.SERVICE.links).values()
    for path in (ROOT / "portal" / "guides" / "content").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert [link for link in links if link in text] == [], path.name


@pytest.mark.parametrize(
    ("name", "language", "value"),
    [
        ("limits.message_mb", "en", "35"),
        ("university.name", "en", "Example University"),
        ("university.name", "ja", "例示大学"),
        ("document.date", "ja", "2022年8月5日"),
        ("document.date", "en", "5 August 2022"),
    ],
)
def test_a_fact_is_given_in_the_readers_form(name: str, language: str, value: str) -> None:
    assert Facts(settings.SERVICE, language).fill(f"<{{{{ {name} }}}}>") == f"<{value}>"


@pytest.mark.parametrize("name", ["servers", "servers.imap", "limits.nothing", "mail.domains", "me.more"])
def test_what_is_no_single_fact_is_refused(name: str) -> None:
    with pytest.raises(UnknownFactError):
        Facts(settings.SERVICE, "ja").find_value(name)


def test_a_placeholder_may_have_blanks() -> None:
    assert tighten_placeholders("{{  links.webmail }}") == "{{links.webmail}}"


def test_the_readers_address_is_marked_for_the_script() -> None:
    words = fill_as_html("To {{ me }} & others", Facts(settings.SERVICE, "en"))
    assert words == f'To <span class="me" data-me>{settings.SERVICE.mail.example_address}</span> &amp; others'
