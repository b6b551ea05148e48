"""The reading order of a page: words at their places -> lines, columns before rows where the columns are prose."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import mean, median

from .lines import continued

GUTTER = 1.0  # heights of a line that a gap between two columns is wide at least
PARAGRAPH = 1.35  # of the usual step from line to line, beyond which a new paragraph starts
ROWS = 2  # lines that every column has, or the gap is by chance
LOWER = 0.25  # of the lines of prose start in lower case at least, as cells of a table do not
LONG = 35  # characters of a line that no cell of a narrow table has
WORDS = 6  # of a line on average, which the cells of a whole column hardly ever have
WIDE = 0x2E80  # from here on a character is a word, in scripts without blanks

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box, y growing upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Half of its height."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """From its bottom to its top."""
        return self.top - self.bottom


Line = list[Word]


def runs_left(text: str) -> bool:
    """Whether a text is written from right to left, as Arabic and Hebrew are."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def arranged(words: Sequence[Word]) -> list[str]:
    """The lines of a page in the order in which they are read, an empty one between paragraphs."""
    if not words:
        return []
    lines = _lines(words)
    gap = GUTTER * median(word.height for word in words)
    result: list[str] = []
    start = 0
    while start < len(lines):
        end, gutters = _band(lines, start, gap)
        part = lines[start:end]
        columns = _columns(part, gutters) if gutters else []
        if columns and all(_is_prose(column) for column in columns):
            columns = columns[::-1] if _leans_left(part) else columns
            block = continued([arranged([word for line in column for word in line]) for column in columns])
        else:
            block = _rows(part, gap if gutters else None)
        result += ["", *block] if result else block
        start = end
    return result


def _lines(words: Sequence[Word]) -> list[Line]:
    """Words of one height on the page, from the top; each line from left to right."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda word: (-word.middle, word.left)):
        held = lines[-1] if lines else []
        if held and abs(held[0].middle - word.middle) < 0.5 * max(held[0].height, word.height):
            held.append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.left) for line in lines]


def _band(lines: Sequence[Line], start: int, gap: float) -> tuple[int, list[Interval]]:
    """Where the lines end that share their gutters, and these; without any, where the next gutter begins."""
    free, end, gutters = _free(lines[start], gap), start + 1, list[Interval]()
    while end < len(lines):
        both = _common(free, _free(lines[end], gap), gap)
        now = _inner(both, lines[start : end + 1])
        if len(now) < max(len(gutters), len(_inner(_free(lines[end], gap), [lines[end]]))):
            break
        if any(left < lines[end][0].left and lines[end][-1].right < right for left, right in gutters):
            break  # such as the number of the page below two columns
        free, gutters, end = both, now, end + 1
    sides = [_sides(line, gutters) for line in lines[start:end]]
    if gutters and sum(sides[0]) == 1 and _steps(lines[start:end])[0] > PARAGRAPH * median(_steps(lines[start:end])):
        return start + 1, []  # a title above the columns
    filled = [sum(column) for column in zip(*sides, strict=True)]
    return end, gutters if min(filled) >= ROWS else []


def _steps(lines: Sequence[Line]) -> list[float]:
    """How far each line stands below the one before it."""
    return [above[0].middle - below[0].middle for above, below in pairwise(lines)]


def _sides(line: Line, gutters: Sequence[Interval]) -> list[bool]:
    """Whether a line has words in each of the columns."""
    places = [0.5 * (left + right) for left, right in gutters]
    found = [False] * (len(places) + 1)
    for word in line:
        found[sum(place < word.left for place in places)] = True
    return found


def _free(line: Line, gap: float) -> list[Interval]:
    """The stretches without words that are wide enough, the margins among them."""
    free, at = [], -float("inf")
    for word in line:
        if word.left - at >= gap:
            free.append((at, word.left))
        at = max(at, word.right)
    return [*free, (at, float("inf"))]


def _common(a: Sequence[Interval], b: Sequence[Interval], gap: float) -> list[Interval]:
    pairs = ((max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b)
    return [(left, right) for left, right in pairs if right - left >= gap]


def _inner(free: Sequence[Interval], lines: Sequence[Line]) -> list[Interval]:
    """Those stretches that have words on both sides."""
    first = min(line[0].left for line in lines)
    last = max(word.right for line in lines for word in line)
    return [(left, right) for left, right in free if left >= first and right <= last]


def _columns(lines: Sequence[Line], gutters: Sequence[Interval]) -> list[list[Line]]:
    edges = [-float("inf"), *(0.5 * (left + right) for left, right in gutters), float("inf")]
    columns = []
    for left, right in pairwise(edges):
        cut = [[word for word in line if left < word.left < right] for line in lines]
        columns.append([line for line in cut if line])
    return columns


def _is_prose(column: Sequence[Line]) -> bool:
    """Whether lines run on into each other, as those of a text do and the cells of a table do not."""
    texts = [" ".join(word.text for word in line) for line in column]
    length = mean(map(len, texts))
    if any(ord(text[0]) >= WIDE for text in texts):
        return length >= 6
    lower = mean([text[0].islower() for text in texts[1:]] or [0])
    words = mean(map(len, column))
    return words >= WORDS or (words >= 2 and (lower >= LOWER or length >= LONG))


def _rows(lines: Sequence[Line], gap: float | None) -> list[str]:
    """The lines from the top; where they are a table, with a bar between its cells."""
    steps = [above[0].middle - below[0].middle for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    result = []
    for number, line in enumerate(lines):
        if number and steps[number - 1] > PARAGRAPH * usual:
            result.append("")
        words = _read(line)
        text = words[0].text
        for before, word in pairwise(words):
            apart = max(word.left - before.right, before.left - word.right)
            text += (" | " if gap and apart >= gap else " ") + word.text
        result.append(text)
    return result


def _leans_left(lines: Sequence[Line]) -> bool:
    words = [word.text for line in lines for word in line]
    return 2 * sum(map(runs_left, words)) > len(words)


def _read(line: Line) -> Line:
    """The words of a line in the order in which they are read: numbers and names within Arabic run to the right."""
    if not _leans_left([line]):
        return line
    read: Line = []
    for leftwards, words in groupby(reversed(line), lambda word: runs_left(word.text)):
        run = list(words)
        read += run if leftwards else reversed(run)
    return read
