"""What a regime kept, lost and left undecided, from seeds whose fate is plain to see."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.figures import Figure
from autophagy.loop.change import Change
from autophagy.loop.legend import Legend
from autophagy.loop.outcomes import Fate, fate, outcomes

UP = Figure("recall", bounds=(0, 1), better="higher", headline=0)
DOWN = Figure("distance", bounds=(0, None), better="lower", headline=1)
NEAR = Figure("variance ratio", bounds=(0, None), better=1.0, headline=2)
REAL = Figure("precision", bounds=(0, 1), better="real", headline=3)
SILENT = Figure("size", headline=4)  # neither way is better


def judged(figure: Figure, before: list[float], after: list[float], real: float = math.nan) -> Fate:
    return fate(Change.of(figure, dict(enumerate(before)), dict(enumerate(after))), real)


@pytest.mark.parametrize(
    ("figure", "before", "after", "expected"),
    [
        (UP, [0.9, 0.91, 0.92], [0.3, 0.31, 0.33], "lost"),
        (UP, [0.3, 0.31, 0.33], [0.9, 0.91, 0.92], "kept"),
        (UP, [0.9, 0.91, 0.92], [0.9, 0.91, 0.921], "kept"),  # moved, but by next to nothing
        (UP, [0.9, 0.5, 0.7], [0.4, 0.8, 0.6], "undecided"),
        (UP, [0.9], [0.1], "undecided"),  # one seed
        (DOWN, [1, 1.1, 1.2], [9, 9.2, 9.1], "lost"),
        (DOWN, [9, 9.2, 9.1], [1, 1.1, 1.2], "kept"),
        (DOWN, [0, 0, 0], [0, 0, 0], "kept"),  # as lost classes are where none is lost
        (NEAR, [1, 1.01, 0.99], [0.2, 0.21, 0.2], "lost"),
        (NEAR, [1, 1.01, 0.99], [2, 2.1, 2.05], "lost"),
        (NEAR, [2, 2.1, 2.05], [1, 1.01, 0.99], "kept"),
    ],
)
def test_the_fate_of_a_figure(figure: Figure, before: list[float], after: list[float], expected: Fate) -> None:
    assert judged(figure, before, after) == expected


def test_what_should_be_as_real_rows_are_is_lost_below_them_alone() -> None:
    before, after = [0.8, 0.81, 0.82], [0.6, 0.61, 0.63]
    assert judged(REAL, before, after, real=0.9) == "lost"
    assert judged(REAL, before, after, real=0.5) == "kept"
    assert judged(REAL, after, before, real=0.9) == "kept"


values = st.lists(st.floats(0, 1).map(lambda x: round(x, 3)), min_size=2, max_size=6)


@given(values, values)
def test_what_is_lost_one_way_is_kept_or_open_the_other_way(before: list[float], after: list[float]) -> None:
    pairs = list(zip(before, after, strict=False))
    there = judged(UP, [a for a, _ in pairs], [b for _, b in pairs])
    back = judged(UP, [b for _, b in pairs], [a for a, _ in pairs])
    assert not (there == "lost" and back == "lost")
    assert (there == "undecided") == (back == "undecided") or "kept" in (there, back)


def test_only_figures_of_the_headline_that_have_a_better_way_are_told() -> None:
    legend = Legend({"up": UP, "down": DOWN, "silent": SILENT, "other": Figure("other", better="higher")})
    seeds = {0: 0.5, 1: 0.6, 2: 0.55}
    cell = dict.fromkeys(("down", "up", "silent", "other"), seeds)
    found = outcomes({1: cell, 2: cell, 3: cell}, {}, legend)
    assert [each.change.figure.title for each in found] == ["recall", "distance"]
    assert outcomes({4: cell}, {}, legend) == []
    unknown = {**cell, "up": dict.fromkeys(seeds, math.nan)}
    assert [each.change.figure.title for each in outcomes({1: cell, 2: unknown}, {}, legend)] == ["distance"]


def test_a_change_that_seeds_share_is_told_by_its_size() -> None:
    """Both ends may read alike, as 0.96 and 0.96 do."""
    known = Figure("precision", bounds=(0, 1), better="higher")
    change = Change.of(known, {0: 0.9612, 1: 0.9592}, {0: 0.9587, 1: 0.9567})
    assert str(change).endswith(", by 0.0025 in each of 2 seeds")
