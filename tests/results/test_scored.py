"""Which scores stand at the end."""

from autophagy.results.scored import Scored, last
from autophagy.statistics.intervals import Score


def scored(metric="recall", **where):
    return Scored(where, metric, metric, Score(0.5, 0.4, 0.6, 3))


def test_each_regime_ends_at_its_own_last_generation():
    early, late, alone = (
        scored(regime="a", generation=1),
        scored(regime="a", generation=3),
        scored(regime="b", generation=2),
    )
    assert last([early, late, alone]) == [late, alone]


def test_a_metric_that_is_not_known_at_the_last_generation_has_no_end():
    assert last([scored("early", regime="a", generation=1), scored("late", regime="a", generation=2)]) == [
        scored("late", regime="a", generation=2)
    ]


def test_what_has_no_generation_is_an_end():
    arms = [scored(arm="closed"), scored(arm="context")]
    assert last(arms) == arms


def test_a_row_has_the_place_the_metric_and_the_numbers():
    assert scored(regime="a", generation=2).row == {
        "regime": "a", "generation": 2, "metric": "recall", "value": 0.5, "low": 0.4, "high": 0.6, "n": 3,
    }  # fmt: skip
