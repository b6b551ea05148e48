"""The shares of a mix follow what each recipe brought, and no recipe starves.

Run: pytest tests/recipes/test_shares.py
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import UsageError
from autophagy.core.recipe import Brought
from autophagy.core.registry import build
from autophagy.recipes.shares import matched
from autophagy.testing.recipes import POOL

some = st.builds(Brought, st.integers(1, 200), st.integers(0, 2_000), st.floats(0.1, 1e6))
floors = st.floats(0.01, 1)


@given(st.lists(some, min_size=1, max_size=6), floors)
def test_shares_are_shares_and_none_is_below_its_part_of_the_floor(brought, floor):
    shares = matched(brought, floor)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= floor / len(brought) * (1 - 1e-9)).all()


@given(st.lists(some, min_size=2, max_size=6), floors, st.randoms())
def test_they_know_no_order_and_no_unit_of_cost(brought, floor, random):
    order = list(range(len(brought)))
    random.shuffle(order)
    shares = matched(brought, floor)
    assert matched([brought[place] for place in order], floor) == pytest.approx(shares[order])
    dearer = [replace(each, cost=each.cost * 1000) for each in brought]
    assert matched(dearer, floor) == pytest.approx(shares)


@given(st.lists(some, min_size=2, max_size=6), floors)
def test_at_one_number_of_calls_and_one_cost_who_brought_more_has_more(brought, floor):
    alike = [replace(each, calls=20, cost=100.0) for each in brought]
    shares = matched(alike, floor)
    order = np.argsort([each.kept for each in alike], kind="stable")
    assert (np.diff(shares[order]) >= -1e-12).all()


def test_in_the_long_run_they_are_in_proportion_to_rows_over_cost():
    brought = [Brought(10**6, 4 * 10**6, 1e9), Brought(10**6, 10**6, 1e9), Brought(10**6, 4 * 10**6, 4e9)]
    assert matched(brought, 0.3) == pytest.approx([0.1 + 0.7 * x for x in (4 / 6, 1 / 6, 1 / 6)], rel=1e-3)


def test_one_lucky_call_decides_little_and_nothing_decides_nothing():
    lucky = matched([Brought(1, 5, 100.0), Brought(19, 19, 1900.0)], 0.2)
    assert 0.5 < lucky[0] < 0.6
    assert matched([Brought(20, 0, 5.0), Brought(1, 0, 5.0)], 0.2) == pytest.approx([0.5, 0.5])
    assert matched([Brought(), Brought()], 0.2) == pytest.approx([0.5, 0.5])


def asked(mix, n=600):
    requests = mix.ask(POOL, n, np.random.default_rng(0))
    return [sum(request.part == name for request in requests) for name in mix.recipes]


def test_a_mix_that_is_told_asks_by_it_and_stays_as_it_was():
    mix = build("recipe", "mix:of=alpaca+magpie+persona")
    told = mix.adapted({"alpaca": Brought(10**6, 10**7, 1e7), "magpie": Brought(10**6, 10**6, 1e7)}, ())
    assert asked(told) == pytest.approx(600 * matched([*brought_of(told)], 0.2), abs=1)
    assert asked(mix) == [200, 200, 200]


def brought_of(mix):
    found = {"alpaca": Brought(10**6, 10**7, 1e7), "magpie": Brought(10**6, 10**6, 1e7)}
    return [found.get(name, Brought()) for name in mix.recipes]


def test_fixed_shares_stay():
    mix = build("recipe", "mix:of=alpaca+magpie,shares=1+3")
    assert asked(mix.adapted({"alpaca": Brought(100, 1000, 100.0), "magpie": Brought(100, 0, 100.0)}, ())) == [150, 450]


def test_a_part_that_is_closed_asks_nothing():
    for shares in ("", ",shares=1+3+4"):
        mix = build("recipe", f"mix:of=alpaca+magpie+persona{shares}")
        assert asked(mix.adapted({}, {"alpaca"})) == (
            [0, 300, 300] if not shares else pytest.approx([0, 257, 343], abs=1)
        )
        assert mix.adapted({}, set(mix.recipes)).ask(POOL, 20, np.random.default_rng(0)) == []


@pytest.mark.parametrize("floor", ["0", "1.5", "-1"])
def test_a_floor_that_is_none_is_refused(floor):
    with pytest.raises(UsageError, match="floor"):
        build("recipe", f"mix:of=alpaca+magpie,floor={floor}")
