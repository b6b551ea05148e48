"""The notebook of the examples is run as a notebook runs it, and is kept without outputs."""

import ast
import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[1] / "examples" / "notebook.ipynb"
CELLS = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]


def run_cell(code, names):
    """Run the code of a cell; the value of its last line, where that is an expression, is what a notebook shows."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "a cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "a cell", "eval"), names) if last else None


@pytest.mark.slow
def test_the_notebook_runs_from_an_empty_folder_and_shows_what_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "__main__"}
    shown = [run_cell("".join(cell["source"]), names) for cell in CELLS if cell["cell_type"] == "code"]
    pages = [value._repr_html_() or "" for value in shown if hasattr(value, "_repr_html_")]
    assert any("variety" in page and "<table>" in page for page in pages), "the result does not show its verdict"
    pictures = [value._repr_png_() for value in shown if hasattr(value, "_repr_png_")]
    assert [picture[:8] for picture in pictures] == [b"\x89PNG\r\n\x1a\n"]
    assert "\\toprule" in capsys.readouterr().out
    assert (tmp_path / "paper" / "recall.pdf").read_bytes().startswith(b"%PDF")


def test_the_notebook_is_kept_small_and_without_outputs():
    assert NOTEBOOK.stat().st_size < 10_000
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in CELLS)
    assert len({cell["id"] for cell in CELLS}) == len(CELLS)
