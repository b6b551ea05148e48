"""Cells -> numbers: as spreadsheets, statistics programs and people of other countries write them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.samples import Array
from ...text.unseen import ZERO_WIDTH

WORDS = (
    *("?", ":", "-", "--", ".", "..", "...", "*", "–", "—", "na", "n/a", "n.a.", "k.a.", "nan", "-nan", "<na>", "#n/a"),
    *("#na", "null", "#null!", "none", "nil", "missing", "unknown", "\\n", "1.#qnan", "-1.#ind"),
    *("#value!", "#div/0!", "#ref!", "#num!", "#name?"),
)
MISSING = frozenset(("", *WORDS))  # what stands for a number that is not known, in small letters
SENTINELS = (-99.0, -999.0, -9999.0, -99999.0)  # numbers that stand for a missing one, where all others are far above
TRUTH = {"true": 1.0, "false": 0.0}
PERCENT, MONEY = "a percent sign taken off", "a currency taken off"
LONGEST = 100  # characters of a number
EXACT = 2**53  # up to here float64 holds every whole number

CURRENCY = (
    r"(?:[$€£¥₹₽₩₺₫₦₪₴฿]|R\$|US\$|USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|AUD|CAD|BRL|MXN|ZAR|KRW|SEK|NOK|DKK|PLN|CZK|HUF|"
    r"kr\.?|zł|Kč|Rs\.?|Fr\.?)"
)
GROUP = r"[{group}'’\u00a0\u202f\u2009 _]"
LAKH = r"\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|"  # as India groups 12,34,567
PLAIN = r"(?={point}?\d)(?:{lakh}\d{{1,3}}(?:" + GROUP + r"\d{{3}})+|\d+)?(?:{point}\d*)?(?:[eE][+-]?\d+)?"
SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "b": 1e9, "bn": 1e9, "mrd": 1e9, "t": 1e12}
SCALE = r"k|K|M|mn|mln|Mio\.?|B|bn|Mrd\.?|T"
# a sign, a currency or a percent sign around digits, and the minus behind them of accounts
DRESSED = re.compile(
    rf"(?P<sign>[+-])?\s*{CURRENCY}?\s*(?P<inner>[+-]?)(?P<digits>.*?)\s*(?P<scale>{SCALE})?"
    rf"\s*(?:%|‰|{CURRENCY})?(?P<behind>-)?"
)
NUMBER = {
    ".": re.compile(PLAIN.format(group=",", point=r"\.", lakh=LAKH.format())),
    ",": re.compile(PLAIN.format(group=r"\.", point=",", lakh="")),
}
PROOF = {  # what can be written only with this decimal mark
    ".": re.compile(
        r"0?\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{4,}\.\d+|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"
    ),
    ",": re.compile(r"0?,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{4,},\d+|0,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"),
}
NOT_PROOF = re.compile(rf"{CURRENCY}|[-+−%‰()'’_\s]")  # signs that dates, codes and names have as well
FORTRAN = re.compile(r"([-+]?\d*[.,]?\d+)[dD]([-+]\d{1,3})")  # what other programs write as e
MIXED = re.compile(r"(-?)(\d+) (\d{1,2})[/\u2044](\d{1,2})|(-?)(\d*)([½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])")  # 7 1/2
BARE = re.compile(r"(-?)()(\d{1,2})[/\u2044](\d{1,2})")  # 1/2, in a column of such ones
DASHED = re.compile(r"^[–—](?=\s?\W?\d)")  # a dash that was set for the minus
MARKED = re.compile(r"'(?=[-+.]?\d)")  # what Excel keeps before a number that was typed as words
# and the marks of Arabic numbers, the minus, and what is as wide as a Chinese letter
UNSEEN = {**ZERO_WIDTH, **dict(zip(map(ord, "٫٬−．，－＋％"), ".,-.,-+%", strict=True))}
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
    words = _whole_fractions(words, taken)
    known: dict[object, float] = {}
    values = np.empty(len(words))
    for place, word in enumerate(words):
        if not isinstance(word, str):
            values[place] = _number(word, own, taken)
            continue
        if word not in known:
            known[word] = _number(word, own, taken)
        values[place] = known[word]
    if PERCENT in taken:
        _tell_apart(words, values, taken)
    return Parsed(values, tuple(taken.items()))


def _tell_apart(words: Sequence[object], values: Array, taken: dict[str, str]) -> None:
    """Say how many cells have a percent sign, where others of their column have none."""
    signed = sum(isinstance(word, str) and word.endswith(("%", "‰")) for word in words)
    finite = int(np.isfinite(values).sum())
    if signed < finite:
        taken[f"{PERCENT} in {signed:,} of {finite:,} cells and the others as they stand"] = taken.pop(PERCENT)


def _whole_fractions(words: list[object], taken: dict[str, str]) -> list[object]:
    """The cells with 7 1/2 as 7.5; 1/2 alone may be a day and a month, so that it needs such a one in its column."""
    if not any(isinstance(word, str) and MIXED.fullmatch(word) for word in words):
        return words
    read = [_fraction(word) if isinstance(word, str) else word for word in words]
    changed = [word for word, cell in zip(words, read, strict=True) if word is not cell]
    taken["fractions as decimals"] = str(changed[0])
    return read


def _fraction(word: str) -> object:
    found = MIXED.fullmatch(word) or BARE.fullmatch(word)
    if not found:
        return word
    sign, whole, *parts = [part for part in found.groups() if part is not None]
    above = unicodedata.numeric(parts[0]) if len(parts) == 1 else int(parts[0]) / max(1, int(parts[1]))
    return (-1 if sign else 1) * (int(whole or 0) + above)


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
    if len(cell) > LONGEST:
        return float("nan")
    lower = cell.lower()
    if lower in MISSING:
        return float("nan")
    if lower in TRUTH:
        return TRUTH[lower]
    if lower.startswith(("0x", "-0x")):
        return _hexadecimal(lower)
    if not cell.isascii():
        plain = DASHED.sub("-", cell.translate(UNSEEN).strip())
        cell = "".join(f"{unicodedata.decimal(sign)}" if sign.isdecimal() else sign for sign in plain)
    marked = MARKED.match(cell) is not None
    value = _written(FORTRAN.sub(r"\1e\2", cell[marked:]), mark, taken)
    if marked and value == value:
        taken.setdefault("an apostrophe in front taken off", cell)
    return value


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
    value = float(plain) * SCALES[parts["scale"].lower().rstrip(".")] if parts["scale"] else float(plain)
    if parts["scale"]:
        taken.setdefault("thousands and millions in letters", cell)
    return -value if negative else value


def _tell(cell: str, digits: str, mark: str, taken: dict[str, str]) -> None:
    """Keep what a cell was read as, with the first cell of each kind."""
    kinds = {
        "a comma as the decimal mark": mark == "," and "," in digits,
        "marks between thousands": bool(re.search(r"\d[^\d+-]\d{3}(?!\d)", digits.partition(mark)[0])),
        PERCENT: cell.endswith(("%", "‰")),
        MONEY: bool(re.search(CURRENCY, cell)),
        "brackets for a minus": cell.startswith("("),
    }
    for kind, met in kinds.items():
        if met:
            taken.setdefault(kind, cell)
    money = re.search(CURRENCY, cell)
    first = re.search(CURRENCY, taken.get(MONEY, ""))
    if money and first and money[0] != first[0]:
        taken.setdefault("several currencies as if they were one", cell)


def _hexadecimal(cell: str) -> float:
    try:
        return float(int(cell, 16))
    except (ValueError, OverflowError):
        return float("nan")
