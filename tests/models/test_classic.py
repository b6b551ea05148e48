"""Mixture and KDE against closed forms, scikit-learn and scipy.

Run: pytest tests/test_models_classic.py
"""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KernelDensity

from autophagy.core.errors import FitError, UsageError
from autophagy.core.registry import build
from autophagy.core.samples import Samples
from autophagy.data.densities import Ring, density
from autophagy.models.gaussian import Gaussian
from autophagy.models.kde import KDE
from autophagy.models.mixture.model import FittedMixture, Mixture


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def blobs(n: int, seed: int = 0, d: int = 3) -> Samples:
    """Two overlapping stretched blobs."""
    random = rng(seed)
    x = random.standard_normal((n, d)) * np.arange(1, d + 1)
    x[: n // 3] = 2 + x[: n // 3] @ random.standard_normal((d, d))
    return Samples.of(x)


def first_run(fitted: FittedMixture) -> dict[str, np.ndarray]:
    """Weights (k,), means (k, d) and covariances (k, d, d) of the first run."""
    p = fitted.parameters
    scaled = p.vectors[0] * p.values[0][:, None] if p.vectors.size else None
    covariances = scaled @ p.vectors[0].swapaxes(1, 2) if scaled is not None else [np.diag(v) for v in p.values[0]]
    return {"weights": p.weights[0], "means": p.means[0], "covariances": np.asarray(covariances)}


# Mixture: oracles


@pytest.mark.parametrize(("covariance", "theirs"), [("full", "full"), ("diagonal", "diag")])
@pytest.mark.parametrize("iterations", [1, 7, 400])
def test_mixture_agrees_with_scikit_learn_from_the_same_start(covariance, theirs, iterations):
    train = blobs(400)
    start = Mixture(components=3, covariance=covariance, iterations=1).fit(train, rng(1))
    given_ = first_run(start)
    precisions = np.linalg.inv(given_["covariances"])
    oracle = GaussianMixture(
        3,
        covariance_type=theirs,
        reg_covar=0,
        tol=1e-9,
        max_iter=iterations,
        weights_init=given_["weights"],
        means_init=given_["means"],
        precisions_init=precisions if theirs == "full" else np.diagonal(precisions, axis1=1, axis2=2),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        oracle.fit(train.x)
    model = Mixture(components=3, covariance=covariance, tolerance=1e-9, iterations=iterations)
    ours = model.fit(train, rng(), start=start)
    np.testing.assert_allclose(ours.log_prob(train.x).mean(), oracle.score(train.x), rtol=0, atol=1e-9)
    np.testing.assert_allclose(ours.parameters.means[0], oracle.means_, atol=1e-5)
    np.testing.assert_allclose(ours.parameters.weights[0], oracle.weights_, atol=1e-6)


@pytest.mark.parametrize("covariance", ["full", "diagonal"])
def test_mixture_log_prob_is_scipys(covariance):
    train = blobs(300, seed=2)
    fitted = Mixture(components=3, covariance=covariance).fit(train, rng(3))
    parts = zip(*first_run(fitted).values(), strict=True)
    expected = np.log(sum(w * stats.multivariate_normal(m, c).pdf(train.x) for w, m, c in parts))
    np.testing.assert_allclose(fitted.log_prob(train.x), expected, rtol=1e-9)


@pytest.mark.parametrize("covariance", ["full", "diagonal"])
def test_mixture_moments_are_those_of_its_training_rows(covariance):
    # EM's fixed law of every M step: the mixture's mean and total variance are the sample's.
    train = blobs(500, seed=4)
    mean, variance = Mixture(components=4, covariance=covariance).fit(train, rng(5)).moments()
    np.testing.assert_allclose(mean[0], train.x.mean(axis=0), atol=1e-9)
    np.testing.assert_allclose(variance[0], train.x.var(axis=0).sum(), rtol=1e-9)


def test_a_mixture_of_one_component_is_the_maximum_likelihood_gaussian():
    train = blobs(200, seed=6)
    fitted = first_run(Mixture(components=1).fit(train, rng()))
    np.testing.assert_allclose(fitted["means"][0], train.x.mean(axis=0), atol=1e-12)
    np.testing.assert_allclose(fitted["covariances"][0], np.cov(train.x.T, bias=True), atol=1e-9)


# Mixture: properties


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    components=st.integers(1, 6),
    d=st.integers(1, 3),
    distinct=st.integers(1, 12),
    covariance=st.sampled_from(["full", "diagonal"]),
)
def test_the_log_likelihood_never_falls_and_nothing_is_ever_nan(seed, components, d, distinct, covariance):
    # Few distinct rows make components empty and covariances singular.
    random = rng(seed)
    train = Samples.of(random.standard_normal((distinct, d))[random.integers(distinct, size=30)])
    model = Mixture(components=components, covariance=covariance, iterations=1, tolerance=0.0, floor=1e-3)
    fitted, scores = None, []
    for _ in range(12):
        fitted = model.fit(train, random, start=fitted)
        scores.append(fitted.log_prob(train.x).mean())
    assert np.diff(scores).min() >= -1e-9
    assert all(np.isfinite(part).all() for part in fitted.parameters)
    assert np.isfinite(fitted.sample(20, random)).all()
    np.testing.assert_allclose(fitted.parameters.weights.sum(axis=1), 1)
    assert fitted.parameters.values.min() >= 1e-3


@pytest.mark.parametrize("model", [Mixture(components=3), Mixture(components=3, covariance="diagonal"), KDE()])
def test_a_batch_of_runs_is_the_runs_fitted_one_by_one(model):
    runs = 7
    train = Samples.concat([blobs(60, seed=seed) for seed in range(runs)])
    together = model.fit(train, rng(8), runs=runs)
    alone, random = [], rng(8)
    for part in train.split(runs):
        alone.append(model.fit(part, random))
    for i, single in enumerate(alone):
        for ours, theirs in zip(together.moments(), single.moments(), strict=True):
            np.testing.assert_allclose(ours[i], theirs[0], rtol=1e-8)


def test_blocks_of_runs_change_nothing(monkeypatch):
    train = Samples.concat([blobs(60, seed=seed) for seed in range(9)])
    whole = Mixture().fit(train, rng(1), runs=9)
    monkeypatch.setattr("autophagy.models.mixture.model.BLOCK", 500)
    blocked = Mixture().fit(train, rng(1), runs=9)
    for one, other in zip(whole.parameters, blocked.parameters, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-12)


def test_runs_of_one_batch_may_converge_at_different_times():
    easy = Samples.of(np.repeat([[0.0], [10.0]], 30, axis=0) + 0.1 * rng(1).standard_normal((60, 1)))
    hard = Samples.of(rng(2).standard_normal((60, 1)))
    together = Mixture(tolerance=1e-7).fit(Samples.concat([easy, hard, easy]), rng(3), runs=3)
    random = rng(3)
    for i, part in enumerate([easy, hard, easy]):
        alone = Mixture(tolerance=1e-7).fit(part, random)
        np.testing.assert_allclose(together.parameters.means[i], alone.parameters.means[0], rtol=1e-7)


def test_far_modes_are_all_found():
    # 40 runs of 128 rows on the ring: a run that starts with two centres in one mode would miss one.
    ring = Ring()
    x, _ = ring.draw(40 * 128, rng(5))
    p = Mixture(components=8).fit(Samples.of(x), rng(6), runs=40).parameters
    gap = np.linalg.norm(p.means[:, :, None] - ring.centres, axis=3)
    assert (gap.min(axis=1) < 3 * ring.sigma).all(axis=1).mean() >= 0.95


# Mixture: what it makes


@pytest.mark.parametrize("bias", [1.0, 0.25])
def test_mixture_samples_have_the_moments_of_the_law_with_the_components_narrowed(bias):
    # |z| < 4.5 on 6 figures: false alarm below 1e-4; the seed is fixed.
    fitted = Mixture(components=2).fit(blobs(400), rng(1))
    n = 40_000
    x = fitted.sample(n, rng(2), bias=bias)
    parts = list(zip(*first_run(fitted).values(), strict=True))
    mean = sum(w * m for w, m, _ in parts)
    second = sum(w * (bias * np.diag(c) + (m - mean) ** 2) for w, m, c in parts)
    assert np.abs((x.mean(axis=0) - mean) / np.sqrt(second / n)).max() < 4.5
    squares = (x - mean) ** 2
    assert np.abs((squares.mean(axis=0) - second) / (squares.std(axis=0) / np.sqrt(n))).max() < 4.5


def test_without_variance_the_mixture_makes_its_means():
    fitted = Mixture(components=3).fit(blobs(100), rng(1), runs=2)
    x = fitted.sample(50, rng(2), bias=0.0).reshape(2, 50, 3)
    gap = np.abs(x[:, :, None] - fitted.parameters.means[:, None]).max(axis=3).min(axis=2)
    assert gap.max() < 1e-12


def test_the_fully_synthetic_ring_loses_modes_and_fixed_real_rows_keep_them():
    # The collapse gallery's set-up: 8 modes, n = 128, warm starts of 10 iterations. There, after 200 generations,
    # replace kept 1 1 1 2 0 modes and accumulate all 8. Here 10 runs and 60 generations.
    runs, n, generations = 10, 128, 60
    ring = density("ring", {})
    model = Mixture(components=8, iterations=10)

    def modes(fitted: FittedMixture) -> float:
        p = fitted.parameters
        near = np.linalg.norm(p.means[:, :, None] - ring.distribution.centres, axis=3) < 0.25
        return (near & (p.weights[:, :, None] > 0.5 / n)).any(axis=1).sum(axis=1).mean()

    random = rng(0)
    real = ring.draw(runs * n, random)
    replace = fixed = model.fit(real, random, runs=runs)
    assert modes(replace) > 7.9
    for _ in range(generations):
        replace = model.fit(Samples.of(replace.sample(n, random)), random, start=replace, runs=runs)
        mixed = Samples.concat([real, Samples.of(fixed.sample(n, random))], runs)
        fixed = model.fit(mixed, random, start=fixed, runs=runs)
    assert modes(replace) < 5
    assert modes(fixed) > 7.5


# KDE: oracles


@pytest.mark.parametrize("bandwidth", ["scott", "silverman"])
def test_kde_is_scipys_in_one_dimension(bandwidth):
    x = rng(1).gamma(2.0, size=(150, 1))
    oracle = stats.gaussian_kde(x[:, 0], bw_method=bandwidth)
    fitted = KDE(bandwidth).fit(Samples.of(x), rng())
    at = np.linspace(-2, 12, 77)[:, None]
    np.testing.assert_allclose(fitted.log_prob(at), oracle.logpdf(at[:, 0]), rtol=1e-9)


@pytest.mark.parametrize("bandwidth", ["scott", "silverman"])
def test_kde_is_scipys_in_three_dimensions_where_the_sample_is_uncorrelated(bandwidth):
    # scipy's kernel has the sample's covariance, ours its diagonal: the same where the rest of it is 0.
    x = rng(2).standard_normal((80, 3))
    x -= x.mean(axis=0)
    x = x @ np.linalg.inv(np.linalg.cholesky(np.cov(x.T))).T * [1.0, 2.0, 5.0]
    oracle = stats.gaussian_kde(x.T, bw_method=bandwidth)
    at = 2 * rng(3).standard_normal((50, 3))
    np.testing.assert_allclose(KDE(bandwidth).fit(Samples.of(x), rng()).log_prob(at), oracle.logpdf(at.T), rtol=1e-8)


def test_kde_of_a_fixed_bandwidth_is_scikit_learns(monkeypatch):
    x, at = rng(4).standard_normal((90, 4)), rng(5).standard_normal((40, 4))
    oracle = KernelDensity(bandwidth=0.6).fit(x).score_samples(at)
    fitted = KDE(0.3, factor=2.0).fit(Samples.of(x), rng())
    np.testing.assert_allclose(fitted.log_prob(at), oracle, rtol=1e-9)
    monkeypatch.setattr("autophagy.models.kde.BLOCK", 400)  # the same in blocks
    np.testing.assert_allclose(fitted.log_prob(at), oracle, rtol=1e-9)


def test_kde_moments_are_the_rows_plus_the_kernel():
    x = rng(6).standard_normal((50, 2)) * [1, 3]
    mean, variance = KDE(0.5).fit(Samples.of(x), rng()).moments()
    np.testing.assert_allclose(mean[0], x.mean(axis=0))
    np.testing.assert_allclose(variance[0], x.var(axis=0).sum() + 2 * 0.25)


def test_kde_of_constant_pixels_keeps_them_and_lives_on_them():
    x = rng(7).random((30, 2, 2)).astype(np.float32)
    x[:, 0, 0] = 0.25
    fitted = KDE().fit(Samples.of(x), rng())
    made = fitted.sample(10, rng(1))
    assert made.dtype == np.float32
    assert (made[:, 0, 0] == 0.25).all()
    off = made.copy()
    off[:, 0, 0] = 0.3
    assert np.isfinite(fitted.log_prob(made)).all()
    assert (fitted.log_prob(off) == -np.inf).all()


@pytest.mark.parametrize("bias", [1.0, 0.25])
def test_kde_samples_have_the_rows_variance_plus_that_of_the_kernel_narrowed(bias):
    # |z| < 4.5 on 2 figures: false alarm below 2e-5; the seed is fixed.
    x, n = rng(9).standard_normal((50, 1)), 40_000
    made = KDE(2.0).fit(Samples.of(x), rng()).sample(n, rng(1), bias=bias)
    squares = np.square(made - x.mean())
    assert abs(made.mean() - x.mean()) * np.sqrt(n) / made.std() < 4.5
    assert abs(squares.mean() - (x.var() + bias * 4)) * np.sqrt(n) / squares.std() < 4.5


def test_kde_without_variance_resamples_its_rows():
    x = rng(8).standard_normal((20, 2))
    made = KDE().fit(Samples.of(x), rng()).sample(200, rng(1), bias=0.0)
    assert {tuple(row) for row in made} <= {tuple(row) for row in x}


# KDE: the loop


@pytest.mark.parametrize(
    ("model", "c"), [(KDE("scott"), 1.0), (KDE("scott", factor=1.06), 1.06), (KDE("silverman"), (4 / 3) ** 0.2)]
)
def test_the_kde_loop_grows_as_its_law_says(model, c):
    # v' = v (1 - 1/n + c^2 n^(-2/5)), here 1.1681 at c = 1.06. Generations 1 to 4, 2,000 runs; |z| < 4 on 12
    # figures: false alarm below 8e-4; seeds are fixed.
    runs, n, random = 2000, 100, rng(11)
    growth = 1 - 1 / n + c**2 * n**-0.4
    fitted = model.fit(Samples.of(random.standard_normal((runs * n, 1))), random, runs=runs)
    for generation in range(1, 5):
        variance = fitted.moments()[1]
        assert abs((variance.mean() - growth**generation) / (variance.std() / np.sqrt(runs))) < 4
        fitted = model.fit(Samples.of(fitted.sample(n, random)), random, runs=runs)


def test_the_textbook_factor_grows_by_1_168():
    assert round(1 - 1 / 100 + 1.06**2 * 100**-0.4, 4) == 1.1681


def test_the_kde_loop_of_fixed_bandwidth_goes_to_n_h_squared():
    # v_g = n h^2 + (1 - n h^2) (1 - 1/n)^g; |z| < 4 on one figure: false alarm 6e-5.
    runs, n, h, generations, random = 500, 10, 0.5, 40, rng(12)
    model = KDE(h)
    fitted = model.fit(Samples.of(random.standard_normal((runs * n, 1))), random, runs=runs)
    for _ in range(generations - 1):
        fitted = model.fit(Samples.of(fitted.sample(n, random)), random, runs=runs)
    variance = fitted.moments()[1]
    expected = n * h**2 + (1 - n * h**2) * (1 - 1 / n) ** generations
    assert abs((variance.mean() - expected) / (variance.std() / np.sqrt(runs))) < 4


# Both


@pytest.mark.parametrize("name", ["mixture", "mixture:covariance=diagonal", "kde", "kde:bandwidth=0.1"])
def test_what_is_saved_is_what_is_loaded(name, tmp_path):
    model = build("model", name)
    fitted = model.fit(Samples.of(rng(1).random((40, 3, 2), dtype=np.float32)), rng(2), runs=2)
    fitted.save(tmp_path)
    again = model.load(tmp_path)
    assert again.runs == 2
    np.testing.assert_array_equal(again.sample(5, rng(3)), fitted.sample(5, rng(3)))


@pytest.mark.parametrize("name", ["mixture", "kde"])
def test_rows_keep_their_shape_and_runs_their_place(name):
    # Runs far apart: rows of one never turn up under another.
    x = np.repeat([0.0, 100.0, 200.0], 20)[:, None, None] + rng(1).random((60, 2, 3))
    made = build("model", name).fit(Samples.of(x), rng(2), runs=3).sample(7, rng(3))
    assert made.shape == (21, 2, 3)
    assert np.abs(made.reshape(3, 7, 6) - np.array([0, 100, 200])[:, None, None]).max() < 10


@pytest.mark.parametrize("name", ["mixture:components=3", "kde"])
@pytest.mark.parametrize(
    "x",
    [["a", "b", "c", "d"], [[1.0], [np.nan], [2.0], [3.0]], [[1.0], [np.inf], [2.0], [3.0]], [[1.0]]],
    ids=["texts", "nan", "infinity", "one row"],
)
def test_what_cannot_be_fitted_is_one_sentence(name, x):
    with pytest.raises(FitError, match=r"^[^\n]+\.$"):
        build("model", name).fit(Samples.of(x), rng())


def test_a_start_of_other_shape_is_refused():
    start = Mixture(components=2).fit(blobs(50), rng())
    with pytest.raises(FitError, match="start from scratch"):
        Mixture(components=3).fit(blobs(50), rng(), start=start)
    with pytest.raises(FitError, match="start from scratch"):
        Mixture(components=2).fit(blobs(50, d=2), rng(), start=start)


@pytest.mark.parametrize(
    "name",
    [
        "mixture:components=0",
        "mixture:covariance=round",
        "mixture:floor=0",
        "mixture:floor=nan",
        "mixture:tolerance=-1",
        "mixture:iterations=0",
        "kde:bandwidth=0",
        "kde:bandwidth=-1",
        "kde:bandwidth=scot",
        "kde:bandwidth=True",
        "kde:factor=0",
    ],
)
def test_absurd_settings_are_wrong_use(name):
    with pytest.raises(UsageError):
        build("model", name)


def test_a_gaussian_of_fewer_rows_than_dimensions_has_their_covariance_and_draws_by_it(tmp_path):
    """Each entry of the covariance of 20,000 draws is within 5 standard errors (441 entries: 1 run in 4,000 fails)."""
    random, n = rng(), 20_000
    rows = random.standard_normal((4, 21))
    for kind, divisor in (("mle", 4), ("unbiased", 3)):
        fitted = Gaussian(kind).fit(Samples.of(rows, 0, "fixed"), random)
        centred = rows - rows.mean(0)
        truth = centred.T @ centred / divisor
        np.testing.assert_allclose(fitted.covariance[0], truth, atol=1e-12)
        assert fitted.moments()[1][0] == pytest.approx(np.trace(truth))
        drawn = fitted.sample(n, random, bias=0.5)
        error = np.sqrt(0.25 * (truth**2 + np.outer(np.diag(truth), np.diag(truth))) / n)
        assert np.all(np.abs(np.cov(drawn.T, bias=True) - 0.5 * truth) < 5 * error + 1e-3)
        fitted.save(tmp_path)
        np.testing.assert_array_equal(Gaussian(kind).load(tmp_path).covariance, fitted.covariance)
