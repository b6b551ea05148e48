"""A table in LaTeX, ruled by booktabs, in which no name is read as a command."""

import re
from collections.abc import Iterable, Sequence

from ..text.line import on_one_line
from .table import FigureTable

SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"{\ttfamily\char34}", "`": r"\textasciigrave{}", "'": r"\textquotesingle{}",
    "[": "{[}", "]": "{]}", "*": "{*}", "−": r"$-$",  # a bracket or a star after the end of a line would belong to it
}  # fmt: skip
LIGATURES = re.compile(r"(?<=-)(?=-)|(?<=,)(?=,)|(?<=\?)(?=`)|(?<=!)(?=`)")  # two signs that would become one
NOT_IN_OT1 = "ÐðÞþĐđŊŋĄąĘęĮįŲų«»‹›„‚"  # letters that TeX cannot put together from others
LATIN = 0x180  # up to here pdflatex has letters; beyond, XeLaTeX or LuaLaTeX is needed
NUMBER = re.compile(r"(-?)(\d+(?:,\d{3})*(?:\.\d+)?)(?:e([-+]?\d+))?")  # "-1,024.5e-3", a number that LaTeX sets as one


def latex(table: FigureTable) -> str:
    """The table as a `tabular`, which a paper reads into a float with a caption of its own."""
    columns = "l" * table.words + "r" * (len(table.head) - table.words)
    groups = [[_row(_once(cells, place), table.words) for place, cells in enumerate(rows)] for rows in table.figures]
    body = "\n\\addlinespace\n".join("\n".join(rows) for rows in groups)
    text = f"""\
\\begin{{tabular}}{{@{{}}{columns}@{{}}}}
\\toprule
{_line(escape(name) for name in table.head)}
\\midrule
{body}
\\bottomrule
\\end{{tabular}}
"""
    notes = [*table.notes, r"Put \usepackage{booktabs} into the preamble, and \input this file where the table stands."]
    if set(text) & set(NOT_IN_OT1):
        notes.append(r"It has letters that need \usepackage[T1]{fontenc} in the preamble, too.")
    if any(ord(sign) >= LATIN for sign in text):
        notes.append(
            "It has letters that pdflatex knows nothing of: use XeLaTeX or LuaLaTeX, with a font that has them."
        )
    return "".join(f"% {on_one_line(note)}\n" for note in notes) + text


def _once(cells: Sequence[str], place: int) -> Sequence[str]:
    """The cells of a row; the name of the figure stands in its first row alone."""
    return cells if place == 0 else ["", *cells[1:]]


def _row(cells: Sequence[str], words: int) -> str:
    return _line([*map(escape, cells[:words]), *map(number, cells[words:])])


def _line(cells: Iterable[str]) -> str:
    return f"{' & '.join(cells)} \\\\"


def escape(text: str) -> str:
    """A text that LaTeX shows letter for letter, on one line, whatever stands in it."""
    parts = LIGATURES.sub("\0", on_one_line(text))
    return "".join("{}" if sign == "\0" else SPECIAL.get(sign, sign) for sign in parts)


def number(text: str) -> str:
    """The numbers in a text with a minus sign and a power of ten as mathematics has them; brackets stay."""
    return NUMBER.sub(_mathematics, text)


def _mathematics(found: re.Match[str]) -> str:
    sign, digits, power = found.groups()
    digits = digits.replace(",", "{,}")
    if power is not None:
        return rf"${sign}{digits} \times 10^{{{int(power)}}}$"
    return f"${sign}{digits}$" if sign else digits
