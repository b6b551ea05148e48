"""A user's own metric: shown like a built-in one in terminal, verdict and page, and when its file is gone."""

import html
import json
import math
from pathlib import Path

import pytest

from autophagy.cli.main import main
from autophagy.core import registry
from autophagy.core.decorators import metric
from autophagy.core.errors import UsageError
from autophagy.core.figures import Figure, read_figures
from autophagy.core.registry import find
from autophagy.loop.legend import Legend
from autophagy.loop.record import Record
from autophagy.statistics.intervals import interval

PLUGIN = '''
"""A metric of my own."""

from autophagy import Figure, metric, regime


@metric(
    "reach",
    group="My own measures",
    bounds=(0, 1),
    better="higher",
    figures={
        "reach_near": Figure("near reach", "How far the rows reach nearby."),
        "reach_end": Figure("end of the near reach", chart=False),
        "reach_far": Figure("far reach", "How far they reach elsewhere & <b>beyond</b>.", better=0.5, gist="far side"),
    },
)
def reach(reference, generated, rng, *, power: float = 4.0):
    """How far the rows reach, nearby and elsewhere."""
    near = 1 - 0.3 * float(rng.random()) ** power
    return {"reach_near": near, "reach_end": near, "reach_far": float(rng.random())}


@regime("mine", words="on rows that I chose")
def mine(history, rng):
    """The rows of the last generation."""
    return history.synthetic[-1]
'''
WORDS = [
    "loop",
    "ring",
    "--plugin",
    "mine.py",
    "--regime",
    "mine",
    "--samples",
    "60",
    "--generations",
    "4",
    "--seeds",
    "3",
    "--out",
    "run",
]


@pytest.fixture
def recorded(tmp_path, monkeypatch, capsys):
    """What a run with the metric printed; its plug-in is gone afterwards, from the disk and from the registry."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    registry.discover()
    before = dict(registry._entries)
    monkeypatch.setattr(registry, "_entries", dict(before))
    Path("mine.py").write_text(PLUGIN, encoding="utf-8")
    assert main([*WORDS, "--metric", "reach_far"]) == 0  # the name of a figure stands for the metric that makes it
    printed = capsys.readouterr().out
    assert main([*WORDS, "--metric", "reach_far", "--resume", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    Path("mine.py").unlink()
    monkeypatch.setattr(registry, "_entries", before)
    return printed, document


def test_the_terminal_and_the_verdict_show_it_like_a_built_in_metric(recorded):
    printed, document = recorded
    assert set(document["generations"][0]["scores"]) == {"reach_near", "reach_end", "reach_far"}
    heading = printed.splitlines()[0]
    assert "near reach" in heading
    assert "far reach" in heading
    assert "end of the near reach" not in heading
    assert any(sentence.startswith("Trained on rows that I chose, the model ") for sentence in document["verdict"])
    (own,) = [
        sentence for sentence in document["verdict"] if sentence.startswith("Trained on rows that I chose (mine)")
    ]
    assert "near reach" in own
    assert "far reach" in own


def test_its_intervals_end_at_its_bounds(recorded):
    _, document = recorded
    lines = document["generations"]
    cut = 0
    for row in document["summary"]:
        values = [line["scores"]["reach_near"] for line in lines if line["generation"] == row["generation"]]
        cut += interval(values).high > 1
        assert row["scores"]["reach_near"]["high"] == min(1.0, interval(values).high)
    assert cut


def test_the_page_shows_it_when_the_plug_in_is_gone(recorded):
    pytest.importorskip("matplotlib")
    from autophagy.report import write_report

    with pytest.raises(UsageError, match="there is no metric"):
        find("metric", "reach")
    page = write_report([Path("run")], Path("page.html")).read_text(encoding="utf-8")
    text = html.unescape(page)
    for words in ("My own measures", "Near reach", "Far reach", "How far they reach elsewhere & <b>beyond</b>."):
        assert words in text
    assert "<b>beyond</b>" not in page
    assert "nearer to 0.5 is better" in text
    assert "higher is better" in text
    charts = json.loads(page.partition('id="data">')[2].partition("</script>")[0])["plots"]
    assert {"run-1-reach_near", "run-1-reach_far"} <= charts.keys()
    assert "run-1-reach_end" not in charts
    assert "End of the near reach" in text  # in the table
    assert charts["run-1-reach_near"]["y"][0] == 0  # its bound, where the axis begins


def test_a_text_run_has_columns_in_the_terminal(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text("\n\n".join(f"The king {i} went to sea." for i in range(60)), encoding="utf-8")
    words = [
        "loop",
        "text.txt",
        "--model",
        "ngram",
        "--regime",
        "replace",
        "--generations",
        "2",
        "--seeds",
        "2",
        "--out",
        "run",
    ]
    assert main([*words, "--metric", "perplexity", "--metric", "tail"]) == 0
    heading = " ".join(capsys.readouterr().out.splitlines()[:3])
    assert "perplexity" in heading
    assert "tail mass" in heading


def test_a_name_that_is_nearly_a_figure_is_guessed():
    with pytest.raises(UsageError, match="did you mean 'variance_ratio'"):
        find("metric", "variance_ration")
    assert find("metric", "variance_ratio").name == "drift"


def test_a_figure_that_another_metric_has_is_refused():
    with pytest.raises(UsageError, match="'mean_error' of the metric 'mine' is one of drift's"):

        @metric("mine", figures={"mean_error": Figure()})
        def mine(reference, generated, rng):
            """Mine."""

    with pytest.raises(UsageError, match="choose from teacher, request"):

        @metric("mine", needs=["patience"])
        def impatient(reference, generated, rng):
            """Mine."""


@pytest.mark.parametrize(
    "figure",
    [
        Figure("a", bounds=(0, None), better=1.0),
        Figure("a", "b", "c", (None, 2.5), "real", 3, "d", "skewed", False, "e"),
        Figure(),
    ],
)
def test_the_facts_of_a_figure_survive_the_record(figure):
    assert read_figures(json.loads(json.dumps({"x": figure.json()}))) == {"x": figure}


@pytest.mark.parametrize("damaged", [{"figures": {"x": {"bounds": "wide"}}}, {"figures": 3}, {"regimes": 3}])
def test_damaged_facts_are_said_in_a_sentence(damaged):
    from autophagy.core.errors import RecordError

    with pytest.raises(RecordError, match="its figures cannot be read"):
        Legend.read(damaged)


def test_limits_are_infinite_where_there_is_no_bound():
    assert Figure().limits == (-math.inf, math.inf)
    assert Figure(bounds=(0, None)).limits == (0, math.inf)


def test_a_record_hands_on_its_legend(recorded):
    legend = Record("run").legend()
    assert legend.figure("reach_far").gist == "far side"
    assert legend.named("mine") == "trained on rows that I chose (mine)"
