"""Tables of LaTeX, whose cells `&` parts and whose rows two backslashes end, as delimited text."""

import csv
import io
import re

ROW = re.compile(r"(?P<cells>.*(?<!\\)&.*?)\\\\\s*(?:\[[^\]]*\])?\s*(?:\\[a-z]+\b.*)?")
LAST = re.compile(r"(?P<cells>[^\\%]*(?<!\\)&.*)")  # the last row needs no end
AROUND = re.compile(r"\s*(?:\\[a-zA-Z]+\b.*|%.*|[{}]*)")  # rules, the beginning and the end, remarks
SPANNING = re.compile(r"\\multicolumn\{(\d+)\}\{[^{}]*\}\{(.*)\}")
COMMAND = re.compile(r"\\[a-zA-Z]+\*?\{([^{}]*)\}")  # \textbf{0.92}
BARE = re.compile(r"\\[a-zA-Z]+\*?\s*|\^\{?\*+\}?|[{}$]")
SIGNS = str.maketrans({"~": " ", "\x00": "&"})
ROWS = 3  # lines of cells at least
LONGEST = 5_000  # characters of a line of cells
OTHER = 0.1  # lines of something else, for each row, at most


def latex_cells(text: str) -> str | None:
    """The rows of a table of LaTeX as CSV, line for line; None where the lines are mostly something else."""
    lines = text.split("\n")
    rows: dict[int, list[str]] = {}
    others = 0
    for place, line in enumerate(lines):
        bare = line.rstrip()
        short = len(bare) <= LONGEST and "&" in bare
        found = (ROW.fullmatch(bare) or (LAST.fullmatch(bare) if rows else None)) if short else None
        if found:
            rows[place] = _cells(found["cells"])
        elif not AROUND.fullmatch(line):
            others += 1
    widths = {len(row) for row in rows.values()}
    if len(rows) < ROWS or len(widths) > 1 or others > OTHER * len(rows):
        return None
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    for place in range(len(lines)):
        table.writerow(rows[place]) if place in rows else written.write("\n")
    return written.getvalue()


def _cells(line: str) -> list[str]:
    """The cells of a row without commands; one that spans several columns is the first of them."""
    cells: list[str] = []
    for cell in line.replace(r"\&", "\x00").split("&"):
        spans = SPANNING.search(cell)
        cells += [_plain(spans[2]), *[""] * (int(spans[1]) - 1)] if spans else [_plain(cell)]
    return cells


def _plain(cell: str) -> str:
    before = None
    while before != cell:
        before, cell = cell, COMMAND.sub(r"\1", cell)
    cell = re.sub(r"\\[,;:! ]|\{,\}", lambda found: "," if found[0] == "{,}" else "", cell)
    return re.sub(r"\\([%#_$])", r"\1", BARE.sub("", cell)).translate(SIGNS).strip()
