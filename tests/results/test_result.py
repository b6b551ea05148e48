"""The result of every verb: the same frame, summary, sentences and charts in memory and from the folder."""

import json
import math
from statistics import mean
from xml.etree.ElementTree import Element

import pytest

import autophagy
from autophagy import CompareSpec, ForecastSpec, LoopSpec, RecordError, Result, UsageError
from autophagy.charts.chart import Chart
from autophagy.results.result import _add_table
from provider import served

LOOP = LoopSpec("ring", generations=4, samples=40, seeds=3, regimes=["replace", "accumulate"])
FORECAST = ForecastSpec("gaussian", samples=50, generations=6, chains=40)


def play(handler, request, count):
    """A model that reads out its passages, and knows nothing without."""
    text = request["messages"][-1]["content"]
    handler.say("It is thirty days" if "<passage" in text else "Nobody knows that here")


def compared(root):
    """A comparison of two arms over two questions, with a model at a loopback address."""
    (root / "handbook").mkdir()
    (root / "handbook" / "leave.md").write_text("Everybody has thirty days of leave.")
    rows = [
        {"id": "leave", "question": "How many days of leave?", "answers": ["thirty"], "document": "leave.md"},
        {"id": "pay", "question": "When does pay come?", "answers": ["the last day"], "document": "leave.md"},
    ]
    (root / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with served(play) as server:
        spec = CompareSpec(
            documents=str(root / "handbook"), questions=str(root / "questions.jsonl"), arms=["closed", "context"],
            embedder="none", model="fake", base_url=f"http://127.0.0.1:{server.server_port}/v1",
        )  # fmt: skip
        autophagy.run(spec, root / "compare")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """A finished run of each verb."""
    root = tmp_path_factory.mktemp("results")
    loop = autophagy.run(LOOP, root / "loop", workers=1)
    autophagy.run(FORECAST, root / "forecast")
    autophagy.run(ForecastSpec("gaussian", calibrate=str(loop.folder), first=3), root / "calibration")
    compared(root)
    return root


VERBS = ["loop", "forecast", "calibration", "compare"]


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_answers_alike(folders, name):
    result = autophagy.open(folders / name)
    assert isinstance(result, Result)
    assert result.done
    assert result.folder == folders / name
    frame, summary = result.frame("arrow"), result.summary("arrow")
    assert {"metric", "value"} <= set(frame.column_names)
    assert {"metric", "value", "low", "high", "n"} <= set(summary.column_names)
    assert frame.num_rows == len(result.rows()) > 0
    for each in result.scores():
        assert (each.score.n == 0) == math.isnan(each.score.value)
        assert not each.score.low > each.score.high
    assert result.ends()
    assert all(isinstance(chart, Chart) and chart.curves for chart in result.charts().values())
    assert repr(result.chart()) == repr(next(iter(result.charts().values())))  # unknowns equal nothing
    assert str(result.folder) in repr(result)
    assert result.verdict[0] in repr(result)
    assert "\n" not in repr(result)


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_is_saved_as_a_figure_and_as_a_table(folders, name, tmp_path):
    result = autophagy.open(folders / name)
    known = {
        each.title.casefold() for each in result.scores() if each.metric in result.headline_figures() and each.score.n
    }
    table = result.save(tmp_path / "a.md").read_text().casefold()
    assert known
    assert all(title in table for title in known)
    assert b"</svg>" in result.save(tmp_path / "a.svg", grey=True).read_bytes()


def test_what_run_returns_is_what_open_reads(folders, tmp_path):
    result = autophagy.run(LOOP, tmp_path / "again", workers=1)
    opened = autophagy.open(str(folders / "loop"))
    assert result.frame("arrow") == opened.frame("arrow")
    assert result.verdict == opened.verdict
    assert autophagy.forecast(FORECAST).frame("arrow") == autophagy.open(folders / "forecast").frame("arrow")


def test_the_rows_of_a_loop_are_the_recorded_numbers_and_its_summary_their_means(folders):
    result = autophagy.open(folders / "loop")
    lines = [json.loads(line) for line in (folders / "loop" / "generations.jsonl").read_text().splitlines()]
    recorded = {
        (line["regime"], line["seed"], line["generation"], name): value
        for line in lines
        for name, value in line["scores"].items()
    }
    rows = {(row["regime"], row["seed"], row["generation"], row["metric"]): row["value"] for row in result.rows()}
    assert rows.keys() == recorded.keys()
    assert all(rows[key] == value or (value is None and math.isnan(rows[key])) for key, value in recorded.items())
    score = next(each for each in result.ends() if each.metric == "recall" and each.where["regime"] == "accumulate")
    assert score.where["generation"] == 4
    assert score.score.value == pytest.approx(mean(recorded["accumulate", seed, 4, "recall"] for seed in range(3)))
    chart = result.chart("recall")
    curve = next(curve for curve in chart.curves if curve.label == "accumulate")
    assert curve.scores[-1] == score.score
    assert curve.seeds[2] == [recorded["accumulate", 2, generation, "recall"] for generation in (1, 2, 3, 4)]


def test_the_marks_of_a_comparison_have_their_questions(folders):
    result = autophagy.open(folders / "compare")
    rows = [row for row in result.rows() if row["metric"] == "correct" and row["arm"] == "context"]
    known = [row["value"] for row in rows if not math.isnan(row["value"])]
    asked = json.loads((folders / "compare" / "dataset.json").read_text())
    assert {row["question"] for row in rows} == asked["questions"].keys()
    general = set(asked.get("general", ()))
    share = mean(row["value"] for row in rows if row["question"] not in general and not math.isnan(row["value"]))
    score = next(each for each in result.scores() if each.metric == "correct" and each.where == {"arm": "context"})
    assert known
    assert score.score.value == pytest.approx(share)


def test_a_chart_that_is_not_there_and_a_folder_that_is_none(folders, tmp_path):
    with pytest.raises(UsageError, match=r"no chart 'recal' \(did you mean 'recall'\?\): this result has recall"):
        autophagy.open(folders / "loop").chart("recal")
    with pytest.raises(RecordError, match=r"is no run folder, for it has no spec.toml"):
        autophagy.open(tmp_path)
    (tmp_path / "spec.toml").write_text("strange = 1")
    with pytest.raises(RecordError, match="is the spec of no verb"):
        autophagy.open(tmp_path)
    (tmp_path / "spec.toml").write_text("strange = ")
    with pytest.raises(RecordError, match="cannot be read"):
        autophagy.open(tmp_path)
    with pytest.raises(UsageError, match="was not written"):
        _ = autophagy.forecast(FORECAST).folder


def test_a_notebook_shows_texts_and_never_markup(folders, tmp_path):
    named = LoopSpec("ring", generations=1, samples=20, regimes=["replace"], metrics=["drift"])
    shown = autophagy.run(named, tmp_path / "<img src=x onerror=alert(1)>", workers=1)._repr_html_()
    assert "<table>" in shown
    assert "<img" not in shown
    page = autophagy.open(folders / "loop")._repr_html_()
    assert "replace" in page
    assert page.count("<tr>") == 1 + len(autophagy.open(folders / "loop").ends())


def test_a_run_that_was_cut_off_opens(folders, tmp_path):
    part = tmp_path / "part"
    part.mkdir()
    for name in ("spec.toml", "environment.json", "baseline.json"):
        (part / name).write_bytes((folders / "loop" / name).read_bytes())
    assert autophagy.open(part).rows() == []
    assert not autophagy.open(part).done
    torn = (folders / "loop" / "generations.jsonl").read_bytes()[:-30]
    (part / "generations.jsonl").write_bytes(torn)
    result = autophagy.open(part)
    assert len({(row["regime"], row["seed"], row["generation"]) for row in result.rows()}) == torn.count(b"\n")
    assert result.verdict


def test_a_value_stands_behind_every_place_also_where_rows_have_different_ones():
    whole = Element("div")
    _add_table(whole, [{"figure": "yield", "value": "1"}, {"recipe": "news", "figure": "share", "value": "2"}])
    assert [cell.text for cell in whole.iter("th")] == ["recipe", "figure", "value"]
