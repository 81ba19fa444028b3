"""Messages in all the dresses they come in, as Graph shows them."""

from __future__ import annotations

from base64 import b64encode

import pytest

from tests.letter import letter
from tests.mail_owner import Owner
from tests.simulator_control import Simulator


@pytest.fixture
def owner(simulator: Simulator) -> Owner:
    return Owner(simulator, "helpdesk")


def word(raw: bytes, charset: str) -> str:
    return f"=?{charset}?B?{b64encode(raw).decode()}?="


ROUND_ONE = b"\x1b$B-!\x1b(B"  # ① as NEC put it into ISO-2022-JP
SUBJECTS: list[tuple[bytes | str, str]] = [
    (word("課題".encode("iso2022_jp"), "ISO-2022-JP") + " 3", "課題 3"),
    (word(ROUND_ONE, "iso-2022-jp"), "①"),
    (word(b"\x1b(I6@2\x1b(B", "ISO-2022-JP"), "ｶﾀｲ"),
    (word("㈱髙橋①".encode("cp932"), "Shift_JIS"), "㈱髙橋①"),
    (word("課題".encode("euc_jp"), "EUC-JP"), "課題"),
    (word("Prüfung €".encode("cp1252"), "iso-8859-1"), "Prüfung €"),
    ("=?utf-8?q?=E8=AA=B2=E9=A1=8C_3?=", "課題 3"),
    ("=?UTF-8*ja?Q?=E8=AA=B2?=", "課"),
    # one character broken between two words, which most mailers manage
    (word("課題".encode()[:4], "utf-8") + "\r\n " + word("課題".encode()[4:], "utf-8"), "課題"),
    (word("課題".encode(), "x-nonsense"), "課題"),
    ("Re: =?utf-8?B?6Kqy6aGM?= (2)", "Re: 課題 (2)"),
    ("課題".encode(), "課題"),
    ("課題".encode("cp932"), "課題"),
    ("課題".encode("euc_jp"), "課題"),
    ("課題".encode("iso2022_jp"), "課題"),
    (b"caf\xe9", "café"),
    ("a\r\n b", "a b"),
    ("=?utf-8?B?broken", "=?utf-8?B?broken"),
]


@pytest.mark.parametrize(("written", "subject"), SUBJECTS, ids=range(len(SUBJECTS)))
def test_a_subject_is_read_however_it_is_written(owner: Owner, written: bytes | str, subject: str) -> None:
    raw = written if isinstance(written, bytes) else written.encode()
    assert owner.read(b"From: a@example.org\r\nSubject: " + raw + b"\r\n\r\n")["subject"] == subject


SENDERS: list[tuple[bytes, str, str]] = [
    (b"plain@example.org", "plain@example.org", "plain@example.org"),
    (b'"Yamada, Taro" <a@example.org>', "Yamada, Taro", "a@example.org"),
    (b"=?ISO-2022-JP?B?GyRCPVVGfBsoQg==?= <kasuga@example.org>", "春日", "kasuga@example.org"),
    (b'"=?UTF-8?B?5pil5pel?=" <kasuga@example.org>', "春日", "kasuga@example.org"),
    ("春日 <kasuga@例え.jp>".encode(), "春日", "kasuga@例え.jp"),
    ("春日 <kasuga@example.org>".encode("cp932"), "春日", "kasuga@example.org"),
    (b"a@example.org (Kasuga)", "Kasuga", "a@example.org"),
    (b"Kasuga <a@example.org", "Kasuga", "a@example.org"),
    (b"Two <a@example.org>, b@example.org", "Two", "a@example.org"),
]


@pytest.mark.parametrize(("written", "name", "address"), SENDERS, ids=range(len(SENDERS)))
def test_a_sender_is_read_however_it_is_written(owner: Owner, written: bytes, name: str, address: str) -> None:
    found = owner.read(b"Subject: x\r\nFrom: " + written + b"\r\n\r\n")["from"]["emailAddress"]
    assert (found["address"], found["name"] in (name, address)) == (address, True)


def test_everybody_a_message_was_sent_to_is_read(owner: Owner) -> None:
    raw = b"To: Group: a@example.org, b@example.org;, c@example.org\r\nTo: d@example.org\r\nCc: e@example.org\r\n\r\n"
    row = owner.read(raw)
    to = [person["emailAddress"]["address"].partition("@")[0] for person in row["toRecipients"]]
    assert "".join(to) == "abcd"
    assert len(row["ccRecipients"]) == 1


def body(content_type: str, raw: bytes, encoding: str = "8bit") -> bytes:
    return f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + raw


BODIES: list[tuple[bytes, str]] = [
    (body("text/plain; charset=ISO-2022-JP", "課題①".encode("cp932"), "7bit"), "課題①"),
    (body("text/plain; charset=ISO-2022-JP", "課題".encode("iso2022_jp") + ROUND_ONE, "7bit"), "課題①"),
    (body("text/plain; charset=Shift_JIS", "髙橋～".encode("cp932")), "髙橋～"),
    (body("text/plain; charset=nonsense", "課題".encode()), "課題"),
    (body("text/plain", "課題".encode("cp932")), "課題"),
    (body("text/plain; charset=us-ascii", "課題".encode()), "課題"),
    (body("text/plain; charset=utf-8", b64encode("課題".encode()), "base64"), "課題"),
    (body("text/plain; charset=utf-8", b"=E8=AA=B2", "quoted-printable"), "課"),
    (body("text/plain; charset=utf-8", b"\xff\xe8\xaa\xb2"), "\ufffd課"),
    (body("application/pdf", b"%PDF"), ""),
]


@pytest.mark.parametrize(("raw", "text"), BODIES, ids=range(len(BODIES)))
def test_a_body_is_read_in_the_charset_it_has(owner: Owner, raw: bytes, text: str) -> None:
    assert owner.read(b"Subject: x\r\n" + raw)["body"]["content"] == text


def multipart(kind: str, *parts: bytes, boundary: str = "b", more: str = "") -> bytes:
    line = f"\r\n--{boundary}".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"{more}\r\n'.encode()
    return head + b"".join(line + b"\r\n" + part for part in parts) + line + b"--\r\n"


PLAIN = b"Content-Type: text/plain\r\n\r\nhi"
HTML = body("text/html; charset=utf-8", "<p>課題 <b>3</b></p>".encode())
PICTURE = b"Content-Type: image/png; name=a.png\r\nContent-ID: <a>\r\nContent-Disposition: inline\r\n\r\nx"


def attached(disposition: str | bytes, content_type: str = "application/pdf") -> bytes:
    said = disposition if isinstance(disposition, bytes) else disposition.encode()
    return f"Content-Type: {content_type}\r\nContent-Disposition: ".encode() + said + b"\r\n\r\nx"


def test_nested_parts_are_one_body_and_the_files_below(owner: Owner) -> None:
    related = multipart("related", HTML, PICTURE, boundary="r")
    alternative = multipart("alternative", PLAIN, related, boundary="a")
    files = multipart("mixed", attached("attachment; filename=1.pdf"), attached("attachment; filename=2.pdf"))
    row = owner.read(multipart("mixed", alternative, files, boundary="m"), prefer="html")
    assert row["body"] == {"contentType": "html", "content": "<p>課題 <b>3</b></p>"}
    assert row["files"] == ["a.png", "1.pdf", "2.pdf"]
    assert [it["isInline"] for it in row["attachments"]] == [True, False, False]
    assert row["hasAttachments"] is True


def test_a_picture_that_the_body_shows_is_not_an_attachment(owner: Owner) -> None:
    assert owner.read(multipart("related", HTML, PICTURE))["hasAttachments"] is False


NAMES: list[tuple[str | bytes, str]] = [
    ("attachment; filename*=UTF-8''%E8%AA%B2%E9%A1%8C.pdf", "課題.pdf"),
    ("attachment; filename*=iso-2022-jp''%1B$B2%5DBj%1B%28B.pdf", "課題.pdf"),
    ("attachment; filename*=shift_jis''%87%40.pdf", "①.pdf"),
    ("attachment; filename*0*=UTF-8''%E8%AA%B2;\r\n filename*1*=%E9%A1%8C;\r\n filename*2=.pdf", "課題.pdf"),
    ('attachment; filename="=?ISO-2022-JP?B?GyRCMl1CahsoQi5wZGY=?="', "課題.pdf"),
    ('attachment; filename="=?UTF-8?B?6Kqy?=\r\n =?UTF-8?B?6aGMLnBkZg==?="', "課題.pdf"),
    ("attachment; filename=課題.pdf", "課題.pdf"),
    (b'attachment; filename="' + "課題.pdf".encode("cp932") + b'"', "課題.pdf"),
    ("attachment; filename=plain.pdf; filename*=UTF-8''%E8%AA%B2.pdf", "課.pdf"),
    ("attachment", ""),
]


@pytest.mark.parametrize(("disposition", "name"), NAMES, ids=range(len(NAMES)))
def test_a_file_has_the_name_it_was_given(owner: Owner, disposition: str | bytes, name: str) -> None:
    assert owner.read(multipart("mixed", PLAIN, attached(disposition)))["files"] == [name]


ALONE: list[tuple[bytes, int]] = [
    (PLAIN, 0),
    (HTML, 0),
    (attached("attachment; filename=a.pdf"), 1),
    (attached("attachment; filename=a.txt", "text/plain"), 1),
    (b"Content-Type: audio/wav\r\n\r\nx", 1),
    (b"Content-Type: text/calendar; method=REQUEST\r\n\r\nx", 0),
    (b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nx", 1),
    (multipart("signed", PLAIN, b"Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx"), 0),
    (multipart("mixed", PLAIN, b"Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\n"), 1),
    (multipart("report", PLAIN, b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n"), 0),
]


@pytest.mark.parametrize(("raw", "count"), ALONE, ids=range(len(ALONE)))
def test_what_counts_as_an_attachment(owner: Owner, raw: bytes, count: int) -> None:
    row = owner.read(raw)
    assert (len(row["attachments"]), row["hasAttachments"]) == (count, bool(count))


def test_a_message_inside_the_message_stays_closed(owner: Owner) -> None:
    inner = b"Content-Type: message/rfc822\r\n\r\n" + multipart("mixed", PLAIN, attached("attachment; filename=a.pdf"))
    [row] = owner.read(multipart("mixed", PLAIN, inner, boundary="o"))["attachments"]
    assert row["@odata.type"] == "#microsoft.graph.itemAttachment"


def test_every_header_is_there_in_its_order(owner: Owner) -> None:
    headers = owner.read(letter(List_Id="研究室 <lab-ml.example.ac.jp>"))["internetMessageHeaders"]
    assert [row["name"] for row in headers[:4]] == ["From", "To", "Subject", "List-Id"]
    assert headers[3]["value"] == "研究室 <lab-ml.example.ac.jp>"


def test_35_megabytes_arrive_whole(owner: Owner) -> None:
    file = multipart(
        "mixed", PLAIN, attached("attachment; filename=a.pdf").replace(b"\r\nx", b"\r\n" + b"x" * 35_000_000)
    )
    assert owner.read(file)["attachments"][0]["size"] == 35_000_000
