"""autophagy export: the files of a run of any verb, printed one a line; wrong words in one sentence."""

import json
import shutil

import pytest

import autophagy
from autophagy import ForecastSpec, LoopSpec
from autophagy.cli.main import main


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A loop, another one of another bias, a forecast, a calibration and a loop on texts."""
    root = tmp_path_factory.mktemp("export")
    numbers = {"samples": 60, "generations": 4, "seeds": 3}
    for name, bias in (("loop", 1.0), ("biased", 0.5)):
        autophagy.run(LoopSpec("normal:d=1", bias=bias, metrics=["variance_ratio"], **numbers), root / name, workers=1)
    autophagy.run(ForecastSpec("gaussian", samples=50, generations=4, chains=20), root / "forecast")
    autophagy.run(ForecastSpec("gaussian", calibrate=str(root / "loop"), first=3), root / "calibration")
    words = LoopSpec(["the cat sat on the mat and looked at the sea"] * 30, model="ngram", generations=2, seeds=2,
                     samples=10, passage=5, metrics=["self_repetition"])  # fmt: skip
    autophagy.run(words, root / "words", workers=1)
    return root


@pytest.mark.parametrize("name", ["loop", "forecast", "calibration", "words"])
def test_each_verb_has_figures_and_a_table(name, runs, tmp_path, capsys):
    assert (
        main(["export", str(runs / name), "--figures", "svg", "--table", "tex", "--grey", "--out", str(tmp_path)]) == 0
    )
    printed = capsys.readouterr().out.splitlines()
    assert sorted(printed) == sorted(map(str, tmp_path.iterdir()))
    assert printed[-1] == str(tmp_path / "table.tex")
    assert len(printed) > 1
    assert "\\toprule" in (tmp_path / "table.tex").read_text()


def test_without_a_kind_a_paper_gets_pdfs_and_latex_in_the_run_folder(runs, capsys):
    assert main(["export", str(runs / "loop"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    folder = runs / "loop" / "export"
    assert document == {"figures": [str(folder / "variance_ratio.pdf")], "table": str(folder / "table.tex")}
    spec = autophagy.open(runs / "loop").record.spec()
    assert autophagy.run(spec, runs / "loop", resume=True).done  # the folder is a run folder as it was


def test_two_runs_are_one_figure_and_a_table_of_their_difference(runs, tmp_path, capsys):
    assert main(["export", str(runs / "loop"), str(runs / "biased"), "--out", str(tmp_path)]) == 0
    assert "B - A" in (tmp_path / "table.tex").read_text()
    assert (tmp_path / "variance_ratio.pdf").stat().st_size > 1_000


def test_a_run_that_was_stopped_is_exported_and_told_of(runs, tmp_path, capsys):
    part = shutil.copytree(runs / "loop", tmp_path / "part")
    (part / "DONE").unlink()
    assert main(["export", str(part), "--table", "md"]) == 0
    assert "has not ended" in capsys.readouterr().err
    assert "has not ended" in (part / "export" / "table.md").read_text()


def test_wrong_words_are_one_sentence(runs, tmp_path, capsys):
    loop = str(runs / "loop")
    for words, meant in (
        ([str(tmp_path)], "is no run folder"),
        ([loop, "--figures", "eps"], "--figures is 'eps'"),
        ([loop, "--table", "html"], "--table is 'html'"),
        ([loop, "--metric", "recal"], "there is no figure 'recal'"),
        ([loop, "--out", str(runs / "loop" / "spec.toml")], "cannot be written"),
        ([loop, str(runs / "forecast")], "give two runs of one verb"),
        ([loop, loop, loop], "nothing takes the words"),
    ):
        assert main(["export", *words]) == 2
        error = capsys.readouterr().err
        assert meant in error
        assert error.count("\n") == 1
