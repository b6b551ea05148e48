"""Regimes: the training set has the rows that the five numbers promise, of every run its own."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from autophagy import History, LoopSpec, Samples
from autophagy.core.errors import NotEnoughRealData, UsageError
from autophagy.core.parts import Part
from autophagy.loop.loop import loop, steps
from autophagy.loop.plan import make_plan
from autophagy.regimes.mixtures import PRESETS, mix, weighted
from autophagy.regimes.numbers import DataMixture
from autophagy.regimes.resolve import resolve

counts = st.integers(0, 12)


def history(generation, samples, runs):
    """Rows that say which run, origin and generation they belong to."""

    def rows(n, made_by, source):
        run = np.repeat(np.arange(runs), n)
        return Samples.of(np.stack([run, np.tile(np.arange(n), runs)], 1), made_by, source, run=run)

    made = tuple(rows(samples, g, "model") for g in range(1, generation))
    return History(rows(12, 0, "fixed"), made, lambda n: rows(n, 0, "fresh"), samples, generation)


@given(
    fixed=counts,
    fresh=counts,
    synthetic=st.integers(1, 8),
    memory=st.one_of(st.integers(1, 5), st.just("all")),
    generation=st.integers(2, 6),
    runs=st.integers(1, 4),
    seed=st.integers(0, 2**32),
    budget=st.one_of(st.none(), st.integers(1, 30)),
)
def test_no_row_gains_or_loses_its_provenance(fixed, fresh, synthetic, memory, generation, runs, seed, budget):
    past = history(generation, 8, runs)
    train = mix(
        past, np.random.default_rng(seed), runs,
        fixed=fixed, fresh=fresh, synthetic=synthetic, memory=memory, budget=budget,
    )  # fmt: skip
    remembered = generation - 1 if memory == "all" else min(memory, generation - 1)
    full = fixed + fresh + synthetic * remembered
    for run, part in enumerate(train.split(runs)):
        assert (part.meta["run"] == run).all()
        assert (part.x[:, 0] == run).all()
        assert len(part) == (full if budget is None else min(budget, full))
        assert len({(g, s, i) for g, s, i in zip(part.generation, part.source, part.x[:, 1], strict=True)}) == len(part)
        assert ((part.source == "model") == (part.generation > 0)).all()
        if budget is None:
            assert (part.source == "fixed").sum() == fixed
            assert (part.source == "fresh").sum() == fresh
            assert set(part.generation[part.generation > 0]) == set(range(generation - remembered, generation))


@given(st.floats(0.01, 0.49), st.floats(0.01, 0.49), st.integers(50, 10_000), st.integers(2, 9))
def test_shares_are_of_the_whole_training_set(fixed, fresh, samples, generation):
    rows = DataMixture(fixed=fixed, fresh=fresh, memory="all").rows(samples, generation)
    total = rows[0] + rows[1] + rows[2] * (generation - 1)
    assert rows[0] == pytest.approx(fixed * total, abs=1)
    assert rows[1] == pytest.approx(fresh * total, abs=1)


@given(
    weight=st.floats(0, 1),
    rows=st.one_of(st.none(), st.integers(1, 40)),
    fixed=st.one_of(st.none(), st.integers(1, 12)),
    fresh=counts,
    memory=st.one_of(st.integers(1, 5), st.just("all")),
    generation=st.integers(2, 6),
    runs=st.integers(1, 4),
    seed=st.integers(0, 2**32),
)
def test_weighted_draws_the_share_it_promises(weight, rows, fixed, fresh, memory, generation, runs, seed):
    past, numbers = history(generation, 8, runs), {"fixed": fixed, "fresh": fresh, "memory": memory}
    train = weighted(past, np.random.default_rng(seed), runs, weight=weight, rows=rows, **numbers)
    pool = mix(past, np.random.default_rng(seed), runs, **numbers)
    for run, (part, drawn_from) in enumerate(zip(train.split(runs), pool.split(runs), strict=True)):
        assert (part.meta["run"] == run).all()
        assert len(part) == (rows or 8)
        assert (part.generation == 0).sum() == round(weight * (rows or 8))
        mine, known = (
            {(g, s, i) for g, s, i in zip(one.generation, one.source, one.x[:, 1], strict=True)}
            for one in (part, drawn_from)
        )
        assert mine <= known


def test_weighted_draws_each_row_of_a_kind_as_often_and_each_chain_by_itself():
    past = history(3, 8, 2)
    train = weighted(past, np.random.default_rng(5), 2, weight=0.25, rows=64_000, fixed=4)
    one, two = train.split(2)
    real = np.bincount(one.x[one.generation == 0, 1], minlength=4)
    made = np.bincount(8 * (one.generation[one.generation > 0] - 1) + one.x[one.generation > 0, 1], minlength=16)
    for observed, expected in ((real, 4_000), (made, 3_000)):  # |z| < 4 for each of 20 counts: a false alarm in 800
        assert (np.abs(observed - expected) < 4 * np.sqrt(expected)).all()
    assert (one.x[:, 1] != two.x[:, 1]).any()


@pytest.mark.parametrize(
    ("numbers", "hint"),
    [
        ({"weight": 1.5}, "a share from 0 to 1"),
        ({"weight": float("nan")}, "a share from 0 to 1"),
        ({"rows": 0}, "a number of rows, 1 or more"),
        ({"fixed": 0}, "give fixed or fresh rows"),
        ({"synthetic": 0}, "needs synthetic rows and there are none"),
    ],
)
def test_weighted_says_what_it_cannot_weigh(numbers, hint):
    with pytest.raises(UsageError, match=hint):
        weighted(history(3, 8, 1), np.random.default_rng(0), **numbers)


def test_weighted_takes_the_numbers_for_all_that_it_uses():
    parts = [Part("weighted"), Part("accumulate"), Part("fresh")]
    assert resolve(parts, {"fixed": 5, "fresh": 0.5}) == {
        "weighted": Part("weighted", {"fixed": 5}),
        "accumulate": Part("accumulate", {"fixed": 5}),
        "fresh": Part("fresh", {"fresh": 0.5}),
    }
    found = mixtures(regimes=["weighted:rows=50,weight=0.1"])
    assert found["weighted:rows=50,weight=0.1", 1] == {"fixed": 20, "fresh": 0, "synthetic": 0}
    assert found["weighted:rows=50,weight=0.1", 4] == {"fixed": 5, "fresh": 0, "synthetic": 45}


def mixtures(**words):
    spec = LoopSpec("normal", samples=20, generations=4, seeds=2, metrics=["drift"], **words)
    return {(g.regime, g.index): g.mixture for g in loop(spec) if g.seed == 1}


def test_the_presets_mix_what_their_papers_say():
    found = mixtures(regimes=list(PRESETS))
    assert {found[name, 1]["fixed"] for name in PRESETS} == {20}
    assert found["replace", 4] == {"fixed": 0, "fresh": 0, "synthetic": 20}
    assert found["augment", 4] == {"fixed": 20, "fresh": 0, "synthetic": 20}
    assert found["fresh", 4] == {"fixed": 0, "fresh": 7, "synthetic": 20}
    assert found["accumulate", 4] == {"fixed": 20, "fresh": 0, "synthetic": 60}
    assert sum(found["subsample", 4].values()) == 20


def test_numbers_for_all_set_the_regimes_that_use_them():
    parts = [Part("replace"), Part("augment"), Part("fresh")]
    resolved = resolve(parts, {"fixed": 5, "fresh": 0.5})
    assert resolved == {
        "replace": Part("replace"),
        "augment": Part("augment", {"fixed": 5}),
        "fresh": Part("fresh", {"fresh": 0.5}),
    }


def test_a_number_that_no_named_regime_uses_sets_all_and_shows():
    assert list(resolve([Part("replace")], {"fresh": 3})) == ["replace:fresh=3"]
    assert mixtures(regimes=["replace"], fresh=3)["replace:fresh=3", 3] == {"fixed": 0, "fresh": 3, "synthetic": 20}


def test_settings_of_a_regime_go_before_numbers_for_all():
    assert resolve([Part("fresh", {"fresh": 9})], {"fresh": 2}) == {"fresh:fresh=9": Part("fresh", {"fresh": 9})}


def test_generation_1_learns_from_fixed_rows_where_they_are_counted():
    assert mixtures(regimes=["augment"], fixed=7)["augment", 1] == {"fixed": 7, "fresh": 0, "synthetic": 0}
    assert mixtures(regimes=["augment"], fixed=0.1)["augment", 1] == {"fixed": 20, "fresh": 0, "synthetic": 0}


@pytest.fixture
def table(tmp_path):
    np.save(tmp_path / "rows.npy", np.arange(200.0).reshape(100, 2))
    return str(tmp_path / "rows.npy")


def test_running_out_of_fresh_rows_says_both_numbers(table):
    spec = LoopSpec(table, regimes=["fresh"], fresh=10, samples=20, generations=10)
    with pytest.raises(
        NotEnoughRealData, match=r"needs 110 real rows .* has 80 beside the 20 held-out rows: lower .* allow reuse"
    ):
        make_plan(spec)


def test_reuse_lets_fresh_rows_come_again(table):
    spec = LoopSpec(table, regimes=["fresh"], fresh=10, samples=20, generations=10, reuse=True, seeds=1)
    plan = make_plan(spec)
    assert len(list(steps(plan, "fresh", (0,)))) == 10


def test_no_generation_sees_a_fresh_row_twice_or_a_held_out_row(table):
    spec = LoopSpec(table, regimes=["fresh"], fresh=6, samples=20, generations=10, seeds=3)
    plan = make_plan(spec)
    held_out = set(plan.reference.x[:, 0])
    for seed in range(3):
        seen = list(plan.real((seed,)).x[:, 0])
        for generation in range(2, 11):
            seen += list(plan.fresh(6, generation, (seed,)).x[:, 0])
        assert len(set(seen)) == len(seen)
        assert not held_out & set(seen)


def test_samples_by_default_are_as_many_as_the_real_rows_allow(table):
    assert make_plan(LoopSpec(table, regimes=["replace"])).samples == 80
    plan = make_plan(LoopSpec(table, regimes=["fresh"], fresh=0.5, generations=4))
    assert plan.samples == 20  # 20 to start from and 20 fresh rows in each of three generations
    with pytest.raises(NotEnoughRealData):
        make_plan(LoopSpec(table, regimes=["fresh"], fresh=0.5, generations=200))


def test_plans_that_leave_nothing_or_take_too_much_are_refused(table):
    with pytest.raises(UsageError, match="asks for 30 synthetic rows of a generation of 20"):
        make_plan(LoopSpec(table, samples=20, synthetic=30))
    with pytest.raises(UsageError, match="leave room for synthetic"):
        make_plan(LoopSpec(table, samples=20, regimes=["mix"], fixed=0.6, fresh=0.5))


def test_a_regime_of_the_user_is_one_function(tmp_path):
    plugin = tmp_path / "mine.py"
    plugin.write_text(
        "from autophagy import Samples, regime\n\n"
        "@regime('half')\n"
        "def half(history, rng, *, share: float = 0.5):\n"
        "    '''Half of the last generation and a quarter of the real rows.'''\n"
        "    return Samples.concat([history.synthetic[-1].head(int(share * history.samples)), history.real.head(5)])\n"
    )
    found = mixtures(regimes=["half:share=0.25"], plugins=[str(plugin)])
    assert found["half:share=0.25", 3] == {"fixed": 5, "fresh": 0, "synthetic": 5}
