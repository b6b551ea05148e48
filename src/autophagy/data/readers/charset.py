"""The encoding of a page: what its mark, its head or its bytes say, read as browsers read the name."""

import codecs
import re

from .encodings import MARKS, NAMES, decode

# the encoding that a page or an XML file says of itself
DECLARED = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
# Names that pages use for more than they say. Ref: WHATWG, Encoding Standard, section 4.2.
LABELS = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "ascii", "us-ascii", "ansi"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "cp874"),
    **dict.fromkeys(("utf-16", "utf-16le", "utf-16be", "utf8", "unicode"), "utf-8"),
    **dict.fromkeys(("x-mac-roman", "macintosh"), "mac_roman"),
    "x-mac-cyrillic": "mac_cyrillic",
}
HEAD = 4096  # bytes in which the name may stand


def read_charset(data: bytes) -> tuple[str, list[str]]:
    """The text of a page, and a sentence where its encoding was not the one that it names, or was guessed.

    Bytes that are valid UTF-8 and not ASCII are UTF-8 whatever the page says, for that is no accident.
    """
    found = DECLARED.search(data[:HEAD])
    return in_charset(data, (found[1] or found[2]).decode() if found else "")


def in_charset(data: bytes, label: str) -> tuple[str, list[str]]:
    """The same of bytes whose encoding is named elsewhere, as in the head of a letter; the `label` may be empty."""
    label = label.lower()
    name = LABELS.get(label, label)
    if any(data.startswith(mark) for mark, _ in MARKS) or not name:
        return decode(data)
    try:
        known = codecs.lookup(name).name
        b" ".decode(known)  # which the codecs refuse that make no text, such as base64
    except (LookupError, ValueError):
        text, notes = decode(data)
        return text, [f"It names the encoding {label}, which there is not.", *notes]
    if known != "utf-8" and not data.isascii() and is_utf8(data):
        return data.decode(), [f"It names the encoding {label} and was read as UTF-8, which it is."]
    text = data.decode(known, errors="replace")
    if known == "utf-8" and "\N{REPLACEMENT CHARACTER}" in text:
        text, notes = decode(data)
        return text, notes or ["Some of its bytes are no UTF-8."]
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    return text, [f"{lost:,} of its bytes are no {NAMES.get(known, label)}."] if lost else []


def is_utf8(data: bytes) -> bool:
    """Whether bytes are valid UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
