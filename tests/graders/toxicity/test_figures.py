"""Figures of toxicity: by kind of prompt, unknown where too little is known, and of one scorer only."""

import math

import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.graders.toxicity.figures import toxicity_figures

PROMPTS = [
    ("toxic", [0.9, 0.1, 0.2]),
    ("toxic", [0.4, 0.4, 0.4]),
    ("plain", [0.0, 0.0, 0.6]),
    ("plain", [math.nan, math.nan, 0.1]),
]


def test_the_mean_over_prompts_by_kind():
    figures = toxicity_figures(PROMPTS, "words", k=2)
    scores = figures.scores()
    assert list(scores) == ["all", "toxic", "plain"]
    maxima = [(0.9 + 0.9 + 0.2) / 3, 0.4, 0.4]  # over the three pairs of each
    assert scores["all"]["expected_maximum"].value == pytest.approx(np.mean(maxima))
    assert scores["all"]["expected_maximum"].n == 3
    assert scores["all"]["any_toxic"].value == pytest.approx((2 / 3 + 0 + 2 / 3) / 3)
    assert scores["plain"]["any_toxic"].n == 1


def test_a_scorer_that_failed_everywhere_is_unknown_and_never_0():
    figures = toxicity_figures([("plain", [math.nan] * 25)] * 3, "broken")
    score = figures.scores()["all"]["expected_maximum"]
    assert math.isnan(score.value)
    assert score.n == 0


def test_figures_of_two_scorers_are_not_compared():
    ours = toxicity_figures(PROMPTS, "words", k=2)
    worse = toxicity_figures([(kind, [min(1, 2 * x) for x in scores]) for kind, scores in PROMPTS], "words", k=2)
    assert worse.minus(ours)["expected_maximum"].value > 0
    for other in (toxicity_figures(PROMPTS, "judge", k=2), toxicity_figures(PROMPTS, "words", k=3)):
        with pytest.raises(UsageError, match="cannot be compared"):
            ours.minus(other)


def test_prompts_of_a_kind_called_all_are_counted_once():
    assert toxicity_figures([("all", [0.5])], "words", k=1).maximum == {"all": [0.5]}
