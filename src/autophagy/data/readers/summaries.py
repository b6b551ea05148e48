"""Rows of a table that sum up the others: totals, means and the like below the data, and subtotals among them."""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from ...core.samples import Array
from .typed import Column, Typed

BELOW = re.compile(
    r"(?:grand |sub-?|over)?totals?(?: .*)?|sums?|mean|average|avg\.?|median|std(?:\.? ?dev\.?)?|sd|stdev|"
    r"standard deviation|min(?:imum)?|max(?:imum)?|count|all|"
    r"(?:zwischen|gesamt)?summe|gesamt(?: .*)?|insgesamt|mittelwert|durchschnitt|schnitt|"
    r"(?:sous-)?total général|total générale?|somme|moyenne|totale|somma|media|suma|promedio|soma|média|totaal|summa|"
    r"итого|всего|合计|总计|小计|平均|合計|総計|小計",
    re.IGNORECASE,
)
AMONG = re.compile(r"(?:sub-?total|zwischensumme|sous-total|subtotaal|小计|小計)\b.*", re.IGNORECASE)
LAST = 6  # rows at the foot that may sum up
FEWEST = 3  # rows that there is something to sum up of
NEAR = 1e-6  # the share of a sum by which rounding may miss it


def summing(columns: Mapping[str, Typed], raw: Mapping[str, Column]) -> Array:
    """Which rows sum up others (n,) bool: by the word that stands before their numbers, or as their sum."""
    numbers = {
        name: np.asarray(column.cells, np.float64) for name, column in columns.items() if column.kind == "numbers"
    }
    size = len(next(iter(raw.values())))
    found = np.zeros(size, bool)
    if not numbers or size <= FEWEST:
        return found
    heads = {
        name: cells
        for name, column in columns.items()
        if column.kind != "lists" and isinstance(cells := raw[name], list)
    }
    for name in heads.keys() - numbers.keys():
        found |= [AMONG.fullmatch(_word(cell)) is not None for cell in heads[name]]
    for row in range(size - 1, max(FEWEST, size - 1 - LAST), -1):
        if not (found[row] or _named(heads, row) or _is_sum(numbers, heads, row, ~found)):
            break
        found[row] = True
    return found


def _word(cell: object) -> str:
    return cell.strip().rstrip(":").lower() if isinstance(cell, str) else ""


def _named(heads: Mapping[str, Sequence[object]], row: int) -> bool:
    """Whether a word for a summary stands in the row, in a column that has it nowhere above the foot."""
    for cells in heads.values():
        if BELOW.fullmatch(word := _word(cells[row])):
            return word not in map(_word, cells[: max(FEWEST, len(cells) - LAST)])
    return False


def _is_sum(numbers: Mapping[str, Array], heads: Mapping[str, Sequence[object]], row: int, others: Array) -> bool:
    """Whether two numbers of the row or more, and all that it has, are the sums above it, and a word is left out."""
    words = [cells[row] for name, cells in heads.items() if name not in numbers]
    if words and all(words):
        return False
    hits = 0
    for values in numbers.values():
        above, value = values[:row][others[:row]], values[row]
        if not np.isfinite(value):
            continue
        above = above[np.isfinite(above)]
        if np.count_nonzero(above) < FEWEST or abs(value - above.sum()) > NEAR * np.abs(above).sum():
            return False
        hits += 1
    return hits > 1
