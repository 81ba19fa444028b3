"""Mail that nobody should be able to write."""

from hypothesis import strategies as st

HEAVY = [
    b"",
    b"\xff\xfe\x00" * 40,
    b"From: " + b"(" * 50_000 + b"\r\n\r\n",
    b"To: " + b"<" * 50_000 + b"\r\n\r\n",
    b"Content-Type: text/plain" + b"; a=b" * 20_000 + b"\r\n\r\n",
    b"Content-Type: text/plain; charset*=utf-8''x; charset*0*=a\x00''%ff\r\n\r\n\xff",
    b"Content-Type: text/html\r\n\r\n" + b"<!-- <" * 50_000,
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (it, it) for it in range(2000)),
    b"Content-Type: message/rfc822\r\n\r\n" * 2000,
]


HOSTILE = [
    b"",
    b"\xff\xfe\x00" * 40,
    b"From: \xff@\xff\r\nSubject: \xff\r\n\r\n\xff",
    b"From: a@b\nSubject: =?utf-8?q?=0d=0aBcc:_x?=\nMessage-ID: <a\x00\xff>\n\n",
    b"Content-Type: multipart/mixed\r\n\r\nno boundary",
    b"Content-Type: message/rfc822\r\n\r\n" * 30,
    b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xe8\xaa\xb2",
    "From: 春日 <春日@例え.jp>\r\nTo: x\r\n\r\n本文".encode(),
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\n\r\n\xff\r\n--b--",
    b"Content-Type: x/y\x00z; name=a\r\n\r\nx",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: x/y\r\n z\xff; name=a\r\n\r\nx\r\n--b--",
]


PIECES = [
    "\r\n", "\r\n\r\n", " ", "\t", ";", ",", ":", '"', "(", ")", "<", ">", "@", "\\", "\x00", "\x1b$B", "\xff", "a",
    "From: ", "To: ", "Subject: ", "Date: ", "Reply-To: ", "Return-Path: <>", "Keywords: ", "Importance: high",
    "Content-Type: ", "Content-Disposition: ", "Content-Transfer-Encoding: ", "Content-ID: ", "MIME-Version: 1.0",
    "multipart/mixed", "multipart/report", "multipart/signed", "text/plain", "text/html", "message/rfc822",
    "message/delivery-status", "text/calendar", "; boundary=b", "; charset=", "; name*0*=", "; filename*=", "''%ff",
    "--b", "--b--", "base64", "quoted-printable", "x-uuencode", "utf-8", "iso-2022-jp", "idna", "utf-7", "undefined",
    "=?utf-8?b?", "=?iso-2022-jp?q?", "?=", "a@example.org", "課題", "<!--", "<script>", "Action: failed",
]  # fmt: skip
ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=40).map(lambda pieces: "".join(pieces).encode("utf-8")),
    st.lists(st.sampled_from(PIECES), max_size=40).map(lambda pieces: "".join(pieces).encode("cp932", "replace")),
)
