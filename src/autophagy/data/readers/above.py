"""What stands above the rows of a delimited text, or around them: titles, comments, lines of dashes, too many names."""

import re
from collections.abc import Sequence

from ...text.plural import plural
from .grid import LINES, Grid
from .notes import Aside, clip, listed
from .numbers import number
from .over import under

RULER = re.compile(r"(?=.*?(?:--|==))[\s|+:=-]+")  # below the names, or around a table
COMMENT = re.compile(r"\s*(?:%+|//|!|--(?=\s*\w))")  # as Matlab and TeX, C, Fortran and SQL write them
RULED = 12  # lines from the top in which a line of dashes is looked for
LOOK = 30  # rows that may stand above a table


def commented(lines: list[str], start: int) -> None:
    """Give the comments at the top the # that they have in most files, where their program begins them otherwise."""
    for place in range(start, len(lines)):
        found = COMMENT.match(lines[place])
        if not found:
            return
        lines[place] = f"# {lines[place][found.end() :].lstrip()}"


def without_comments(text: str) -> tuple[str, list[str]]:
    """The text with the lines at its top that begin with # as blank ones, and a sentence that says so.

    As it stands where the last of them may hold the names, as NumPy writes them: with as many cells as the line below.
    """
    lines = text.split("\n")
    top = next((place for place, line in enumerate(lines) if line.strip() and not line.startswith("#")), 0)
    passed = [place for place in range(top) if lines[place].startswith("#")]
    last = lines[passed[-1]] if passed else ""
    if not passed or any(
        last.count(mark) == lines[top].count(mark) > 0 and last.strip()[-1] != mark for mark in ",;\t"
    ):
        return text, []
    told = Aside("they begin with #", "line")
    for place in passed:
        told.add(place + 1, lines[place].rstrip("\r"))
    return "\n".join([*[""] * top, *lines[top:]]), [_passed(told, "comments")]


def _passed(lines: Aside, what: str) -> str:
    were = "line was" if lines.count == 1 else "lines were"
    return f"{lines.count} {were} passed over as {what}, the first is line {lines.place}: {clip(lines.example)}."


def without_rulers(lines: list[str], start: int) -> list[str]:
    """Blank the lines of dashes around the names of a table, as Markdown and databases draw them, and say so."""
    head = [place for place, line in enumerate(lines[start : start + RULED]) if RULER.fullmatch(line)]
    if not head:
        return []
    drawn = [place for place in range(start, len(lines)) if RULER.fullmatch(lines[place])]
    first = lines[drawn[0]]
    for place in drawn:
        lines[place] = ""
    what = "line of dashes was" if len(drawn) == 1 else "lines of dashes were"
    return [f"{len(drawn):,} {what} passed over, the first is line {drawn[0] + 1}: {clip(first)}."]


def cut_names(found: Grid) -> None:
    """Cut a first line of names that has more cells than the rows, as a mark behind the last name makes it.

    Where some rows have as many the names stay, and rows that leave out empty cells at their end are filled up.
    """
    width, first = found.width, found.rows[0] if found.rows else []
    more = [cell for cell in first[width:] if cell]
    if first and first[0].startswith("#"):
        return  # a comment, whose # stands alone where blanks part the cells
    if len(first) <= width or width < 2 or any(number(cell) == number(cell) for cell in first if cell):
        return
    widest = max(map(len, found.rows[1:]), default=0)
    if all(first[width:]) and width < widest <= len(first):
        _fill_up(found, len(first))
        return
    found.rows[0] = first[:width]
    if more:
        found.notes.append(
            f"The first line has more names than the rows have cells, and was cut before {clip(more[0])}."
        )


def _fill_up(found: Grid, width: int) -> None:
    """Fill rows of two cells or more up to a width, and say how many there were."""
    short = [place for place, row in enumerate(found.rows) if 1 < len(row) < width]
    for place in short:
        found.rows[place] = found.rows[place] + [""] * (width - len(found.rows[place]))
    found.notes += told_short([found.places[place] for place in short])


def told_short(places: Sequence[int]) -> list[str]:
    """A sentence where rows lack their last cells, which begin in these lines."""
    if not places:
        return []
    ends = plural(len(places), "row ends", "rows end")
    return [f"{ends} before the last column, whose cells count as empty, the first is line {places[0]}."]


def pass_over(lines: Sequence[str], found: Grid) -> None:
    """Take out comments, and what stands above the table and is narrower than it."""
    width = found.width
    marked = [row[0].startswith("#") if row else False for row in found.rows]
    if 2 * sum(marked) > len(marked):
        marked = [False] * len(marked)
    titled = max(_titled(found.rows, width), _described(found, width))
    if not any(marked) and found.rows and _belongs(found.rows[0], width) and not titled:
        return
    unmarked = [place for place, row in enumerate(found.rows) if not marked[place] and _belongs(row, width)]
    body = next((place for place in unmarked if place >= titled), 0)
    comments = Aside("they begin with #", "line")
    above = Aside("they stand above the table", "line")
    kept = []
    for place, row in enumerate(found.rows):
        if marked[place] and (place < body or len(row) != width):
            names = _names(row, width) if place == body - 1 else []
            apart = len(row[0]) == 1
            if names and (not apart or (_are_words(names) and not _are_words(found.rows[body]))):
                kept.append((found.places[place], names))
                if apart:
                    found.notes.append(
                        f"The comment in line {found.places[place]} was read as names: {listed(names, 6)}."
                    )
            else:
                comments.add(found.places[place], lines[found.places[place] - 1])
        elif place < body:
            above.add(found.places[place], lines[found.places[place] - 1])
        else:
            kept.append((found.places[place], row))
    over = [(found.places[place], row) for place, row in enumerate(found.rows[:body]) if not marked[place]]
    found.places, found.rows = [line for line, _ in kept], [row for _, row in kept]
    del above.places[above.count - _name_under(over, found) :]
    for passed, what in ((comments, "comments"), (above, "a title")):
        if passed.count:
            found.notes.append(_passed(passed, what))


def _name_under(over: list[tuple[int, list[str]]], found: Grid) -> int:
    """Put what stands over several names before each of them, and say how many of the lines above were names."""
    close: list[list[str]] = []
    while over and found.places and over[-1][0] == found.places[0] - len(close) - 1:
        close.insert(0, over.pop()[1])
    if not close or not _are_words(found.rows[0]):
        return 0
    found.rows[0], lines = under(close, found.rows[0])
    if lines:
        found.notes.append(f"The names were read from {lines + 1} lines: {listed(found.rows[0], 6)}.")
    return lines


def _titled(rows: Sequence[Sequence[str]], width: int) -> int:
    """The number of rows above the names that a spreadsheet filled up with empty cells to the width of the table."""
    filled = [sum(map(bool, row)) for row in rows[:LINES]]
    start = next((place for place, count in enumerate(filled) if 2 * count >= width), 0)
    words = [not any(number(cell) == number(cell) for cell in row if cell) for row in rows[:LINES]]
    start = behind_notes(filled, words, width, start)
    return start if rows and _are_words(rows[start]) else 0


def behind_notes(filled: Sequence[int], words: Sequence[bool], width: int, start: int) -> int:
    """The row of the names, where the notes above a table begin as wide as half of it, in the row `start`.

    It is full and stands above the first row that holds numbers, with a narrow row between.
    """
    names = next((place for place in range(start, len(words)) if not words[place]), 0) - 1
    noted = names > start + 1 and filled[start] < width <= filled[names] and 2 * filled[names - 1] <= width
    return names if noted else start


def _described(found: Grid, width: int) -> int:
    """The number of rows above the names that say what the table is of: before a blank line, or `Name:`."""
    rows, places = found.rows[:LOOK], found.places
    named = 0
    while named < len(rows) and len(rows[named]) > 1 and rows[named][0].endswith(":") and not rows[named][-1]:
        named += 1
    for place in range(1, len(rows)):
        short = all(sum(map(bool, row)) < width for row in rows[:place])
        names = len(rows[place]) == width and _are_words(rows[place])
        if short and names and places[place] > places[place - 1] + 1:
            return place
    return named


def _are_words(row: Sequence[str]) -> bool:
    return all(cell and number(cell) != number(cell) for cell in row)


def _belongs(row: Sequence[str], width: int) -> bool:
    """Whether a row may be the first of a table: as wide, or one narrower, as R writes the names."""
    return len(row) == width or (len(row) == width - 1 > 1)


def _names(row: Sequence[str], width: int) -> list[str]:
    """The names in a comment above a table, as NumPy writes them; empty where they are not as many as columns."""
    names = [cell for cell in (row[0].lstrip("# "), *row[1:]) if cell]
    return names if len(names) == width else []
