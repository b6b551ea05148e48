"""Delimited text -> rows of cells: its delimiter and quotes are found, and no row is lost without a word."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from statistics import fmean

from ...text.plural import plural
from .above import commented, cut_names, pass_over, without_rulers
from .grid import LINES, Dialect, Grid
from .notes import Aside
from .numbers import is_date, is_missing, number
from .returns import lines_of

SINGLE = {
    ",": ",",
    ";": ";",
    "\t": "tab",
    "|": "|",
    " ": "blank",
    "\x01": "control-A",
    "^": "^",
    "~": "~",
    "&": "&",
    "\x1f": "unit separator",
}
DOUBLE = ("::", "||", ";;")  # marks of two characters
STAND_IN = "\x1d"  # what a mark of two characters becomes
ONE_COLUMN = 0.6  # how good a table must be under a delimiter to be one
MOSTLY_BLANKS = 0.6  # of the lines, where some may have gaps or cells too many
NEARLY = 0.5  # the share of the lines in which a mark of two characters has to stand
ENOUGH = 3  # whole lines within a cell show that its quote was never closed
LONGEST = 2**28  # characters of a cell: the csv module would stop at 2^17
OPEN = "unexpected end of data"  # what the csv module says where a line ends within quotes
DECIMAL = re.compile(r"[-+]?\d+(?:,\d+)?")  # "3,14", a number with a decimal comma
SEP = re.compile(r"sep=(.)", re.IGNORECASE)  # what Excel writes first


def grid(text: str, tabs: bool = False, dialect: Dialect | None = None) -> Grid:
    """The rows of a delimited text, of whatever width each is; `tabs` where its name says that tabs part it.

    With a `dialect` it goes on within a table of which the first part showed it.

    Lines that are blank, comments, or above the table are passed over; a quote that is never closed costs its own line.
    """
    if not dialect and "\x1f" in text:  # units in records, as ASCII has it
        text = text.replace("\x1e", "\n")
    lines, joined = lines_of(text)
    if dialect:
        if dialect.doubled:
            lines = [line.replace(dialect.doubled, STAND_IN) for line in lines]
        found = Grid(dialect)
        _split(lines, 0, found)
        return found
    start = next((place for place, line in enumerate(lines) if line.strip()), 0)
    commented(lines, start)
    rulers = without_rulers(lines, start)
    told = SEP.fullmatch(lines[start].strip())
    start += bool(told)
    doubled = None if told or tabs else _doubled(lines[start : start + LINES])
    if doubled:
        lines = [line.replace(doubled, STAND_IN) for line in lines]
    sample = [line for line in lines[start : start + LINES] if line.strip()]
    marks = told[1] if told else "\t" if tabs and any("\t" in line for line in sample) else None
    found = Grid(replace(_dialect(sample, STAND_IN if doubled else marks), doubled=doubled or ""))
    _split(lines, start, found)
    cut_names(found)
    pass_over(lines, found)
    found.notes += rulers
    if joined:
        found.notes.append(f"{plural(joined, 'carriage return')} within cells became a blank each.")
    return found


def standard(text: str, tabs: bool) -> Dialect | None:
    """The delimiter under which the first rows are CSV as RFC 4180 has it, of one width; None where there is none."""
    for mark in "\t" if tabs else ",;\t":
        dialect = Dialect(mark, exact=True)
        rows: list[list[str]] = []
        try:
            rows += islice(filter(None, _reader(io.StringIO(text, newline=""), dialect)), LINES)
        except csv.Error as error:
            if OPEN not in str(error) or len(rows) < ENOUGH:  # else the text was cut within its last row
                continue
        names = rows[0] if rows else []
        if len(set(names)) == len(names) > 1 and {*map(len, rows)} == {len(names)}:
            return dialect
    return None


def _doubled(lines: Sequence[str]) -> str | None:
    """The mark of two characters that stands equally often, at least once, in nearly each line."""
    for mark in DOUBLE:
        table = [line for line in lines if line.strip() and not line.startswith("#")]
        counts = [line.count(mark) for line in table]
        usual, times = Counter(counts).most_common(1)[0] if counts else (0, 0)
        first = usual in counts[: 1 if any(other in table[0] for other in ",;\t|") else 2] if table else False
        # three in a row are one of each kind, so that the single one parts; four are an empty cell between two pairs
        runs = re.findall(f"{re.escape(mark[0])}{{3,}}", "\n".join(table))
        if usual and first and times > NEARLY * len(counts) and not any(len(run) % 2 for run in runs):
            return mark
    return None


def _dialect(lines: Sequence[str], told: str | None) -> Dialect:
    """The delimiter under which the lines make the best table: as many cells in each, and each cell of one kind."""
    text = "\n".join(lines)
    quote = (
        "'"
        if '"' not in text and len(re.findall(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|]|$)", text, re.M)) > len(lines)
        else '"'
    )
    escape = "\\" if re.search(r'\\"(?![",;\t|\n]|$)', text) else ""
    if told:
        return Dialect(told, quote, escape)
    plain = _rejoined([line for line in lines if not line.startswith("#")] or lines, quote)
    if _is_one_column(plain):
        return Dialect("", quote, escape)
    tabbed = 2 * sum("\t" in line for line in plain) > len(plain)  # then blanks are within cells
    if not tabbed and _are_commas_between_blanks(plain):
        return Dialect(" ", quote, escape)
    marks = [mark for mark in SINGLE if mark in text and not (mark == " " and tabbed)]
    fits = {mark: _fit(plain, Dialect(mark, quote, escape)) for mark in marks}
    best = max(fits, key=lambda mark: fits[mark], default="")
    return Dialect(
        best if fits.get(best, 0) > ONE_COLUMN * _typed([[line] for line in plain], "") else "", quote, escape
    )


def _rejoined(lines: Sequence[str], quote: str) -> list[str]:
    """The lines with those in one that a quoted cell goes over; a line whose quote does not close soon stays alone."""
    rows, place = [], 0
    while place < len(lines):
        end, marks = place + 1, lines[place].count(quote)
        while marks % 2 and end < min(len(lines), place + LINES // 2):
            marks += lines[end].count(quote)
            end += 1
        end = end if marks % 2 == 0 else place + 1
        rows.append("\n".join(lines[place:end]))
        place = end
    return rows


def _is_one_column(lines: Sequence[str]) -> bool:
    """Whether the lines are numbers with a decimal comma: below a name, or with zeros behind the comma."""
    numbers = [line for line in lines if DECIMAL.fullmatch(line.strip())]
    if len(numbers) == len(lines):
        return any(line.partition(",")[2].startswith("0") and len(line.partition(",")[2]) > 1 for line in numbers)
    return len(numbers) == len(lines) - 1 > 0 and not DECIMAL.fullmatch(lines[0].strip()) and "," not in lines[0]


def _are_commas_between_blanks(lines: Sequence[str]) -> bool:
    """Whether most lines are two or more numbers with as many decimals behind a comma, and blanks between them.

    A first cell may count the rows, and words may stand among them: 152,03 -3,40 Köln.
    """
    decimals: Counter[int] = Counter()
    for line in lines:
        first, *rest = line.split() or [""]
        commas = [cell for cell in (first, *rest) if DECIMAL.fullmatch(cell) and "," in cell]
        bare = [cell for cell in rest if cell not in commas and ("," in cell or cell[-1].isdigit())]
        widths = {len(cell.partition(",")[2]) for cell in commas}
        if len(commas) > 1 and not bare and len(widths) == 1 and ("," not in first or first in commas):
            decimals[widths.pop()] += 1
    return bool(decimals) and max(decimals.values()) > MOSTLY_BLANKS * len(lines)


def _fit(lines: Sequence[str], dialect: Dialect) -> float:
    """How much of a table the lines are: the share that has the commonest width, times how clear the cells are."""
    rows = [cells for line in lines if (cells := _cells(line, dialect)) is not None]
    width, alike = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if width < 2:
        return 0.0
    table = [row for row in rows if len(row) == width]
    first = len(rows[0]) in (width, width - 1)
    prose = len(rows[0]) == 1 and width == 2  # a heading of one word over sentences with a comma each
    clear = _typed(table[1:] or table, dialect.delimiter)
    return alike / len(rows) * clear * (0.7 if prose or not first else 1)


def _typed(rows: Sequence[Sequence[str]], delimiter: str) -> float:
    """How clear the cells are, from 0 to 1: numbers, dates, gaps, and words without another delimiter in them."""
    return fmean([_clear(cell.strip(), delimiter) for row in rows for cell in row] or [0])


@lru_cache(maxsize=10_000)
def _clear(cell: str, delimiter: str) -> float:
    if (
        not cell
        or is_missing(cell)
        or is_date(cell)
        or number(cell) == number(cell)
        or number(cell, ",") == number(cell, ",")
    ):
        return 1.0
    if delimiter == "," and re.search(r"\d +[-+]?\d|^0\d* +\w", cell):
        return 0.3  # blanks part numbers with a decimal comma
    if delimiter == " ":
        return 0.3  # blanks part words: only numbers show that they part cells
    return 0.1 if any(mark in cell for mark in ",;\t|\x01" if mark != delimiter and f"{mark} " not in cell) else 0.9


def _cells(line: str, dialect: Dialect) -> list[str] | None:
    """The cells of a line that holds a whole row; None where its quotes leave that open."""
    delimiter, quote = dialect.delimiter, dialect.quote
    if quote not in line:
        if delimiter == " ":
            return line.split()
        if not delimiter:
            return [line.lstrip(" ")]
        cells = line.split(delimiter)
        return [cell.lstrip(" ") for cell in cells] if " " in line and not dialect.exact else cells
    try:
        return next(_reader([line], dialect))
    except csv.Error as error:
        return None if OPEN in str(error) else _lenient(line, dialect)


def _reader(lines: Iterable[str], dialect: Dialect) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST))
    return csv.reader(
        lines,
        delimiter=dialect.delimiter or STAND_IN,
        quotechar=dialect.quote,
        escapechar=dialect.escape or None,
        skipinitialspace=dialect.delimiter != "\t" and not dialect.exact,
        strict=True,
    )


def _lenient(line: str, dialect: Dialect) -> list[str] | None:
    """The cells of a line with bare quotes within quotes: a cell ends at a quote that a delimiter follows."""
    mark, quote = re.escape(dialect.delimiter or STAND_IN), dialect.quote
    cell = rf"\s*{quote}(?P<quoted>.*?){quote}\s*(?={mark}|$)|(?P<bare>[^{mark}]*)"
    cells, place = [], 0
    while place <= len(line):
        found = re.compile(cell).match(line, place)
        if found is None or (found["quoted"] is None and found["bare"].lstrip().startswith(quote)):
            return None
        cells.append(
            found["quoted"].replace(quote * 2, quote) if found["quoted"] is not None else found["bare"].strip(" ")
        )
        place = found.end() + 1
    opened = rf"{mark}\s*{quote}\S"  # within quotes: they closed before
    return None if any(re.search(opened, cell) for cell in cells) else cells


def _balanced(line: str, found: Grid) -> list[str] | None:
    """The cells of a line with quotes around a part of one, where each closes again and the row is as wide as most."""
    mark, quote = re.escape(found.dialect.delimiter or STAND_IN), found.dialect.quote
    if line.count(quote) % 2:
        return None
    cells = re.findall(rf"(?:^|{mark})((?:{quote}[^{quote}]*{quote}|[^{quote}{mark}])*)", line)
    bare = [cell.strip(" ") for cell in cells]
    whole = [cell[1:-1] if re.fullmatch(f"{quote}[^{quote}]*{quote}", cell) else cell for cell in bare]
    return whole if len(whole) == found.width else None


def _split(lines: Sequence[str], start: int, found: Grid) -> None:
    """Read row after row; a row whose quote swallows others is set aside, and reading goes on at the next line."""
    dialect, place = found.dialect, start
    last = max((number for number, line in enumerate(lines) if dialect.quote in line), default=-1)
    open_quotes = Aside("a quote that is never closed", "line")
    while place < len(lines):
        line = lines[place]
        row, more = (_cells(line, dialect), 1) if line.strip() else ([], 1)
        if row is None:
            row, more = _long(lines, place, found) if place < last else (None, 1)
            row = row or _lenient(line, dialect) or _balanced(line, found)
        if row is None:
            open_quotes.add(place + 1, line)
        elif row:
            found.rows.append(row)
            found.places.append(place + 1)
        place += more
    if open_quotes.count:
        found.aside.append(open_quotes)


def _long(lines: Sequence[str], place: int, found: Grid) -> tuple[list[str] | None, int]:
    """The row that goes over several lines and how many those are; None where its quote was never meant to."""
    dialect, width = found.dialect, found.width
    reader = _reader((f"{lines[number]}\n" for number in range(place, len(lines))), dialect)
    try:
        row = next(reader)
    except csv.Error:
        return None, 1
    more: int = reader.line_num  # type: ignore[attr-defined]
    within = [_cells(line, dialect) for line in lines[place + 1 : place + more - 1] if line.strip()]
    rows = sum(cells is not None and len(cells) == width > 1 for cells in within)
    # a strict file of RFC 4180 may hold lines of prose with as many commas as a row has, and a quote that is never
    # closed meets another one there, which the strict reader refuses
    swallowed = not dialect.exact and rows >= ENOUGH and rows > 0.9 * len(within)
    odd = len(found.rows) > 1 and len(row) != width
    return (None, 1) if swallowed or odd else (row, more)
