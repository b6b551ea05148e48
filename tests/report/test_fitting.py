"""Tables in a terminal: whatever its width, a figure stands on one line with its interval, and none is cut."""

import json

import pytest

import autophagy
from autophagy.cli.main import main


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The folders of two loops with many figures, and the words that print them, or a forecast."""
    folder = tmp_path_factory.mktemp("wide")
    for name, bias in (("a", 1.0), ("b", 0.7)):
        spec = autophagy.LoopSpec("normal:d=2", samples=40, generations=2, seeds=3, bias=bias,
                                  metrics=("recall", "precision", "drift"))  # fmt: skip
        autophagy.run(spec, folder / name)
    a, b = str(folder / "a"), str(folder / "b")
    logs = {name: folder / f"{name}.jsonl" for name in ("before", "after")}
    for name, said in (("before", "yes"), ("after", "no")):
        lines = [{"prompt": f"Is {n} so?", "answer": said, "expected": "yes"} for n in range(9)]
        logs[name].write_text("".join(json.dumps(line) + "\n" for line in lines))
    return {
        "drift": ["drift", *map(str, logs.values()), "--out", str(folder / "drift"), "-q"],
        "loop": ["loop", "--resume", "--out", a, "-q"],
        "diff": ["diff", a, b, "-q"],
        "forecast": ["forecast", "gaussian", "--generations", "5", "-q"],
    }


@pytest.mark.parametrize(
    ("verb", "width"),
    [(verb, width) for verb in ("loop", "diff", "forecast") for width in (80, 100, 140)]
    + [("loop", 60), ("diff", 60), ("forecast", 60)],
)
def test_no_figure_is_broken_or_cut(verb, width, runs, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(runs[verb]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(("regime ", "generation ")))
    table = lines[start : start + lines[start:].index("") if "" in lines[start:] else None]
    figures = [line for line in table[1:] if any(letter.isdecimal() for letter in line)]
    assert len(figures) >= 4
    assert max(map(len, table)) <= width
    for line in figures:
        assert "…" not in line
        assert line.count("[") == line.count("]")
        assert line.count("(") == line.count(")")


@pytest.mark.parametrize("width", [50, 80, 140])
def test_a_table_that_does_not_fit_stands_upright(width, runs, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(runs["drift"]) == 0
    table, _, _ = capsys.readouterr().out.partition("\n\n")
    assert "100.0 % -> 0.0 %" in table
    assert "worse" in table
    assert "…" not in table
    assert (len(table.splitlines()) > 9) == (width < 140)


def test_what_does_not_fit_is_counted_and_a_pipe_has_it_all(runs, capsys, monkeypatch):
    assert main(runs["loop"]) == 0
    whole = capsys.readouterr().out
    heads = whole.splitlines()[0]
    assert all(title in heads for title in ("recall", "precision", "variance ratio", "mean error"))
    assert "more:" not in whole
    monkeypatch.setenv("COLUMNS", "60")
    assert main(runs["loop"]) == 0
    assert "2 figures more: a wider terminal" in " ".join(capsys.readouterr().out.split())
