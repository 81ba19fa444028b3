"""The service file: every fact typed, every mistake named."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.mailbox.forwarding import Outside
from portal.service import Service, ServiceFileError

ROOT = Path(__file__).resolve().parent.parent.parent
OURS = (ROOT / "portal" / "service.toml").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> Service:
    file = tmp_path / "service.toml"
    file.write_text(text, encoding="utf-8")
    return Service.read(file)


def test_the_fictional_university_can_be_read(tmp_path: Path) -> None:
    service = read(tmp_path, OURS)
    assert service.forwarding.outside is Outside.DOMAINS
    assert service.servers.smtp.security == "STARTTLS"
    assert service.university.name.in_language("ja") == "例示大学"


@pytest.mark.parametrize(
    ("there", "instead", "named"),
    [
        ("port = 993", 'port = "993"', "port"),
        ("port = 993", "", "port"),
        ('outside = "domains"', 'outside = "perhaps"', "outside"),
        ("message_mb = 35", "message_mb = 35\nmessage_kb = 1", "message_kb"),
        ('domains = ["example.ac.jp"]', 'domains = "example.ac.jp"', "domains"),
        ('en = "Example University"', "", "TOML"),
        ('phone = "000-000-0000"', 'phone = ""', "phone"),
        ("[helpdesk]", "[counter]", "helpdesk"),
        ('domains = ["example.ac.jp"]', "domains = []", "domains"),
        ('allowed_domains = ["example.com"]', 'allowed_domains = ["@example.com"]', "allowed_domains"),
        ("port = 993", "port = -1", "port"),
        ("mailbox_gb = 50", "mailbox_gb = 0", "mailbox_gb"),
        ("most_addresses = 9", "most_addresses = 50", "most_addresses"),
        ('webmail = "https://outlook.office.com/mail/"', 'webmail = "javascript:alert(1)"', "webmail"),
        ('rule_name = "窓口の転送 / Madoguchi forwarding"', 'rule_name = " "', "rule_name"),
        ('email = "helpdesk@example.ac.jp"', 'email = "helpdesk"', "email"),
        ("port = 993", "port = true", "port must be a whole number, not True"),
        ("date = 2022-08-05", 'date = "2022"', "date must be a date such as 2022-08-05, not '2022'"),
        ('outside = "domains"', "outside = 1", "outside must be one of blocked, allowed, domains, not 1"),
        ("[limits]", "[limits.mail]", "limits: message_mb is missing"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, there: str, instead: str, named: str) -> None:
    assert there in OURS
    with pytest.raises(ServiceFileError, match=named):
        read(tmp_path, OURS.replace(there, instead))
