"""PDFs: their title and the text of their pages, by PDFium, which Chrome shows them with."""

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any

from ...core.errors import Unreadable, need
from ...text.plural import plural
from .html import Page
from .layout import Word, arranged, runs_left
from .lines import continued, joined, without_running_heads
from .notes import clip

PASSWORD = 4  # PDFium's FPDF_ERR_PASSWORD
STRANGE = 0.2  # of the letters that are no letters, from which on a font does not say what it shows
LEVEL = 0.1  # of a quarter turn, up to which a scanned page may stand askew
LOST = "\ufffd"
ODD = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd"  # what stands for letters that are not known
BESIDE = re.compile(rf"(?<=[^\W\d_])[{ODD}]|[{ODD}](?=[^\W\d_])")  # within a word, and no bullet or arrow
ASLANT = 4  # what stands for the quarter turns of letters that run slantwise
JUMP = 0.5  # of the height of a line, beyond which a letter stands on another one


def read_pdf(data: bytes, where: str) -> Page:
    """The title and the text of a PDF, a blank line between its pages unless a sentence goes over both.

    Columns of prose are read one after the other, words that were parted at the end of a line are whole again, and
    lines that stand on top or at the foot of most pages are left out and told. Raises Unreadable where the file is
    damaged, wants a password, or holds pictures of text only.
    """
    pdfium = need("pypdfium2", "reading a PDF")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD:
            raise Unreadable(where, "needs a password", "save it without one") from error
        reason = " ".join(str(error).split()).removesuffix(".")
        raise Unreadable(where, f"cannot be read as PDF ({reason})", "it may be damaged, so save it again") from error
    with document:
        pages, broken = [], []
        for number in range(len(document)):
            try:
                pages.append(_lines(pdfium.raw, document, number))
            except pdfium.PdfiumError:
                broken.append(number + 1)
                pages.append([])
        title = " ".join((document.get_metadata_dict().get("Title") or "").split())
    if not any(pages):
        raise Unreadable(where, "holds pictures and no text", "run text recognition on it first")
    pages, notes = without_running_heads(pages)
    text = "\n".join(continued(pages))
    return Page(title, joined(text), [*_missing(pages, broken), *notes, *_strange(text)])


def _lines(raw: Any, document: Any, number: int) -> list[str]:
    """The lines of a page; the text of its forms and notes is part of it."""
    raw.FPDFPage_Flatten(document[number], raw.FLAT_NORMALDISPLAY)  # which the page shows once it is loaded again
    textpage = document[number].get_textpage()
    groups: dict[int, list[Word]] = {}
    for turn, word in _words(raw, textpage):
        groups.setdefault(turn, []).append(word)
    aslant = groups.pop(ASLANT, [])
    blocks = [arranged(words) for words in sorted(groups.values(), key=len, reverse=True)]
    blocks += [[" ".join(word.text for word in aslant)]] if aslant else []
    return [line for number, block in enumerate(blocks) for line in (["", *block] if number else block)]


def _words(raw: Any, textpage: Any) -> Iterator[tuple[int, Word]]:
    """The words with the quarter turns of their line, by the clock, and their boxes turned upright."""
    box = raw.FS_RECTF()
    held: list[tuple[str, float, float, float, float]] = []
    turn = 0
    for number in range(textpage.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(textpage, number))
        letter = "-" if letter == "\x02" else letter  # as PDFium marks a word that goes on in the next line
        letter = LOST if "\0" < letter < " " and not letter.isspace() else letter
        blank = letter.isspace() or letter in "\0\ufffe\uffff"
        if blank or not raw.FPDFText_GetLooseCharBox(textpage, number, ctypes.byref(box)):
            if held:
                yield turn, _word(held)
            held = []
            continue
        now = _turn(raw.FPDFText_GetCharAngle(textpage, number))
        place = _upright(now, box.left, box.bottom, box.right, box.top)
        if held and (now != turn or (turn != ASLANT and _is_apart(held[-1], place))):
            yield turn, _word(held)
            held = []
        turn = now
        held.append((letter, *place))
    if held:
        yield turn, _word(held)


def _turn(angle: float) -> int:
    """The quarter turns of a letter by the clock, or `ASLANT` for one between two of them, as in a watermark."""
    turns = angle / (math.pi / 2)
    return ASLANT if abs(turns - round(turns)) > LEVEL else round(turns) % 4


def _upright(turn: int, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
    """A box of a text that runs by so many quarter turns by the clock, as if it ran from left to right."""
    if turn == 1:
        return -top, left, -bottom, right
    if turn == 2:
        return -right, -top, -left, -bottom
    if turn == 3:
        return bottom, -right, top, -left
    return left, bottom, right, top


def _is_apart(before: tuple[str, float, float, float, float], place: tuple[float, float, float, float]) -> bool:
    height = before[4] - before[2]
    gap = before[1] - place[2] if runs_left(before[0]) else place[0] - before[3]
    return abs(before[2] - place[1]) > JUMP * height or not -height < gap < height


def _word(held: list[tuple[str, float, float, float, float]]) -> Word:
    letters, left, bottom, right, top = zip(*held, strict=True)
    return Word("".join(letters), min(left), min(bottom), max(right), max(top))


def _missing(pages: list[list[str]], broken: list[int]) -> list[str]:
    empty = [number for number, lines in enumerate(pages, 1) if not lines and number not in broken]
    notes = []
    for numbers, what in ((broken, "could not be read"), (empty, "came out without text")):
        if numbers:
            shown = ", ".join(map(str, numbers[:5])) + (", ..." if len(numbers) > 5 else "")
            notes.append(f"{len(numbers):,} of its {len(pages):,} pages {what}: {shown}.")
    return notes


def _strange(text: str) -> list[str]:
    """What is to be told of letters that the fonts do not name, such as ligatures of their own."""
    if len(re.findall(f"[{ODD}]", text)) > STRANGE * sum(not letter.isspace() for letter in text):
        return ["Its fonts do not say which letters they show: run text recognition on it."]
    maimed = [word for word in text.split() if BESIDE.search(word)]
    if not maimed:
        return []
    return [
        f"{plural(len(maimed), 'word')} with letters that its fonts do not name, such as {clip(maimed[0])}: "
        "run text recognition on it where they matter."
    ]
