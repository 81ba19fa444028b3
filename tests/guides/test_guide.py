"""Guide pages as people open them."""

import re

import pytest
from django.conf import settings
from django.test import Client

from portal.guides import library
from tests.front_door import Reader

PAGES = [
    f"/{language}/guides/{'' if slug == library.INDEX else slug + '/'}"
    for language in library.LANGUAGES
    for slug in (library.INDEX, *library.list_slugs())
]
CLIENTS = ("outlook-web", "thunderbird", "apple-mail-ios")
OF_THE_DOCUMENT = (
    "servers",
    "reading",
    "pop-or-imap",
    "message-size",
    "total-quota",
    "sorting",
    "safe-webmail",
    "password-authentication",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_guide_opens_for_everyone(visitor: Reader, address: str) -> None:
    page = visitor.open(address)
    assert page.words("main .lead")
    assert page.soup.select_one("meta[name=description]")["content"]
    assert not page.soup.select_one("meta[name=robots]")
    assert [link["hreflang"] for link in page.all("link[rel=alternate]")] == ["ja", "en"]


def test_a_guide_is_the_same_for_somebody_signed_in(visitor: Reader, new_student: Reader) -> None:
    for address in PAGES:
        mine, anyones = new_student.client.get(address), visitor.client.get(address)
        assert mine.content == anyones.content
        for answer in (mine, anyones):
            assert not answer.cookies
            assert "Cookie" not in answer.get("Vary", "")
            assert b"csrf" not in answer.content


def test_every_client_and_every_page_of_the_document_has_a_guide(visitor: Reader) -> None:
    links = {str(link["href"]) for link in visitor.open("/ja/guides/").all("main a")}
    for slug in (*CLIENTS, *OF_THE_DOCUMENT):
        assert f"/ja/guides/{slug}/" in links


@pytest.mark.parametrize("slug", OF_THE_DOCUMENT)
def test_a_table_of_the_document_names_its_source(visitor: Reader, slug: str) -> None:
    page = visitor.open(f"/ja/guides/{slug}/")
    for table in page.all("table.of-document"):
        assert "筑波大学" in table.select_one(".source").get_text()
        assert "2022年8月5日" in table.select_one(".source").get_text()


def test_the_servers_page_says_what_replaced_the_documents_words(visitor: Reader) -> None:
    now = [words.get_text(" ", strip=True) for words in visitor.open("/ja/guides/servers/").all(".of-document .now")]
    assert "現在 STARTTLS" in now


def test_a_guide_has_a_tab_for_each_system_and_its_steps_have_links(visitor: Reader) -> None:
    page = visitor.open("/en/guides/thunderbird/")
    assert [tab["href"] for tab in page.all(".tabs a")] == ["#windows", "#mac", "#linux", "#android"]
    step = page.soup.select_one("#windows-sign-in")
    assert step.select_one("a.step-link")["href"] == "#windows-sign-in"
    assert "Link to this step : Sign in in the browser" in step.get_text(" ", strip=True)


def test_values_can_be_copied_bare(visitor: Reader) -> None:
    page = visitor.open("/ja/guides/thunderbird/")
    card = next(table for table in page.all("table.settings") if "SMTP" in table.caption.get_text())
    copied = [button["data-copy"] for button in card.select("button")]
    smtp, mail = settings.SERVICE.servers.smtp, settings.SERVICE.mail
    assert copied == [smtp.host, str(smtp.port), mail.example_address]
    assert all(button.has_attr("hidden") for button in card.select("button"))


def test_a_guide_names_the_day_of_its_last_check_and_its_short_link(visitor: Reader) -> None:
    page = visitor.open("/en/guides/thunderbird/")
    assert "24 November 2026" in page.words(".guide-side")
    assert page.soup.select_one("[data-short]")["data-short"].endswith("/g/thunderbird/")
    assert page.soup.select_one(".qr[role=img] svg path")


def test_the_language_switch_keeps_the_guide(visitor: Reader) -> None:
    switch = visitor.open("/ja/guides/thunderbird/").soup.select_one("a.language")
    assert (switch["href"], switch["hreflang"]) == ("/en/guides/thunderbird/", "en")


@pytest.mark.parametrize("name", ["nothing", "index", "steps", "..%2Fservers", "servers.ja"])
def test_there_is_no_other_guide(visitor: Reader, name: str) -> None:
    visitor.open(f"/ja/guides/{name}/", status=404)


def test_an_unchanged_guide_is_not_sent_again(client: Client) -> None:
    tag = client.get("/ja/guides/thunderbird/")["ETag"]
    again = client.get("/ja/guides/thunderbird/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_guide_only_answers_reading(client: Client) -> None:
    assert client.post("/ja/guides/thunderbird/").status_code == 405


def test_a_guide_asks_nothing_of_other_sites(visitor: Reader) -> None:
    page = visitor.open("/ja/guides/thunderbird/")
    loaded = [
        tag.get("src") or tag.get("href") for tag in page.all("script, img, link[rel=stylesheet], link[rel=icon]")
    ]
    assert loaded
    assert all(re.match(r"/static/|data:", str(address)) for address in loaded)
