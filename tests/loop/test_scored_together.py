"""Chains that are scored together say what each says alone, to the last bit."""

import numpy as np
import pytest

from autophagy import LoopSpec
from autophagy.core.registry import find
from autophagy.core.samples import Samples
from autophagy.loop.loop import loop
from autophagy.loop.score import Evaluator
from autophagy.metrics.drift import drift


@pytest.mark.parametrize("data", ["normal:d=1", "normal:d=3", "digits"])
def test_the_figures_are_those_of_each_chain_alone(data, monkeypatch):
    small = {"samples": 40, "seeds": 4, "generations": 3, "metrics": ["drift"], "features": "pca"}
    spec = LoopSpec(data, model="gaussian", regimes=["replace"], **small)
    together = [(one.seed, one.index, one.mixture, one.scores) for one in loop(spec)]
    monkeypatch.setattr(Evaluator, "together", lambda *_: {})
    assert [(one.seed, one.index, one.mixture, one.scores) for one in loop(spec)] == together


def test_a_model_that_does_not_know_its_moments_is_scored_by_its_rows():
    assert find("metric", "drift").together is not None
    assert find("metric", "drift").thing is drift
    assert find("metric", "drift").together(None, object(), None) is None


def test_a_split_holds_the_rows_of_each_run():
    rows = Samples.of(np.arange(6.0), 2, "gaussian", label=np.arange(6))
    parts = rows.split(3)
    assert [part.x.tolist() for part in parts] == [[0, 1], [2, 3], [4, 5]]
    assert [part.meta["label"].tolist() for part in parts] == [[0, 1], [2, 3], [4, 5]]
    assert [len(part) for part in rows.take(slice(0, 0)).split(3)] == [0, 0, 0]
