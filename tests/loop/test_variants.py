"""Metrics of several figures: two variants of one stay apart, and one that fails leaves each of its figures unknown."""

import json
import math

import pytest

from autophagy.cli.main import main
from autophagy.core.decorators import metric
from autophagy.core.errors import DataError
from autophagy.core.figures import Figure
from autophagy.loop.loop import loop
from autophagy.loop.spec import LoopSpec

TEXTS = [
    "The ship left the harbour at dawn and met a storm near the cape.",
    "A storm is a wind.",
    "Ships are slow.",
] * 12
FIGURES = {"types", "types_ratio", "hapax"}


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": f"{text} {n}"}) + "\n" for n, text in enumerate(TEXTS)))
    return str(path)


def scores(texts, *metrics):
    spec = LoopSpec(texts, model="ngram", metrics=metrics, generations=1, seeds=1, samples=10, regimes=["replace"])
    (line,) = loop(spec)
    return line.scores


def test_each_variant_says_what_it_says_alone(texts):
    both = scores(texts, "types", "types:words=6")
    assert both.keys() == FIGURES | {f"{name}:words=6" for name in FIGURES}
    assert both == scores(texts, "types") | scores(texts, "types:words=6")
    assert both["types:words=6"] <= 6 < both["types"]


def test_each_variant_has_a_title_of_its_own(texts, tmp_path, capsys):
    words = ["loop", texts, "--model", "ngram", "--generations", "2", "--seeds", "2", "--samples", "10"]
    out = ["--metric", "types", "--metric", "types:words=6", "--out", str(tmp_path / "run"), "--json"]
    assert main([*words, *out]) == 0
    capsys.readouterr()
    recorded = json.loads((tmp_path / "run" / "environment.json").read_text())["figures"]
    assert recorded["hapax:words=6"]["title"] == recorded["hapax"]["title"] + " (words 6)"


@pytest.fixture
def failing(own_registry):
    @metric("sighs", figures={"sigh_depth": Figure("depth"), "sigh_length": Figure(), "sighs": Figure(axis="seconds")})
    def sighs(reference, generated, rng, *, deep: int = 1):
        """How the rows sigh."""
        if len(generated.x) != 30:
            raise DataError("the rows do not sigh: give them rest.")
        return {"sigh_depth": 1.0, "sigh_length": 2.0}


@pytest.mark.usefixtures("failing")
def test_a_metric_that_fails_leaves_each_of_its_figures_unknown_and_no_other():
    spec = LoopSpec("ring", model="kde", metrics=["sighs", "recall"], generations=1, seeds=1, samples=20)
    line = next(iter(loop(spec)))
    assert line.scores.keys() == {"sigh_depth", "sigh_length", "recall"}
    assert math.isnan(line.scores["sigh_depth"])
    assert math.isnan(line.scores["sigh_length"])
    assert line.unknown == dict.fromkeys(["sigh_depth", "sigh_length"], "the rows do not sigh: give them rest.")


@pytest.mark.usefixtures("failing")
def test_the_terminal_tells_the_reason_of_several_figures_once(tmp_path, capsys):
    words = ["loop", "ring", "--model", "kde", "--generations", "1", "--seeds", "2", "--samples", "20"]
    assert main([*words, "--metric", "sighs", "--metric", "recall", "--out", str(tmp_path / "run")]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert printed.count("the rows do not sigh") == 1
    assert "depth, sigh length are unknown in places: the rows do not sigh: give them rest." in printed


@pytest.mark.usefixtures("failing")
def test_settings_that_leave_even_real_rows_unknown_are_refused(tmp_path, capsys):
    words = ["loop", "ring", "--model", "kde", "--generations", "1", "--seeds", "1", "--samples", "20"]
    assert main([*words, "--metric", "sighs:deep=2", "--out", str(tmp_path / "run")]) == 2
    assert "sighs:deep=2 is unknown even for real rows" in " ".join(capsys.readouterr().err.split())
