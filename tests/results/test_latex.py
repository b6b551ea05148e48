"""A LaTeX table shows its names letter for letter and its numbers as they are, judged by a parser and by pdflatex."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker

from autophagy.results.latex import escape, latex, number
from autophagy.results.table import FigureTable
from autophagy.text.line import on_one_line

HOSTILE = [
    r"\input{/etc/passwd}", "a & b \\\\ c", "100 % of $x_1^2$ #1", "{", "}", "~tilde^", "[1]", "* starred", "--- dash",
    "!`?`", "<script>|", '"quoted" `and` \'so\'', "\\end{tabular}", "%", "two\nlines\r\n\x1b[31m", "", "−1", ",,",
    "Fréchet, Ångström, Übergröße, Łódź", "\\", "^^M", "#", "&amp;",
]  # fmt: skip


def table(names):
    rows = [[[name, "replace", "-0.5", "[-1.2e-06, 1,234.5]", "3"] for name in names]]
    return FigureTable(["Figure", "Regime & more", "Value", "95 % interval", "n"], 2, rows, ["Of 100 %\nof it."])


SIGNS = {
    "textless": "<", "textgreater": ">", "textbar": "|", "textasciigrave": "`", "textquotesingle": "'",
    "textasciicircum": "^", "textasciitilde": "~",
}  # fmt: skip
KNOWN = get_default_latex_context_db()  # which lacks some of them
KNOWN.add_context_category("signs", prepend=True, macros=[MacroTextSpec(*sign) for sign in SIGNS.items()])


def read(text):
    """What LaTeX would show, by a parser that stands for it; it raises where the text is not well formed."""
    text = text.replace(r"{\ttfamily\char34}", '"')  # which is no macro of a sign
    nodes, _, _ = LatexWalker(text, tolerant_parsing=False).get_latex_nodes()
    reader = LatexNodes2Text(math_mode="text", strict_latex_spaces=True, latex_context=KNOWN)
    return reader.nodelist_to_text(nodes)


@settings(max_examples=300)
@given(st.text(st.one_of(st.characters(codec="utf-8"), st.characters(max_codepoint=127)), max_size=30))
def test_any_name_is_shown_letter_for_letter(name):
    assert read(escape(name)).replace("\u2013", "--") == on_one_line(name).replace("−", "-").replace("\u2013", "--")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_letter_for_letter(name):
    shown = escape(name)
    assert read(shown) == on_one_line(name).replace("−", "-")
    assert "\n" not in shown


@given(st.floats(-1e9, 1e9), st.integers(0, 6))
def test_a_number_stays_the_number_that_it_was(value, digits):
    for text in (f"{value:,.{digits}f}", f"{value:.{digits}e}"):
        shown = number(text)
        back = re.sub(r" \\times 10\^\{(-?\d+)\}", r"e\1", shown.replace("{,}", "")).strip("$")
        assert float(back) == float(text.replace(",", ""))
        assert shown.startswith("$-") == text.startswith("-")


def test_every_row_has_a_cell_for_each_column():
    text = latex(table(HOSTILE))
    body = text.partition("\\midrule\n")[2].partition("\\bottomrule")[0].splitlines()
    assert len(body) == len(HOSTILE)
    for line in body:
        assert line.endswith(r" \\")
        assert len(re.findall(r"(?<!\\)&", line)) == 4
    assert body[1].startswith(" & ")  # the name of a figure stands in its first row alone
    assert all(line.startswith("% ") for line in text.partition("\\begin")[0].splitlines())


def test_pdflatex_reads_it(tmp_path):
    if shutil.which("pdflatex") is None:
        pytest.skip("there is no pdflatex here: apt-get install texlive-latex-recommended")
    (tmp_path / "table.tex").write_text(latex(FigureTable(*_one_figure_a_name())), encoding="utf-8")
    paper = r"\documentclass{article}\usepackage{booktabs}\usepackage[T1]{fontenc}\begin{document}%s\end{document}"
    (tmp_path / "paper.tex").write_text(paper % r"\input{table.tex}", encoding="utf-8")
    words = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "-draftmode", "paper.tex"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stdout[-2_000:]
    assert "Missing character" not in done.stdout


def _one_figure_a_name():
    whole = table(HOSTILE)
    return whole.head, whole.words, [[row] for row in whole.figures[0]], whole.notes


def test_letters_that_pdflatex_has_not_are_told_of():
    assert "XeLaTeX" in latex(table(["数据"]))
    assert "T1" in latex(table(["Þór"]))
    plain = latex(table(["Fréchet"]))
    assert "XeLaTeX" not in plain
    assert "T1" not in plain
