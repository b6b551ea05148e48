"""The discrete, Poisson and word-pair forecasts against exact laws and the tables of the field.

z-tests ask |z| < 4 at one generation, a false alarm once in 16,000; the automatic checks bound the worst of all
generations so that one law raises a false alarm once in 16,000. Seeds are fixed, and there are about 150 such tests.
"""

import itertools

import numpy as np
import pytest
from scipy import stats

from autophagy.core.errors import DataError, UsageError
from autophagy.core.streams import stream
from autophagy.forecast import check, checks, laws_of, make_plan, simulate
from autophagy.forecast.engines.descent import descent
from autophagy.forecast.engines.discrete.draws import multinomial, scatter, subset
from autophagy.forecast.engines.discrete.engine import truth_of, zipf_shares
from autophagy.forecast.engines.discrete.formulas import (
    absorption_time,
    fixation_time,
    fresh_mix_error,
    missing_mass,
    survival_rates,
    types_alive,
    types_seen,
)
from autophagy.forecast.engines.discrete.laws import breakdown_point, chi_square, contracted, curate, temper, verify

FIVE = {
    "replace": {},
    "fresh": {"fresh": 20},
    "augment": {"fixed": None},
    "accumulate": {"fixed": None, "memory": "all"},
    "subsample": {"fixed": None, "memory": "all", "budget": "samples"},
    "window": {"fixed": 30, "fresh": 10, "memory": 3, "synthetic": 50},
    "shares": {"fixed": 0.3, "fresh": 0.1},
    "cut": {"fixed": 300, "memory": 2, "budget": 150},
}


def rng(stage):
    return stream(0, stage)


def agrees(values, expected):
    z = (np.mean(values) - expected) / (np.std(values, ddof=1) / np.sqrt(len(values)))
    assert abs(z) < 4, f"mean {np.mean(values):.5f}, expected {expected:.5f}, z = {z:.1f}"


def holds(plan, least=1):
    """Every exact law of the plan agrees with its simulation, and there are some; gives the simulation."""
    simulation = simulate(plan)
    results = [result for result in checks(laws_of(plan), simulation) if result.law.approximate is None]
    assert sum(result.tested > 0 for result in results) >= least
    for result in results:
        assert not result.alarm, f"{result.law.label}: z = {result.worst:.1f} at {result.worst_generation}"
    return simulation


# the draws


@pytest.mark.parametrize("n", [7, 1_000, 10**6, 10**12])
@pytest.mark.parametrize("types", [3, 100])
def test_multinomial_counts_have_the_right_moments(n, types):
    p = zipf_shares(types, 1.0)
    p[1], p[0] = 0, p[0] + p[1]
    counts = multinomial(np.full(4_000, n), np.broadcast_to(p, (4_000, types)), rng(f"m{n}"))
    assert (counts.sum(axis=1) == n).all()
    assert (counts[:, 1] == 0).all()
    for column in (0, 2, types - 1):
        agrees(counts[:, column], n * p[column])
        agrees((counts[:, column] - n * p[column]) ** 2, n * p[column] * (1 - p[column]))
    agrees((counts[:, 0] - n * p[0]) * (counts[:, 2] - n * p[2]), -n * p[0] * p[2])


def test_multinomial_by_parts_has_the_law_of_numpy():
    p = np.full(80, 1 / 80)
    ours = multinomial(np.full(20_000, 500), np.broadcast_to(p, (20_000, 80)), rng("parts"))[:, 0]
    counts = np.bincount(ours, minlength=30)[:20]
    expected = 20_000 * stats.binom.pmf(np.arange(20), 500, 1 / 80)
    rest = 20_000 - counts.sum(), 20_000 - expected.sum()
    assert stats.chisquare([*counts, rest[0]], [*expected, rest[1]]).pvalue > 1e-4


def test_rows_of_unlike_lengths_keep_their_totals():
    weights = np.array([1.0, 0.5, 0.5, *([1 / 400] * 400)])
    totals = np.array([10**12, 9, 10**9])
    counts = scatter(totals, weights, np.array([0, 1, 3, 403]), rng("scatter"))
    assert [counts[0], counts[1:3].sum(), counts[3:].sum()] == totals.tolist()


@pytest.mark.parametrize("scale", [1, 10**11])
@pytest.mark.parametrize("types", [3, 90])
@pytest.mark.parametrize("share", [0.1, 0.9])
def test_draws_without_replacement_have_the_hypergeometric_moments(scale, types, share):
    counts = np.broadcast_to((np.arange(types) + 1) * scale * 10, (3_000, types))
    total = int(counts[0].sum())
    size = int(share * total)
    taken = subset(counts, np.full(3_000, size), rng(f"s{scale}{types}{share}"))
    assert (taken.sum(axis=1) == size).all()
    assert (taken <= counts).all()
    p = counts[0, 1] / total
    agrees(taken[:, 1], size * p)
    agrees((taken[:, 1] - size * p) ** 2, size * p * (1 - p) * (total - size) / (total - 1))


def test_draws_without_replacement_at_the_ends():
    counts = np.array([[10**12, 3], [5, 10**12]])
    assert (subset(counts, counts.sum(axis=1), rng("all")) == counts).all()
    assert (subset(counts, np.zeros(2, np.int64), rng("none")) == 0).all()
    left = counts - subset(counts, counts.sum(axis=1) - 4, rng("four"))
    assert (left.sum(axis=1) == 4).all()
    assert (left >= 0).all()


# every regime


@pytest.mark.parametrize("numbers", FIVE.values(), ids=FIVE)
def test_every_regime_follows_its_exact_moments(numbers):
    holds(make_plan("categorical:types=10", samples=100, generations=25, chains=2_000, **numbers), least=4)


@pytest.mark.parametrize("numbers", FIVE.values(), ids=FIVE)
def test_every_regime_of_poisson_follows_its_exact_moments(numbers):
    holds(make_plan("poisson", samples=100, generations=15, chains=2_000, **numbers), least=2)


def test_the_exact_moments_agree_with_the_closed_forms_of_each_regime():
    n, t = 10, np.arange(1, 61)

    def kept(**numbers):
        return 1 - descent(make_plan("categorical", samples=n, generations=60, **numbers), lambda *_: 1.0)[0]

    assert kept() == pytest.approx((1 - 1 / n) ** t)
    assert kept(fixed=None, memory="all") == pytest.approx(np.cumprod(1 - 1 / (n * t**2)))
    subsample = kept(fixed=None, memory="all", budget="samples")
    assert subsample[[0, 9, 59]] == pytest.approx([0.9, 0.7598, 0.7425], abs=1e-4)
    fresh = make_plan("categorical", samples=450, fresh=50, generations=300)
    assert 1 - descent(fresh, lambda *_: 1.0)[0][-1] == pytest.approx(0.98957, abs=1e-5)
    one = make_plan("categorical", samples=99, fresh=1, generations=2_000)
    assert 1 - descent(one, lambda *_: 1.0)[0][-1] == pytest.approx(0.6644, abs=1e-4)  # one fresh row: towards 2/3
    augment = make_plan("categorical", samples=50, fixed=50, generations=200)
    assert 50 * descent(augment, lambda *_: 1.0)[0][-1] == pytest.approx(1.325, abs=1e-3)
    golden = [
        1000 * descent(make_plan("categorical", samples=1000 * k, fresh=1000, fixed=1000, generations=400)
                       .but(fixed=0, weight=(np.sqrt(1 + 4 * k) - 1) / (2 * k)), lambda *_: 1.0)[0][-1]
        for k in (1, 2, 4)
    ]  # fmt: skip
    assert golden == pytest.approx([0.6180, 0.5, 0.3904], rel=2e-3)


def test_weights_on_the_real_rows():
    holds(make_plan("categorical", samples=100, fresh=100, generations=20, weight=0.618, chains=2_000), least=4)


def test_the_correction_operator_has_exact_moments():
    plan = make_plan("categorical:types=80", samples=100, generations=20, correction=0.5, chains=1_000)
    holds(plan, least=3)


def test_the_raw_loop_over_rows_and_the_engine_agree_in_distribution():
    n, t, types, chains = 30, 6, 5, 3_000
    plan = make_plan(f"categorical:types={types}", samples=n, generations=t, chains=chains, fixed=None)
    engine = simulate(plan)["heterozygosity"][-1]
    draw = rng("raw")
    raw = []
    for _ in range(chains):
        real = draw.integers(0, types, n)
        pool = real
        for _generation in range(t - 1):
            pool = np.concatenate([real, draw.choice(pool, n)])
        raw.append((1 - ((np.bincount(pool, minlength=types) / len(pool)) ** 2).sum()) / (1 - 1 / types))
    assert stats.ks_2samp(engine + 1e-9 * draw.random(chains), raw + 1e-9 * draw.random(chains)).pvalue > 1e-4


# check points of the field's tables


@pytest.mark.parametrize(
    ("k", "g"), [(2, 0.6321), (3, 0.4685), (5, 0.3121), (10, 0.1723), (20, 0.0916), (50, 0.0384), (100, 0.0195)]
)
def test_survival_rates(k, g):
    assert survival_rates(k)[-1] == pytest.approx(g, abs=5e-5)


def test_survival_rates_fall_as_two_over_k():
    g = survival_rates(100_000)
    assert g[0] == 1
    assert 100_000 * g[-1] / 2 == pytest.approx(1, abs=1e-3)


def test_a_word_seen_once_is_soon_lost():
    lost = np.exp(-survival_rates(50))
    assert lost[0] == pytest.approx(0.368, abs=5e-4)
    assert lost[[9, 49]] == pytest.approx([0.84, 0.96], abs=5e-3)
    plan = make_plan("bernoulli:probability=0.001", samples=1000, generations=10, chains=20_000)
    gone = 1 - (simulate(plan)["types"] * 2 - 1)
    agrees(gone[0], (1 - 1 / 1000) ** 1000)
    assert gone[9].mean() == pytest.approx(lost[9], rel=0.01)


def test_zipf_table_of_distinct_types():
    """V = 2000, n = 5000: the table's k counts from the counts c of one real sample, so it is our generation k + 1.

    The table's formula is of one draw of c; ours is its mean over draws, some 0.7 of a type away.
    """
    at = np.array([1, 2, 5, 10, 20])
    shares = zipf_shares(2000, 1.0)
    formula = types_alive(5000 * shares, 21)[at]
    assert formula == pytest.approx([834.8, 697.9, 486.2, 336.4, 217.2], abs=0.9)
    counts = rng("real").poisson(5000 * shares, (400, 2000))
    given = np.array([types_alive(c, 20)[at - 1] for c in counts])
    for values, expected in zip(given.T, formula, strict=True):
        agrees(values, expected)
    simulated = simulate(make_plan("zipf:types=2000", samples=5000, generations=21, chains=200))["types"][at] * 2000
    for values, expected, table in zip(simulated, formula, [834.4, 696.2, 484.0, 335.2, 215.4], strict=True):
        agrees(values, expected)
        assert abs(values.mean() - table) < 0.01 * table


@pytest.mark.slow
@pytest.mark.parametrize(
    ("p", "n", "formula", "simulated"), [(0.5, 50, 69.3, 67.9), (0.5, 200, 277.3, 275.1), (0.1, 100, 65.0, 64.7)]
)
def test_absorption_times(p, n, formula, simulated):
    assert absorption_time(n, p) == pytest.approx(formula, abs=0.06)
    plan = make_plan(f"bernoulli:probability={p}", samples=n, generations=12 * n, chains=1_000)
    fixed = simulate(plan)["fixed"]
    assert fixed[-1].mean() > 0.999
    times = (1 - fixed).sum(axis=0) + 1
    assert times.mean() == pytest.approx(formula, rel=0.05)
    error = times.std(ddof=1) / np.sqrt(1_000)
    assert abs(times.mean() - simulated) < 4 * np.hypot(error, error) + 1


@pytest.mark.parametrize(
    ("types", "formula", "simulated", "error"),
    [(2, 138.6, 132.7, 1.8), (10, 189.6, 186.9, 2.0), (100, 199.0, 194.6, 1.9)],
)
def test_fixation_times(types, formula, simulated, error):
    assert fixation_time(100, np.full(types, 1 / types)) == pytest.approx(formula, abs=0.06)
    plan = make_plan(f"categorical:types={types}", samples=100, generations=1_200, chains=300)
    fixed = simulate(plan)["fixed"]
    assert fixed[-1].mean() > 0.995
    times = (1 - fixed).sum(axis=0) + 1
    assert times.mean() == pytest.approx(formula, rel=0.06)
    assert abs(times.mean() - simulated) < 4 * np.hypot(error, times.std(ddof=1) / np.sqrt(300)) + 1


def test_each_type_is_fixed_as_often_as_it_was_real():
    plan = make_plan("bernoulli:probability=0.2", samples=20, generations=400, chains=4_000)
    simulation = simulate(plan)
    assert simulation["fixed"][-1].all()
    agrees(simulation["top"][-1], 1.0)


def test_missing_mass_is_exact():
    shares = zipf_shares(500, 1.0)
    plan = make_plan("zipf:types=500", samples=300, generations=1, chains=2_000)
    missing = simulate(plan)["missing"][0]
    agrees(missing, missing_mass(300, shares))
    agrees(simulate(plan)["types"][0] * 500, types_seen(300, shares))


def test_fresh_mix_settles_where_the_formula_says():
    shares = np.full(2, 0.5)
    plan = make_plan("categorical:types=8", samples=80, fresh=20, generations=80, chains=6_000)
    expected = fresh_mix_error(20, 80, np.full(8, 1 / 8))
    agrees(simulate(plan)["squared_error"][-1], expected)
    per_unit = fresh_mix_error(20, 80, shares) / 0.5
    assert per_unit == pytest.approx(1 / (100 * 0.2 * 1.8 + 0.8))
    assert descent(plan, lambda *_: 1.0)[0][-1] == pytest.approx(per_unit)


def test_the_modes_of_a_mixture_die_as_types_do():
    plan = make_plan("weights:types=25", samples=2_500, generations=100, chains=500)
    simulation = holds(plan, least=2)
    expected = types_alive(np.full(25, 100), 100)[-1] / 25
    assert simulation["modes"][-1].mean() == pytest.approx(expected, rel=0.02)


# what sampling does to a law


@pytest.mark.parametrize("temperature", [0.01, 0.5, 1.0, 2.0, 100.0])
def test_temperature_multiplies_log_odds(temperature):
    law = temper(np.array([[0.6, 0.4 - 1e-3, 1e-3]]), temperature)[0]
    assert law.sum() == pytest.approx(1)
    assert np.log(law[0] / law[1]) == pytest.approx(np.log(0.6 / 0.399) / temperature)
    assert temper(np.array([[1.0, 0.0]]), temperature).tolist() == [[1, 0]]


def test_temperature_collapses_to_the_mode_or_to_uniform():
    cold = simulate(make_plan("zipf:types=20", samples=10**12, generations=30, chains=3, bias=0.8))
    assert cold["types"][-1].max() == 1 / 20
    hot = simulate(make_plan("zipf:types=20", samples=10**12, generations=60, chains=3, bias=1.25))
    assert hot["heterozygosity"][-1] == pytest.approx((1 - 1 / 20) / (1 - (zipf_shares(20, 1) ** 2).sum()), rel=1e-4)


def test_large_loops_follow_the_limits_of_temperature_and_curation():
    for settings in ({"bias": 0.9}, {"choices": np.inf}):
        plan = make_plan("zipf:types=30", samples=10**12, generations=10, chains=4, **settings)
        (limit,) = [
            law for law in laws_of(plan) if law.approximate and "limit" not in law.label and law.quantity == "top"
        ]
        assert simulate(plan)["top"].mean(axis=1) == pytest.approx(limit.expected, rel=1e-4)


def test_curation_without_end_tilts_a_normal_law():
    x = np.linspace(-12, 12, 4_001)
    law = np.exp(-(x**2) / 2)[None, :] / np.exp(-(x**2) / 2).sum()
    goal, width, t = 1.5, 1.3, 6
    for _ in range(t):
        law = curate(law, -((x - goal) ** 2) / (2 * width**2), np.inf)
    ratio = t / width**2
    mean = (law @ x)[0]
    assert mean == pytest.approx(goal * ratio / (1 + ratio))
    assert (law @ x**2)[0] - mean**2 == pytest.approx(1 / (1 + ratio))
    law = np.exp(-(x**2) / 2)[None, :] / np.exp(-(x**2) / 2).sum()
    for _ in range(3):
        law = curate(law, 0.4 * x, np.inf)
    assert (law @ x)[0] == pytest.approx(1.2)
    assert (law @ x**2)[0] - 1.2**2 == pytest.approx(1)


def test_curation_between_two_is_the_closed_sum():
    draw = rng("two")
    p, r = draw.dirichlet(np.ones(6)), draw.normal(0, 3, 6)
    e = np.exp(r)
    expected = 2 * p * (p[None, :] * e[:, None] / (e[:, None] + e[None, :])).sum(axis=1)
    assert curate(p[None, :], r, 2)[0] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("choices", [3, 4])
def test_curation_among_more_agrees_with_the_sum_over_all_sets(choices):
    p, e = np.array([0.5, 0.3, 0.2]), np.exp(np.array([0.0, 1.0, -2.0]))
    expected = np.zeros(3)
    for rows in itertools.product(range(3), repeat=choices):
        rows = np.array(rows)
        np.add.at(expected, rows, p[rows].prod() * e[rows] / e[rows].sum())
    assert curate(p[None, :], np.log(e), choices)[0] == pytest.approx(expected, rel=1e-10)


def test_curation_among_many_approaches_the_limit_and_raises_the_reward():
    p, r = np.full((1, 4), 0.25), np.arange(4.0)
    assert curate(p, r, 10**6)[0] == pytest.approx(curate(p, r, np.inf)[0], rel=1e-4)
    rewards = [(curate(p, r, k)[0] * np.exp(r)).sum() for k in (1, 2, 4, 8, np.inf)]
    assert rewards == sorted(rewards)
    assert len(set(rewards)) == 5


@pytest.mark.parametrize(("phi", "psi", "point"), [(0.9, 0.3, 0.75), (0.7, 0.05, 0.933)])
def test_a_verifier_breaks_down_where_the_formula_says(phi, psi, point):
    assert breakdown_point(phi, psi) == pytest.approx(point, abs=5e-4)
    wrong = np.array([False, True])
    at = breakdown_point(phi, psi)
    assert verify(np.array([[1 - at, at]]), wrong, phi, psi)[0] == pytest.approx([0.5, 0.5])
    plan = make_plan("bernoulli:probability=0.3", samples=10**9, generations=40, chains=5, phi=phi, psi=psi)
    assert simulate(plan)["wrong"][-1].max() < 1e-6
    worse = simulate(plan.but(phi=psi, psi=phi))
    assert worse["wrong"][-1].min() > 1 - 1e-6


def test_mixing_contracts_chi_square_exactly():
    draw = rng("chi")
    p, q = draw.dirichlet(np.ones(50)), draw.dirichlet(np.ones(50))
    for real in (0.0, 0.1, 0.5, 1.0):
        assert contracted(q, p, real) == pytest.approx((1 - real) ** 2 * chi_square(q, p), rel=1e-12, abs=1e-15)


# Poisson


@pytest.mark.parametrize(("rate", "n"), [(0.1, 10), (1.0, 10)])
def test_poisson_survival_is_exact(rate, n):
    plan = make_plan(f"poisson:rate={rate}", samples=n, generations=100, chains=5_000)
    alive = simulate(plan)["alive"]
    for t in (1, 2, 10, 50, 100):
        agrees(alive[t - 1], -np.expm1(-n * rate * survival_rates(t)[-1]))


def test_poisson_sums_and_values_agree_under_a_budget_that_cuts_nothing():
    plan = make_plan("poisson:rate=2", samples=40, generations=5, fixed=40, chains=3_000)
    cut = plan.but(budget=80)
    first, second = (simulate(p)["rate"][-1] for p in (plan, cut.but(seed=1)))
    assert stats.ks_2samp(first, second).pvalue > 1e-4


# text


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("the cat sat on the mat . the dog sat on the cat .\n\na dog and a cat and the mat .\n")
    return path


@pytest.mark.slow
def test_a_text_loop_has_the_law_of_the_written_out_loop(text):
    """First words, pairs alive and entropy of passages that are written word by word, by two-sample tests."""
    from autophagy.forecast.engines.ngram.table import table_of

    plan = make_plan(f"ngram:text={text},length=6", samples=12, generations=3, chains=600)
    simulation = simulate(plan)
    table, draw = table_of(str(text)), rng("walks")
    matrix = np.zeros((table.words, table.words))
    matrix[table.source, table.target] = table.follow
    raw = []
    for _ in range(600):
        first, follow = table.first, matrix
        for _generation in range(3):
            begun, pairs = np.zeros(table.words), np.zeros_like(matrix)
            for _passage in range(12):
                word = draw.choice(table.words, p=first)
                begun[word] += 1
                for _position in range(5):
                    if follow[word].sum() == 0:
                        break
                    after = draw.choice(table.words, p=follow[word])
                    pairs[word, after] += 1
                    word = after
            first = begun / 12
            follow = np.divide(
                pairs, pairs.sum(1, keepdims=True), out=np.zeros_like(pairs), where=pairs.sum(1, keepdims=True) > 0
            )
        raw.append((pairs > 0).sum() / len(table.follow))
    noise = 1e-9 * draw.random((2, 600))
    assert stats.ks_2samp(simulation["bigrams"][-1] + noise[0], raw + noise[1]).pvalue > 1e-4


@pytest.mark.parametrize("numbers", [{}, {"fresh": 10}, {"fixed": None, "memory": "all"}])
def test_first_words_follow_their_exact_law(text, numbers):
    plan = make_plan(f"ngram:text={text},length=4", samples=40, generations=8, chains=800, **numbers)
    simulation = holds(plan)
    assert all(np.isfinite(values).all() for values in simulation.values())


def test_a_cold_text_falls_into_its_commonest_words(text):
    plan = make_plan(f"ngram:text={text},length=8", samples=10**6, generations=12, chains=5, bias=0.3)
    simulation = simulate(plan)
    assert simulation["entropy"][-1].max() < 0.4
    assert simulation["bigrams"][-1].max() < simulation["bigrams"][0].min()


def test_a_real_text(real_data):
    path = real_data("wikitext-2-valid-test/valid.txt.gz")
    plan = make_plan(f"ngram:text={path},length=8", samples=5_000, generations=4, chains=3)
    simulation = simulate(plan)
    (alive,) = [law for law in laws_of(plan) if law.quantity == "bigrams"]
    assert simulation["bigrams"].mean(axis=1) == pytest.approx(alive.expected, rel=0.08)
    assert (np.diff(simulation["types"], axis=0) < 0).all()


@pytest.mark.parametrize("content", ["", "word"])
def test_a_text_without_pairs_is_refused(tmp_path, content):
    path = tmp_path / "short.txt"
    path.write_text(content)
    with pytest.raises((DataError, UsageError)):
        simulate(make_plan(f"ngram:text={path}"))


# the ends


@pytest.mark.parametrize("samples", [1, 2, 10**12, 10**18])
@pytest.mark.parametrize("family", ["bernoulli", "categorical:types=5", "zipf:types=200,exponent=3", "weights"])
@pytest.mark.parametrize("bias", [0.01, 1.0, 100.0])
def test_the_ends_of_every_number(samples, family, bias):
    simulation = simulate(make_plan(family, samples=samples, generations=30, chains=4, bias=bias))
    for name, values in simulation.items():
        assert values.shape == (30, 4)
        assert np.isfinite(values).all(), name


@pytest.mark.slow
@pytest.mark.parametrize("family", ["bernoulli", "zipf:types=100", "poisson"])
@pytest.mark.parametrize("numbers", [{}, {"fixed": None, "memory": "all", "budget": "samples"}, {"fresh": 1}])
def test_a_thousand_generations(family, numbers):
    for samples in (2, 10**12):
        plan = make_plan(family, samples=samples, generations=1_000, chains=3, **numbers)
        simulation = simulate(plan)
        for values in simulation.values():
            assert np.isfinite(values).all()
        for law in laws_of(plan):
            assert law.expected.shape == (1_000,)
            assert check(law, simulation).generation <= 1_000


def test_only_real_rows_never_collapse():
    simulation = simulate(make_plan("categorical", samples=10**6, fixed=10**6, synthetic=0, generations=5, chains=3))
    assert (simulation["heterozygosity"] == simulation["heterozygosity"][0]).all()


def test_dead_types_stay_dead_and_are_dropped():
    types = simulate(make_plan("zipf:types=5000,exponent=1.5", samples=2_000, generations=60, chains=5))["types"]
    assert (np.diff(types, axis=0) <= 0).all()
    assert types[-1].max() < 0.05


def test_the_same_plan_gives_the_same_numbers():
    plan = make_plan("zipf:types=300", samples=10**7, generations=5, chains=4)
    for name, values in simulate(plan).items():
        assert (values == simulate(plan)[name]).all()


@pytest.mark.parametrize(
    ("family", "fields", "words"),
    [
        ("bernoulli:probability=1", {}, "between 0 and 1"),
        ("categorical:types=1", {}, "types is 1"),
        ("zipf:exponent=-1", {}, "exponent"),
        ("categorical:wrong=2", {}, "wrong is 2"),
        ("categorical:probabilities=0.5/x", {}, "0.7/0.2/0.1"),
        ("poisson:rate=0", {}, "rate is 0"),
        ("poisson", {"bias": 0.5}, "bias"),
        ("poisson", {"correction": 1.0}, "Poisson"),
        ("categorical", {"extrapolation": 1.0}, "log probability"),
        ("categorical", {"weight": 0.5, "budget": 10, "fresh": 10}, "together"),
        ("ngram", {}, "text=PATH"),
    ],
)
def test_absurd_plans_are_one_sentence(family, fields, words):
    with pytest.raises(UsageError, match=words):
        simulate(make_plan(family, **fields))


def test_settings_reach_the_truth():
    assert truth_of(make_plan("bernoulli:probability=0.3")).probability == pytest.approx([0.3, 0.7])
    listed = make_plan("categorical:probabilities=3/1")
    assert truth_of(listed).probability == pytest.approx([0.75, 0.25])
