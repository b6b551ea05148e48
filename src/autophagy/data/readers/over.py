"""Names over names: what spreadsheets write once over several columns, in merged cells."""

from collections.abc import Sequence


def under(above: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[list[str], int]:
    """The names, each behind what stands over it, and how many of the lines above them are names.

    Such a line has two cells at least, none over the first column, and is as wide as the table.
    """
    joined, lines = list(names), 0
    for row in reversed(above):
        if len(row) != len(names) or row[0] or sum(map(bool, row)) < 2:
            break
        joined = [" ".join(filter(None, pair)) for pair in zip(spread(row), joined, strict=True)]
        lines += 1
    return joined, lines


def spread(row: Sequence[str]) -> list[str]:
    """The cells, an empty one behind another taking what stands in that."""
    cells, last = [], ""
    for cell in row:
        last = cell or last
        cells.append(last)
    return cells
