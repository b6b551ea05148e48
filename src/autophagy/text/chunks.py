"""Chunks: documents cut into passages where their structure allows it, each with its exact place in the document."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from ..core.errors import must
from ..core.samples import Samples
from .scripts import CLUSTER, SOUTHEAST

WIDE = "⺀-鿿가-힯豈-﫿\U00020000-\U0003134f"  # scripts that are written without blanks: a character is a word
# Thai and its kin have none either: three consonants with their vowels are a word; any longer run is several words.
WORD = re.compile(rf"[{WIDE}]|(?:{CLUSTER}){{1,3}}|[^\s{WIDE}{SOUTHEAST}]{{1,24}}|[^\s]")
# a block of code, to its end or that of the text
FENCE = re.compile(r"^[ ]{0,3}(```|~~~).*?(?:^[ ]{0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
# "## Title" of Markdown, "= = Title = =" of WikiText
HEADING = re.compile(r"^[ ]{0,3}(?:(#{1,6})[ \t]+(\S.*)|(=(?:[ ]?=){0,5})[ ]?([^=\s].*=)[ ]*)$", re.MULTILINE)
BREAK = re.compile(
    r"(?P<paragraph>\n[ \t]*\n\s*)"
    r"|(?P<line>(?<=[.!?:;|])\n\s*|\n\s*(?=[-*+•|>]|\d{1,3}[.)]))"
    r"|(?P<sentence>(?<=[.!?])\s+|(?<=[.!?][\"'”’)\]])\s+|(?<=[。！？｡])|(?<=[।۔؟։།])\s*)"
    r"|(?P<wrap>\n\s*)"
)
# of a break: a chunk ends at the strongest within its length
STRENGTH = {"": 0, "wrap": 1, "sentence": 2, "line": 3, "paragraph": 4}

Count = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document: `text` is what stands there from character `start` up to `end`.

    `id` is the document's id, a # and the passage's number, from 1. `title` is the document's title and the headings
    that the passage stands under. `copies` are the ids of passages with the same text, which are not shown beside it.
    """

    id: str
    document: str
    title: str
    text: str
    start: int
    end: int
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, a line, or some words of one too long: its place, its tokens, and how the text breaks before it."""

    start: int
    end: int
    size: int
    strength: int


def words(text: str) -> int:
    """The number of words; in scripts that are written without blanks, of characters."""
    return sum(1 for _ in WORD.finditer(text))


def chunk(documents: Samples, size: int = 160, overlap: int = 0, count: Count = words) -> list[Passage]:
    """The passages of all documents, of at most `size` tokens each.

    A heading starts a passage, and no passage runs from one section into the next. Where a section is too long, it is
    cut into parts of about equal size, at a paragraph before a line, at a line before a sentence, and between words
    only within a sentence that alone is too long. `overlap` is the most tokens of a passage's end that the next one
    repeats, whole sentences. `count` gives the tokens of a text; the size of a passage is the sum over its sentences.

    `documents` are texts (n,) with the columns `document`, their ids, and `title`. Raises UsageError where the sizes
    make no sense.
    """
    must(size >= 1, "size", size, "at least 1 token")
    must(0 <= overlap < size, "overlap", overlap, f"at least 0 and below the size, {size}")
    names, titles = documents.meta["document"].tolist(), documents.meta["title"].tolist()
    passages = []
    for document, title, text in zip(names, titles, documents.x.tolist(), strict=True):
        for number, (path, start, end) in enumerate(_places(text, size, overlap, count), 1):
            heads = " > ".join(dict.fromkeys(filter(None, [title, *path])))
            passages.append(Passage(f"{document}#{number}", document, heads, text[start:end], start, end))
    return passages


def _places(text: str, size: int, overlap: int, count: Count) -> Iterator[tuple[list[str], int, int]]:
    for path, start, end in sections(text):
        for first, last in spans(list(_pieces(text, start, end, size, count)), size, overlap):
            yield path, first, last


def sections(text: str) -> Iterator[tuple[list[str], int, int]]:
    """The headings that each section stands under, the outermost first, and where it starts and ends.

    A heading with no text of its own belongs to the section of the next one.
    """
    code = [fence.span() for fence in FENCE.finditer(text)]
    marks = [mark for mark in HEADING.finditer(text) if not any(a <= mark.start() < b for a, b in code)]
    path: dict[int, str] = {}
    start = body = 0
    for mark, end in zip([None, *marks], [*(mark.start() for mark in marks), len(text)], strict=True):
        if mark:
            level = (mark[1] or mark[3]).replace(" ", "")
            path = {outer: title for outer, title in path.items() if outer < len(level)}
            path[len(level)] = (mark[2] or mark[4]).strip("#= \t")
            body = mark.end()
        if end == len(text) or (not text[body:end].isspace() and body < end):
            yield list(path.values()), start, end
            start = end


def spans(pieces: Sequence[Piece], size: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Where the passages start and end that the pieces of one section make."""
    upto = [0, *accumulate(piece.size for piece in pieces)]  # the tokens before each piece
    first, end, n = 0, 0, len(pieces)
    while end < n:
        left = upto[n] - upto[first]
        longest = max(bisect_right(upto, upto[first] + size) - 1, end + 1)
        if longest < n:
            share = left / ceil(left / size)
            shortest = min(max(bisect_left(upto, upto[first] + share / 2), end + 1), longest)
            fit = [(pieces[i].strength, -abs(upto[i] - upto[first] - share), i) for i in range(shortest, longest + 1)]
            end = max(fit)[2]
        else:
            end = n
        yield pieces[first].start, pieces[end - 1].end
        if end < n:  # what is repeated leaves room for the piece that comes next
            first = min(max(bisect_left(upto, upto[end] - overlap), bisect_left(upto, upto[end + 1] - size)), end)


def cut(text: str, size: int, count: Count = words) -> Iterator[tuple[int, int]]:
    """Where the parts of a text start and end that have at most `size` tokens each, cut as `chunk` cuts a section."""
    yield from spans(list(_pieces(text, 0, len(text), size, count)), size, 0)


def _pieces(text: str, start: int, end: int, size: int, count: Count) -> Iterator[Piece]:
    """The sentences and lines between two places of a text, those that are too long cut between words."""
    cursor, kind = start, ""
    for gap in [*BREAK.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        part = text[cursor:stop]
        if stripped := part.strip():
            begin = cursor + len(part) - len(part.lstrip())
            tokens = max(1, count(stripped))
            if tokens <= size:
                yield Piece(begin, begin + len(stripped), tokens, STRENGTH[kind])
            else:
                yield from _cut(stripped, begin, size, count, STRENGTH[kind])
        if gap:
            cursor, kind = gap.end(), gap.lastgroup or ""


def _cut(sentence: str, offset: int, size: int, count: Count, strength: int) -> Iterator[Piece]:
    """A sentence in parts of at most `size` tokens; a word that has more stays whole."""
    begin = end = held = 0
    for word in WORD.finditer(sentence):
        tokens = max(1, count(word[0]))
        if held and held + tokens > size:
            yield Piece(offset + begin, offset + end, held, strength)
            begin, held, strength = word.start(), 0, 0
        held, end = held + tokens, word.end()
    yield Piece(offset + begin, offset + end, held, strength)
