"""Bytes -> text: in the encoding that the file says, or must have, or most likely has."""

import codecs
import re
import unicodedata

UTF8 = "utf-8"
MARKS = (  # the longer ones first, for that of UTF-32 opens as that of UTF-16 does
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WESTERN = ("cp1252", "iso8859_15", "mac_roman", "cp850")  # one byte a character, told apart by what may stand in a word
NAMES = {
    "cp1252": "Windows-1252",
    "iso8859_15": "ISO-8859-15",
    "mac_roman": "Mac Roman",
    "cp850": "DOS code page 850",
    "iso2022_jp": "ISO-2022-JP",
    "utf-8-sig": "UTF-8",
}
LETTERS = frozenset("äöüßéèêëàâçîïôùûœæøåñáíóúìòãõýÄÖÜÉÈÊËÀÂÇÎÏÔÙÛŒÆØÅÑÁÍÓÚÌÒÃÕ")
SIGNS = frozenset("“”‘’„‚–—…€£§°²³¹½¼¾«»¿¡·•©®™ºª´¨×±µ\xa0")
SHIFTED = re.compile(rb"\x1b(?:\$[@B]|\([JI])")  # how Japanese mail, all of it ASCII, turns to its letters
RICH = b"{\\rtf"  # how rich text begins, which is words among commands
HALVES = re.compile(rb"\xed[\xa0-\xbf]")
SAMPLE = 200_000  # bytes that a guess looks at
TAR, TAR_AT = b"ustar", 257  # the mark of a tar archive (POSIX.1-1988), and where it stands
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # signs that no text has: a file with many is binary
ESCAPED = re.compile("[\udc80-\udcff]")  # what bytes that are no text became
LOST = "\N{REPLACEMENT CHARACTER}"  # what stands for bytes that are no text
BINARY = 0.1  # a text has fewer control characters than this share, or three times it where all else is valid
SEVERAL = 16  # and fewer than so many
CLEAR = 0.9  # of the letters that are not ASCII stand where they may
FEW = 4  # bytes that are no UTF-8 tell nothing
MANY = 16  # bytes that are not ASCII tell a language by which of them follow which
HIGH = bytes(range(128, 256))


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text, and a sentence where its encoding was guessed or bytes in it were none.

    UTF-16 and UTF-32 are known by their mark, or by zeros at every second byte or more. What is not valid UTF-8 is
    read as UTF-8 all the same where most of what is not ASCII is valid, and `is_broken` knows the rest; else its
    encoding is guessed. Zeros in a text are taken out.
    """
    name = encoding(data)
    if name == UTF8 and _is_paired(data):
        told = "Characters in two halves, as Java writes them, were put together."
        return whole(data.decode(UTF8, "surrogatepass")), [told]
    text = data.decode(name, errors="surrogateescape" if name.startswith("utf-8") else "replace")
    notes = [] if name.startswith("utf") else [f"It is no UTF-8 and was read as {NAMES.get(name, name)}, a guess."]
    if "\0" in text:
        notes.append(f"Zero bytes were taken out of the text: {text.count(chr(0)):,}.")
        text = text.replace("\0", "")
    return text, notes


def encoding(data: bytes) -> str:
    """The name by which Python knows the encoding of a text."""
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    if marked:
        return marked
    wide = _wide(data[:SAMPLE])
    if wide:
        return wide
    if SHIFTED.search(data) and data.isascii() and _decodes(data, "iso2022_jp"):
        return "iso2022_jp"
    try:
        data.decode()
    except UnicodeDecodeError:
        return UTF8 if _is_paired(data) else _guessed(data)
    return UTF8


def _is_paired(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for halves of characters, which it does not allow."""
    if not HALVES.search(data):
        return False
    try:
        data.decode(UTF8, "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any encoding: zeros in what is no UTF-8, or too many control characters.

    So is a tar archive, though of texts it has few.
    """
    head = data[:SAMPLE]
    if head[TAR_AT:].startswith(TAR):
        return True
    name = encoding(head)
    if not name.startswith("utf") and b"\0" in head:
        return True
    text = head.decode(name, errors="replace")
    controls, broken = len(CONTROL.findall(text)), LOST in text or not name.startswith("utf")
    return controls >= SEVERAL and controls > (BINARY if broken else 3 * BINARY) * len(text)


def is_broken(text: str) -> bool:
    """Whether a text that was decoded holds bytes that are none."""
    return not text.isascii() and ESCAPED.search(text) is not None


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a character that stands alone, which no file can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def composed(text: str) -> str:
    """The text in Unicode's composed form (NFC), in which a letter with its mark is one character."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, by where its zeros stand."""
    zeros = [head[place::4].count(0) / max(1, len(head[place::4])) for place in range(4)]
    high = "".join("0" if share > 0.6 else "x" for share in zeros)
    layouts = {
        "x000": "utf-32-le",
        "xx00": "utf-32-le",
        "000x": "utf-32-be",
        "00xx": "utf-32-be",
        "x0x0": "utf-16-le",
        "0x0x": "utf-16-be",
    }
    if high in layouts or len(head) < 4 or not any(zeros):
        return layouts.get(high)
    # of other scripts only blanks, digits and line ends have a zero
    sides = {"utf-16-le": zeros[0] + zeros[2], "utf-16-be": zeros[1] + zeros[3]}
    name = min(sides, key=lambda side: sides[side])
    return name if not sides[name] and not _decodes(head, UTF8) and _decodes(head, name) else None


def _decodes(head: bytes, name: str) -> bool:
    """Whether the bytes are valid, but for a character that the end cuts in two."""
    try:
        codecs.getincrementaldecoder(name)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(data: bytes) -> str:
    text = data.decode(errors="replace")
    bad, good = text.count(LOST), sum(1 for letter in text if letter > "\x7f" and letter != LOST)
    if good >= bad:
        return UTF8
    lines = data.splitlines()
    head = b"\n".join(line for line in lines if not line.isascii())[:SAMPLE]
    fit = {name: _plausible(head, name) for name in WESTERN}
    likely = max(WESTERN, key=lambda name: fit[name])
    western = fit[likely] > CLEAR and bool(LETTERS.union("“”‘’€£°").intersection(head.decode(likely)))
    if western and len(head) - len(head.translate(None, HIGH)) < MANY:
        return likely
    if bad < FEW:
        return UTF8
    import chardet

    found = chardet.detect(head)["encoding"]
    name = codecs.lookup(found).name if found else UTF8
    if b"a".decode(name, "replace") != "a" and any(line.strip() and line.isascii() for line in lines):
        return UTF8  # EBCDIC has no line of ASCII
    name = "cp1252" if name == "iso8859-1" else name  # which has more, so that browsers read the one as the other
    return likely if western and not _is_latin(head.decode(name, errors="replace")) else name


def _is_latin(text: str) -> bool:
    """Whether most letters that are not ASCII are Latin ones."""
    letters = [letter for letter in text if letter > "\x7f" and letter.isalpha()]
    return 2 * sum(letter < "\u0250" or "\u1e00" <= letter < "\u1f00" for letter in letters) > len(letters)


def _plausible(data: bytes, name: str) -> float:
    """The share of what is not ASCII that could stand where it stands in a Western language."""
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return 0.0
    places = [place for place, letter in enumerate(text) if letter > "\x7f"]
    padded = f" {text} "
    return sum(_fits(*padded[place : place + 3]) for place in places) / max(1, len(places))


def _fits(before: str, letter: str, behind: str) -> bool:
    if letter in SIGNS:
        return not (before.isalpha() and behind.isalpha()) or letter in "’·"
    alone = before <= "\x7f" or behind <= "\x7f"  # a word of such letters alone is of another script
    return letter in LETTERS and alone and not (letter.isupper() and before.islower())
