"""Long encoded runs in a text: what is an encoding of something to read or to run, and what only looks like one.

No finding are: hashes (hexadecimal of 32, 40, 56, 64, 96 or 128 letters, and the sums of package locks), pictures and
fonts in data addresses, certificates and public keys, and escaped letters of other scripts, which have to be escaped. A
run counts where it decodes to ASCII text, which need not be encoded, or to an order to a model in any script, or where
it is long and as random as compressed data is, or begins as a program does.
"""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from html import unescape
from urllib.parse import unquote_to_bytes

import numpy as np

from ...core.samples import Array
from ...text.column import column
from ...text.gate import rows_with
from ..found import Place
from .candidates import lettered, signed
from .instructions import instructions

SHORT, LONG = 48, 240  # letters of a run that may hide a sentence, and of one that may hide a program
HASH = re.compile("(?:0x)?[0-9A-Fa-f]+")  # hexadecimal digits alone, which are a digest and no message
BASE32 = re.compile(r"[A-Z2-7\s]+={0,2}")  # of whose letters base64 has these and others
HASHES = frozenset((32, 40, 56, 64, 96, 128))
MAGIC = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"MZ": "a Windows program", b"\x7fELF": "a Linux program"}
# what may stand before a run that is no payload: a picture or a font, a sum, a certificate or a key
LAWFUL = re.compile(
    r"(?:data:(?:image|font|audio|video|application/(?:font|x-font|pdf|octet))[^,\s]{0,60},|sha\d+[-:=]|h1:|ssh-\w+ |"
    r"-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|PGP)[^-]*-----\s*(?:[\w: .=/+-]*\n)*)$"
)
START = r"[A-Za-z0-9+/][A-Za-z0-9+/_-]{47}"  # of base64: what may follow takes RE2 five times as long
RUNS = {
    "hexadecimal": r"(?:0x)?[0-9A-Fa-f]{48,}|(?:[0-9A-Fa-f]{2}[ :,]){24,}",
    "percent escapes": r"(?:%[0-9A-Fa-f]{2}){12,}",
    "byte escapes": r"(?:\\x[0-9A-Fa-f]{2}){12,}",
    "code-point escapes": r"(?:\\u[0-9A-Fa-f]{4}){12,}",
    "character references": r"(?:&#(?:[0-9]{2,6}|[xX][0-9A-Fa-f]{2,6});){12,}",
    "base64": START + r"[A-Za-z0-9+/_-]*(?:\r?\n[A-Za-z0-9+/_-]{4,76})*={0,2}",
}
GATE = (  # for RE2: the start of a run of any kind but letters alone, without counts, which make automata large
    r"[0-9A-Fa-f]{2}[ :,][0-9A-Fa-f]{2}[ :,][0-9A-Fa-f]{2}[ :,][0-9A-Fa-f]{2}[ :,][0-9A-Fa-f]{2}[ :,]|"
    r"%[0-9A-Fa-f]{2}%[0-9A-Fa-f]{2}%|\\[xu][0-9A-Fa-f]{2,4}\\[xu]|&#[xX0-9A-Fa-f]+;&#"
)
BINARY = ("base64", "base32", "hexadecimal", "byte escapes")  # kinds that are made of bytes, whatever these stand for
PRINTED = bytes([*range(32, 127), *b"\n\r\t"])
WORDS = bytes(byte for byte in range(128) if chr(byte).isalpha() or byte == 32)


def encoded(texts: Array | Sequence[str]) -> dict[int, list[Place]]:
    """By the number of a text its encoded runs that spell something, or may be a program, with what they spell."""
    whole = column(texts)
    rows = signed(whole)
    passed = sorted({*rows[rows_with(whole.take(rows), GATE)].tolist(), *lettered(whole)})
    left = [str(texts[row]) for row in passed]
    some = column(left)
    found: dict[int, list[Place]] = {}
    for kind, pattern in RUNS.items():
        exact = re.compile(pattern)
        for number in rows_with(some, START if kind == "base64" else pattern):
            places = found.setdefault(passed[number], [])
            for match in exact.finditer(left[number]):
                apart = all(match.end() <= place.start or place.end <= match.start() for place in places)
                code = "base32" if kind == "base64" and BASE32.fullmatch(match[0]) else kind
                if apart and not _is_lawful(kind, match) and (said := _said(code, match[0])):
                    places.append(Place(*match.span(), f"{len(match[0])} characters of {code} {said}"))
    return {row: sorted(places) for row, places in sorted(found.items()) if places}


def _is_lawful(kind: str, match: re.Match[str]) -> bool:
    """Whether a run is a hash, or stands behind what says that it is a picture, a sum, a certificate or a key."""
    hashed = (
        kind in ("hexadecimal", "base64") and HASH.fullmatch(match[0]) and len(match[0].removeprefix("0x")) in HASHES
    )
    return bool(hashed or LAWFUL.search(match.string[max(0, match.start() - 400) : match.start()]))


def _said(kind: str, run: str) -> str:
    """What a run holds; "" where it is no payload."""
    data = _decoded(kind, run)
    words = _readable(data) or (_abroad(data) if kind in BINARY else "")
    if words and not ("@" in words and kind == "character references"):  # an address hidden from harvesters
        return f'that spell "{words[:120]}"'
    magic = next((name for start, name in MAGIC.items() if data.startswith(start) and len(run) >= SHORT * 2), "")
    if magic:
        return f"that hold {magic}"
    escaped = kind in ("percent escapes", "code-point escapes", "character references")
    return "that hold random bytes" if not escaped and len(run) >= LONG and _is_random(data) else ""


def _decoded(kind: str, run: str) -> bytes:
    try:
        if kind == "hexadecimal":
            digits = re.sub("[ :,]", "", run.removeprefix("0x"))
            return bytes.fromhex(digits[: len(digits) // 2 * 2])
        if kind == "percent escapes":
            return unquote_to_bytes(run)
        if kind == "byte escapes":
            return bytes.fromhex(run.replace("\\x", ""))
        if kind == "code-point escapes":
            return bytes.fromhex(run.replace("\\u", "")).decode("utf-16-be", "replace").encode()
        if kind == "character references":
            return unescape(run).encode("utf-8", "replace")
        if kind == "base32":
            plain = re.sub(r"[\s=]", "", run)
            return base64.b32decode(plain[: len(plain) // 8 * 8])
        plain = re.sub(r"\s", "", run).rstrip("=").translate(str.maketrans("-_", "+/"))
        return base64.b64decode(plain[: len(plain) // 4 * 4])
    except (ValueError, binascii.Error):
        return b""


def _readable(data: bytes) -> str:
    """The bytes as text on one line, "" unless nearly all of them are printed ASCII and most of these are letters."""
    if len(data) < 12:
        return ""
    printed = (len(data) - len(data.translate(None, PRINTED))) / len(data)
    letters = (len(data) - len(data.translate(None, WORDS))) / len(data)
    return " ".join(data.decode("ascii", "replace").split()) if printed > 0.97 and letters > 0.7 else ""


def _abroad(data: bytes) -> str:
    """Bytes as text of two bytes a letter, as PowerShell takes it, or as text of another script that gives orders.

    A text of another script alone is no finding: mail has to encode it.
    """
    if data and not any(data[1::2]):
        return _readable(data[::2])
    with suppress(UnicodeDecodeError):
        text = " ".join(data.decode().split())
        return text if not text.isascii() and instructions([text]) else ""
    return ""


def _is_random(data: bytes) -> bool:
    """Whether the bytes are spread as those of compressed data are: 85 % of the bits that so many bytes can have."""
    counts = np.array(list(Counter(data).values())) / max(len(data), 1)
    most = np.log2(min(len(data), 256))
    return bool(-(counts * np.log2(counts)).sum() > 0.85 * most)
