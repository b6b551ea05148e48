"""Cells -> numbers: as spreadsheets, statistics programs and people of other countries write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.samples import Array

WORDS = (
    *("?", "-", "--", ".", "..", "...", "*", "–", "—", "na", "n/a", "n.a.", "k.a.", "nan", "-nan", "<na>", "#n/a"),
    *("#na", "null", "#null!", "none", "nil", "missing", "unknown", "\\n", "1.#qnan", "-1.#ind"),
    *("#value!", "#div/0!", "#ref!", "#num!", "#name?"),
)
MISSING = frozenset(("", *WORDS))  # what stands for a number that is not known, in small letters
SENTINELS = (-99.0, -999.0, -9999.0, -99999.0)  # numbers that stand for a missing one, where all others are far above
TRUTH = {"true": 1.0, "false": 0.0}
EXACT = 2**53  # up to here float64 holds every whole number

CURRENCY = r"(?:[$€£¥₹₽₩₺]|R\$|US\$|USD|EUR|GBP|CHF|JPY|SEK|NOK|DKK|PLN|kr\.?|zł|Fr\.?)"
GROUP = r"[{group}'’\u00a0\u202f\u2009 _]"
PLAIN = r"(?={point}?\d)(?:\d{{1,3}}(?:" + GROUP + r"\d{{3}})+|\d+)?(?:{point}\d*)?(?:[eE][+-]?\d+)?"
# a sign, a currency or a percent sign around digits, and the minus behind them of accounts
DRESSED = re.compile(
    rf"(?P<sign>[+-])?\s*{CURRENCY}?\s*(?P<inner>[+-]?)(?P<digits>.*?)\s*(?:%|‰|{CURRENCY})?(?P<behind>-)?"
)
NUMBER = {
    ".": re.compile(PLAIN.format(group=",", point=r"\.")),
    ",": re.compile(PLAIN.format(group=r"\.", point=",")),
}
PROOF = {  # what can be written only with this decimal mark
    ".": re.compile(
        r"0?\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{4,}\.\d+|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"
    ),
    ",": re.compile(r"0?,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{4,},\d+|0,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"),
}
NOT_PROOF = re.compile(rf"{CURRENCY}|[-+−%‰()'’_\s]")  # signs that dates, codes and names have as well
# "2024-05-01", "1.5.24", "12:30", "2024-05": no numbers, though made of digits
DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ]\d{1,2}:\d{2}.*)?|\d{1,2}:\d{2}(?::\d{2}.*)?|\d{4}-\d{2}")


@dataclass(frozen=True)
class Parsed:
    """A column as numbers (n,) float64, NaN where there is none, and what was taken for granted, with an example."""

    values: Array
    taken: tuple[tuple[str, str], ...] = ()


def parse(cells: Sequence[object], mark: str = ".") -> Parsed:
    """Read cells as numbers; `mark` is the decimal mark of the table, for a column that does not show its own."""
    try:
        return Parsed(np.array([float(cell) for cell in cells]))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        pass
    words = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
    own = decimal_mark([word for word in words if isinstance(word, str)]) or mark
    taken: dict[str, str] = {}
    known: dict[object, float] = {}
    values = np.empty(len(words))
    for place, word in enumerate(words):
        if not isinstance(word, str):
            values[place] = _number(word, own, taken)
            continue
        if word not in known:
            known[word] = _number(word, own, taken)
        values[place] = known[word]
    return Parsed(values, tuple(taken.items()))


def number(cell: object, mark: str = ".") -> float:
    """One cell as a number; NaN where it is none."""
    return _number(cell.strip() if isinstance(cell, str) else cell, mark, {})


def is_missing(cell: object) -> bool:
    """Whether a cell among numbers stands for one that is not known."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in MISSING) or cell != cell


def is_date(cell: str) -> bool:
    """Whether a cell is a date or a time of day."""
    return bool(DATE.fullmatch(cell))


def decimal_mark(cells: Sequence[str]) -> str | None:
    """The decimal mark that the cells prove, or None where all of them could be read either way."""
    votes = {".": 0, ",": 0}
    if not any("," in cell for cell in cells):  # then only several points in one number matter
        cells = [cell for cell in cells if cell.count(".") > 1]
    for cell in cells:
        digits = NOT_PROOF.sub("", cell).partition("e")[0].partition("E")[0]
        for mark, proof in PROOF.items():
            votes[mark] += bool(proof.fullmatch(digits))
    return None if votes["."] == votes[","] else max(votes, key=lambda mark: votes[mark])


def sentinel(values: Array) -> float | None:
    """The number that stands for a missing one: the lowest, where it comes again and all others are far above it."""
    finite = values[np.isfinite(values)]
    low = finite.min() if len(finite) else 0.0
    rest = finite[finite > low]
    again = len(finite) - len(rest) > 1
    return float(low) if low in SENTINELS and again and len(rest) and rest.min() > low / 2 else None


def _number(cell: object, mark: str, taken: dict[str, str]) -> float:
    if not isinstance(cell, str):
        try:
            return float(cell)  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            return float("nan")
    if mark == ".":
        try:
            return float(cell)
        except ValueError:
            pass
    lower = cell.lower()
    if lower in MISSING:
        return float("nan")
    if lower in TRUTH:
        return TRUTH[lower]
    if lower.startswith(("0x", "-0x")):
        return _hexadecimal(lower)
    return _written(cell.replace("\u2212", "-"), mark, taken)


def _written(cell: str, mark: str, taken: dict[str, str]) -> float:
    bracketed = cell.startswith("(") and cell.endswith(")")
    parts = DRESSED.fullmatch(cell[1:-1] if bracketed else cell)
    digits = parts["digits"] if parts else ""
    if not parts or not any(map(str.isdigit, digits)) or not NUMBER[mark].fullmatch(digits):
        return float("nan")
    negative = bracketed + (parts["sign"] == "-") + (parts["inner"] == "-") + (parts["behind"] == "-")
    if negative > 1:
        return float("nan")
    plain = re.sub(GROUP.format(group="," if mark == "." else r"\."), "", digits).replace(mark, ".")
    _tell(cell, digits, mark, taken)
    return -float(plain) if negative else float(plain)


def _tell(cell: str, digits: str, mark: str, taken: dict[str, str]) -> None:
    """Keep what a cell was read as, with the first cell of each kind."""
    kinds = {
        "a comma as the decimal mark": mark == "," and "," in digits,
        "marks between thousands": bool(re.search(r"\d[^\d+-]\d{3}(?!\d)", digits.partition(mark)[0])),
        "a percent sign taken off": cell.endswith(("%", "‰")),
        "a currency taken off": bool(re.search(CURRENCY, cell)),
        "brackets for a minus": cell.startswith("("),
    }
    for kind, met in kinds.items():
        if met:
            taken.setdefault(kind, cell)


def _hexadecimal(cell: str) -> float:
    try:
        return float(int(cell, 16))
    except (ValueError, OverflowError):
        return float("nan")
