"""Quotas: the largest mixture of the wanted shares, by arithmetic and by brute force."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.curators.coverage import WantedMixture, quotas

COUNTS = st.lists(st.integers(0, 500), min_size=1, max_size=6).map(np.array)


def kept(names, counts, **wanted):
    return quotas(names, np.array(counts), WantedMixture.read(**wanted)).tolist()


def test_mixtures_that_people_ask_for():
    assert kept(["de", "en", "fr"], [100, 800, 100]) == [100, 800, 100]
    assert kept(["de", "en", "fr"], [100, 800, 100], weights="en=0.5") == [100, 200, 100]  # half English
    assert kept(["de", "en", "fr"], [100, 800, 100], weights="en=0.5;de=0.5") == [100, 100, 0]
    assert kept(["blogs", "wikipedia"], [600, 200], weights="wikipedia=2x") == [300, 200]  # Wikipedia twice
    assert kept(["a", "b", "c"], [100, 200, 900], weights="a=0.2;b=2x") == [
        100,
        123,
        277,
    ]  # b and c divide .8 as 400 to 900
    assert kept(["a", "b"], [100, 900], alpha=0) == [100, 100]
    assert kept(["a", "b"], [100, 900], alpha=0.5) == [100, 300]
    assert kept(["a", "b"], [100, 900], most=300) == [100, 300]
    assert kept(["a", "b"], [100, 900], rows=0.1) == [10, 90]
    assert kept(["a", "b"], [100, 900], alpha=0, rows=150) == [75, 75]
    assert kept(["a", "b"], [100, 900], alpha=0, rows=500) == [100, 400]  # a gives all it has, b fills its place
    assert kept(["a", "b"], [100, 900], weights="b=0") == [100, 0]


@settings(max_examples=100, deadline=None)
@given(COUNTS, st.floats(0, 1), st.integers(0, 300), st.one_of(st.just(0), st.floats(0, 3000)))
def test_no_group_gives_more_than_it_has_and_no_more_stay_than_asked(counts, alpha, most, rows):
    names = [f"g{number}" for number in range(len(counts))]
    found = quotas(names, counts, WantedMixture.read(alpha=alpha, most=most, rows=rows))
    assert ((found >= 0) & (found <= counts)).all()
    if most:
        assert found.max() <= most
    asked = rows * counts.sum() if rows < 1 else min(rows, counts.sum())
    if rows and not most:
        assert abs(found.sum() - asked) <= len(counts)  # to rounding
    if not rows and not most and alpha == 1:
        assert (found == counts).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=2, max_size=3), st.integers(1, 9), st.integers(1, 9))
def test_without_a_number_of_rows_the_mixture_is_the_largest_one(counts, first, second):
    """By brute force: no mixture with the wanted shares, to rounding, has a row more in every group."""
    weights = {"g0": first / (first + second), "g1": second / (first + second)}
    names = [f"g{number}" for number in range(len(counts))]
    text = ";".join(f"{name}={share:.6f}" for name, share in weights.items())
    if sum(round(share, 6) for share in weights.values()) > 1:
        return
    found = quotas(names, np.array(counts), WantedMixture.read(text))
    wanted = np.array([weights.get(name, 0) for name in names])
    best = max(
        sum(some)
        for some in itertools.product(*(range(count + 1) for count in counts))
        if np.all(np.abs(np.array(some) - wanted * sum(some)) <= 0.5)
    )
    assert abs(found.sum() - best) <= len(counts)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"weights": "en"}, "no weight"),
        ({"weights": "en=lots"}, "no weight"),
        ({"weights": "en=1.5"}, "no weight"),
        ({"weights": "en=-1x"}, "no weight"),
        ({"weights": "en=0.7;de=0.7"}, "pass 1"),
        ({"weights": "fr=0.5"}, "no row is of the group 'fr'"),
        ({"weights": "eng=0.5"}, "no row is of the group"),
        ({"alpha": 2}, "alpha"),
        ({"most": -1}, "per_topic"),
        ({"rows": -1}, "rows"),
    ],
)
def test_what_is_no_mixture_is_refused(wanted, said):
    with pytest.raises(UsageError, match=said):
        kept(["de", "en"], [1, 1], **wanted)
