"""Bytes of a message as text: declared, declared wrongly, or not declared at all.

What Japanese mailers call Shift_JIS, ISO-2022-JP or EUC-JP holds NEC's and IBM's characters too
(①, ㈱, 髙), which Python's codecs of these names refuse and its cp932 knows.
"""

import re

WINDOWS = "cp932"
NAMES = {
    "shift_jis": WINDOWS,
    "shift-jis": WINDOWS,
    "sjis": WINDOWS,
    "x-sjis": WINDOWS,
    "ms_kanji": WINDOWS,
    "windows-31j": WINDOWS,
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "",
    "ascii": "",
    "unknown-8bit": "",
    "x-unknown": "",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
}
JIS = re.compile(r"(csiso2022jp|iso[-_]?2022[-_]?jp.*|cp5022[01])", re.IGNORECASE)
EUC = re.compile(r"(x-)?(euc[-_]?jp.*|cp51932)", re.IGNORECASE)
ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\([DOQ]|\([BIJH])")
TWO_BYTES = (b"$@", b"$B")
KANA = b"(I"


def decode(raw: bytes, charset: str = "") -> str:
    """The text; what cannot be read becomes U+FFFD, nothing is raised."""
    name = charset.strip().strip("\"'").lower()
    if JIS.fullmatch(name):
        return replace_surrogates(decode_jis(raw)) if raw.isascii() else guess_text(raw)
    if EUC.fullmatch(name):
        return replace_surrogates(decode_euc(raw))
    codec = NAMES.get(name, name)
    if not codec:
        return guess_text(raw)
    try:
        return replace_surrogates(raw.decode(codec, "replace"))
    except (LookupError, ValueError):
        return guess_text(raw)


def guess_text(raw: bytes) -> str:
    """Without a charset, or with one that nobody knows."""
    if b"\x1b$" in raw:
        return replace_surrogates(decode_jis(raw))
    for codec in ("utf-8", "euc_jp", WINDOWS):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp1252", "replace")


def replace_surrogates(text: str) -> str:
    """Without lone surrogates, which some codecs let through and JSON does not."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def decode_jis(raw: bytes) -> str:
    """RFC 1468, with half-width kana and the characters of cp932."""
    pieces = ESCAPE.split(raw)
    made = [pieces[0].decode("ascii", "replace")]
    for escape, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        made.append(_jis_piece(escape, piece))
    return "".join(made)


def _jis_piece(escape: bytes, piece: bytes) -> str:
    if escape in TWO_BYTES:
        return decode_euc(bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else byte for byte in piece))
    if escape == KANA:
        return bytes(byte | 0x80 if 0x21 <= byte <= 0x5F else byte for byte in piece).decode(WINDOWS, "replace")
    if escape.startswith(b"$("):
        return (b"\x1b" + escape + piece + b"\x1b(B").decode("iso2022_jp_3", "replace")
    return piece.decode("ascii", "replace")


def decode_euc(raw: bytes) -> str:
    """Python's own codec where it can; else by way of cp932."""
    try:
        return raw.decode("euc_jp")
    except UnicodeDecodeError:
        return _euc_to_windows(raw).decode(WINDOWS, "replace")


def _euc_to_windows(raw: bytes) -> bytes:
    """Row and cell of JIS X 0208 in the other arrangement of the same table."""
    made = bytearray()
    at = 0
    while at < len(raw):
        pair = raw[at : at + 2]
        if len(pair) == 2 and all(0xA1 <= byte <= 0xFE for byte in pair):
            made += _windows_pair(pair[0] - 0xA1, pair[1] - 0xA1)
            at += 2
        else:
            made.append(raw[at])
            at += 1
    return bytes(made)


def _windows_pair(row: int, cell: int) -> bytes:
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + (0x9F if row % 2 else 0x40)
    return bytes((lead, trail + (not row % 2 and trail >= 0x7F)))
