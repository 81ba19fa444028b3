"""Reading messages in all the dresses they come in."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.mail.message import Address, parse
from tests.simulator.letter import letter


def test_an_encoded_word_in_iso_2022_jp_is_read() -> None:
    raw = (
        b"From: =?ISO-2022-JP?B?GyRCPVVGfBsoQg==?= <kasuga@example.org>\r\n"
        b"Subject: =?ISO-2022-JP?B?GyRCMl1CahsoQg==?= 3\r\n"
        b"Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n"
    ) + "課題を提出してください。".encode("iso2022_jp")
    content = parse(raw)
    assert content.subject == "課題 3"
    assert content.sender == Address("春日", "kasuga@example.org")
    assert content.text == "課題を提出してください。"


def test_a_subject_without_any_declaration_is_read() -> None:
    assert parse(b"Subject: " + "課題".encode("iso2022_jp") + b"\r\n\r\n").subject == "課題"
    assert parse("Subject: 課題\r\n\r\n".encode()).subject == "課題"


def test_an_html_message_has_text_too() -> None:
    raw = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>課題 <b>3</b></p>".encode()
    content = parse(raw)
    assert "課題" in content.text
    assert "<" not in content.text
    assert content.html.startswith("<p>")


def test_a_comma_in_a_name_does_not_split_it() -> None:
    content = parse(letter(to='"Yamada, Taro" <a@example.com>, b@example.com'))
    assert content.to == (Address("Yamada, Taro", "a@example.com"), Address("", "b@example.com"))


def test_an_attachment_is_named_and_an_inline_picture_is_none() -> None:
    raw = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhi\r\n"
        b"--b\r\nContent-Type: image/png\r\nContent-Disposition: inline; filename=a.png\r\nContent-ID: <a>\r\n\r\nx\r\n"
        b"--b\r\nContent-Type: application/pdf\r\n"
        b"Content-Disposition: attachment; filename*=UTF-8''%E8%AA%B2%E9%A1%8C.pdf\r\n\r\nx\r\n--b--\r\n"
    )
    content = parse(raw)
    assert [(it.name, it.inline) for it in content.attachments] == [("a.png", True), ("課題.pdf", False)]
    assert content.has_attachments


def test_nothing_at_all_is_a_message() -> None:
    content = parse(b"")
    assert (content.subject, content.text, content.sender) == ("", "", Address("", ""))


@settings(max_examples=150, deadline=None)
@given(raw=st.binary(max_size=300))
def test_any_bytes_are_a_message(raw: bytes) -> None:
    assert parse(raw).size == len(raw)


HEADERS = st.sampled_from(["From", "To", "Subject", "Content-Type", "Content-Disposition", "Reply-To", "Date"])


@settings(max_examples=150, deadline=None)
@given(headers=st.lists(st.tuples(HEADERS, st.text(max_size=60)), max_size=4), body=st.text(max_size=40))
def test_any_headers_are_read(headers: list[tuple[str, str]], body: str) -> None:
    lines = [f"{name}: {value}" for name, value in headers]
    content = parse("\n".join([*lines, "", body]).encode("utf-8", "surrogatepass"))
    assert all(isinstance(text.encode(), bytes) for text in (content.subject, content.preview, content.sender.name))
