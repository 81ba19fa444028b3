"""The short address of a guide."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("ja", "ja"), ("ja-JP,en;q=0.5", "ja"), ("en-GB", "en"), ("fr", "en"), ("", "ja")],
)
def test_a_short_address_leads_to_the_readers_language(client: Client, wanted: str, language: str) -> None:
    answer = client.get("/g/thunderbird/", headers={"Accept-Language": wanted})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/guides/thunderbird/")
    assert {part.strip() for part in answer["Vary"].split(",")} >= {"Accept-Language", "Cookie"}


def test_the_language_chosen_before_wins(client: Client, settings: object) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"  # type: ignore[attr-defined]
    assert client.get("/g/servers/", headers={"Accept-Language": "ja"})["Location"] == "/en/guides/servers/"


@pytest.mark.parametrize("name", ["nothing", "index"])
def test_a_short_address_of_no_guide_is_not_found(client: Client, name: str) -> None:
    assert client.get(f"/g/{name}/").status_code == 404
