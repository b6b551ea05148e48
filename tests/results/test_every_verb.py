"""Every verb x everything that a result can do: what is missing somewhere shows here, and no new verb is forgotten.

Run: pytest tests/results/test_every_verb.py
"""

import json
import re
from pathlib import Path

import pytest

import autophagy
from autophagy.cli.main import main
from autophagy.results.result import Result
from autophagy.runs.open import RECORDS
from every_verb import MAKERS, home, made

pytest.importorskip("matplotlib")
pytest.importorskip("jinja2")
pytest.importorskip("pandas")

ALONE = ("watch", "diff")  # results without a run folder of their own
KINDS = {kind.spec_type.of for kind in RECORDS}
ENDINGS = ("svg", "pdf", "png", "csv", "md", "tex", "parquet")


@pytest.fixture(params=list(MAKERS))
def verb(request):
    return request.param


@pytest.fixture
def result(verb):
    return made(verb)


def folder(result):
    """What `autophagy.open` and the command line take of a result."""
    return result.path if hasattr(result, "path") else result.folder


def needs_a_folder(verb):
    if verb == "diff":
        pytest.skip("a difference is of two runs, and has no folder of its own: autophagy diff makes it anew")


def test_no_verb_is_forgotten():
    """Each kind of run folder, each result that is none, and the two kinds of forecast are made here."""
    assert {made(verb).kind for verb in MAKERS if verb not in ALONE} == KINDS
    homes = {type(made(verb)).__name__ for verb in MAKERS}
    every, left = set(), [Result]
    while left:
        kinds = left.pop().__subclasses__()
        ours = [kind for kind in kinds if kind.__module__.startswith("autophagy.")]
        every |= {kind.__name__ for kind in ours if not kind.__abstractmethods__}
        left += kinds
    # CuratedData is a curation that holds its frames; a DocumentResult is a forecast that is there as a document alone
    assert every - homes <= {"CuratedData", "DocumentResult", "Forecast", "CalibratedRun"}


def test_it_is_a_result(result):
    assert isinstance(result, Result)
    assert result.done


def test_its_frame_is_tidy(result):
    frame = result.frame()
    assert {"metric", "value"} <= set(frame.columns)
    assert frame.value.dtype.kind == "f"
    assert frame.metric.map(type).eq(str).all()
    assert not frame.duplicated([name for name in frame.columns if name != "value"]).any()
    assert len(result.frame("arrow")) == len(frame) > 0


def test_its_summary_has_each_figure_once_with_interval_and_n(result):
    summary = result.summary()
    assert {"metric", "value", "low", "high", "n"} <= set(summary.columns)
    assert not summary.duplicated([name for name in summary.columns if name not in ("value", "low", "high", "n")]).any()
    assert ((summary.n > 0) == summary.value.notna()).all()
    there = summary[summary.low.notna()]
    assert (there.low <= there.value).all()
    assert (there.value <= there.high).all()
    assert summary.n.gt(0).any()


def test_its_verdict_begins_with_one_sentence(result):
    assert result.verdict
    for sentence in result.verdict:
        assert re.fullmatch(r"\S.*[.!?]", sentence, re.DOTALL), sentence
        assert "\n" not in sentence


def test_it_draws_every_chart(result):
    assert result.charts()
    for name in result.charts():
        assert result.plot(name).axes, name
    with pytest.raises(autophagy.UsageError, match="no chart 'nonsense'"):
        result.plot("nonsense")


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_is_saved(result, verb, ending, tmp_path):
    first = result.save(tmp_path / f"first.{ending}").read_bytes()
    assert first
    assert result.save(tmp_path / f"second.{ending}").read_bytes() == first


def test_a_notebook_shows_it(result):
    shown = result._repr_html_()
    assert result.verdict[0] in shown.replace("&amp;", "&").replace("&gt;", ">").replace("&lt;", "<")
    assert "<table>" in shown


def test_its_repr_is_short(result, verb):
    assert repr(result).startswith(f"<{result.verb} of ")
    assert result.verdict[0] in repr(result)
    assert "\n" not in repr(result)


def test_open_gives_it_back(result, verb):
    needs_a_folder(verb)
    again = autophagy.open(folder(result))
    assert again.verdict == result.verdict
    assert again.summary().equals(result.summary())
    assert again.frame().equals(result.frame())


def test_export_writes_a_figure_and_a_table(result, verb, tmp_path, capsys):
    words = [made("loop").folder, home() / "biased"] if verb == "diff" else [folder(result)]
    assert main(["export", *map(str, words), "--out", str(tmp_path), "--figures", "svg", "--table", "md"]) == 0
    files = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert {path.suffix for path in files} == {".svg", ".md"}
    assert all(path.stat().st_size for path in files)


def test_report_writes_its_page(result, verb, tmp_path, capsys):
    needs_a_folder(verb)
    place = folder(result)
    own = [] if verb in ("forecast", "calibrate") else ["--out", str(tmp_path / "page.html")]
    assert main(["report", str(place), *own]) == 0
    page = Path(capsys.readouterr().out.strip())
    assert page == (tmp_path / "page.html" if own else place / "report.html")
    assert re.search(result.title.replace(" with ", ".{1,9}?").rpartition("/")[2], page.read_text())
    assert 'data-plot id="' in page.read_text() or "data-plot>" in page.read_text()


def test_runs_lists_it_with_its_headline(result, verb, capsys):
    needs_a_folder(verb)
    assert main(["runs", str(home()), "--json"]) == 0
    listed = {run["folder"]: run for run in json.loads(capsys.readouterr().out)["runs"]}
    if verb == "watch":
        assert not any("watched" in name for name in listed), "looks at a log are a file, and no run"
        return
    run = listed[str(folder(result))]
    assert run["state"] == "done"
    assert run["verb"] == result.verb
    assert run["headline"]["metric"] in set(result.summary().metric)


def test_view_shows_it(result, verb):
    from autophagy.report.view.listing import Listing
    from autophagy.report.view.pages import Pages

    needs_a_folder(verb)
    if verb == "watch":
        return  # looks at a log are no run
    listed = {run.folder: run for run in Listing(home()).runs()}
    assert listed[folder(result)].verb == result.verb
    assert "<main" in Pages(home()).page(folder(result))


def test_a_requirement_on_its_headline_is_decided(result, verb, capsys):
    needs_a_folder(verb)
    headline = result.headline_score
    words = ["report", str(folder(result)), "--out", str(home() / "page.html"), "--undecided", "value", "--require"]
    low, high = (f"{headline.metric}:{end}" for end in ("-1e9", "1e9"))
    assert main([*words, low]) == 0
    assert main([*words, high]) == 1
    assert f"the requirement {high} fails" in capsys.readouterr().err
    assert main([*words, "nonsense:1"]) == 2


RECORDING = {"loop": "loop", "forecast": "forecast", "compare": "compare", "audit": "audit", "curate": "curate",
             "generate": "generate", "drift": "drift", "snapshot": "drift record"}  # fmt: skip


@pytest.mark.parametrize("verb", list(RECORDING))
def test_every_verb_that_records_a_run_takes_the_same_flags(verb, capsys):
    main([*RECORDING[verb].split(), "--help"])
    shown = capsys.readouterr().out
    for flag in (
        "--out",
        "--json",
        "--spec",
        "--require",
        "--undecided",
        "--log",
        "--quiet",
        "--verbose",
        "--log-level",
    ):
        assert flag in shown, flag
    assert "Examples:" in shown


class Kept:
    """A tracker that keeps what it is told."""

    def __init__(self):
        self.told, self.said = {}, []

    def begin(self, run):
        self.config = run.config
        return "kept"

    def log(self, figures, step):
        self.told |= figures

    def end(self, sentences, done):
        self.said += sentences


def test_a_verb_that_comes_all_at_once_tells_its_tracker_at_the_end_and_once(monkeypatch):
    from autophagy.trackers import tensorboard

    kept = Kept()
    monkeypatch.setattr(tensorboard, "open_tracker", lambda: kept)
    spec, place = made("audit").record.spec(), home() / "tracked"
    result = autophagy.run(spec, place, log="tensorboard", workers=1)
    assert kept.told == {"duplicates": pytest.approx(3 / 27)}
    assert kept.said == result.verdict
    assert kept.config["verb"] == "audit"
    kept.told.clear()
    autophagy.run(spec, place, log="tensorboard", resume=True, workers=1)
    assert kept.told == {}
    with pytest.raises(autophagy.UsageError, match="no tracker 'wand'"):
        autophagy.run(spec, home() / "never", log="wand")
    assert not (home() / "never").exists()
