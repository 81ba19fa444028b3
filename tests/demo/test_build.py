"""What makes the demo build something anew."""

from __future__ import annotations

from pathlib import Path

from demo.build import STEPS

GUIDES = next(step for step in STEPS if step.name == "guides")


def test_guides_are_out_of_date_when_the_service_file_was_edited(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text("one", encoding="utf-8")
    environment = {"SITE_URL": "http://localhost:8000", "SERVICE_FILE": str(file)}
    before = GUIDES.made_from(environment)
    assert GUIDES.made_from(environment) == before
    file.write_text("two", encoding="utf-8")
    assert GUIDES.made_from(environment) != before


def test_guides_are_out_of_date_for_another_address(tmp_path: Path) -> None:
    at = [GUIDES.made_from({"SITE_URL": f"http://localhost:{port}"}) for port in (8000, 8001)]
    assert len(set(at)) == 2
