"""The neural models: what they learn, what their knobs do, and that runs do not touch each other."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits

from autophagy.core.errors import FitError, RecordError, UsageError
from autophagy.core.samples import Samples
from autophagy.models.diffusion.model import Diffusion
from autophagy.models.vae.model import VAE

torch = pytest.importorskip("torch", reason="the neural models need torch")

SHORT = {"vae": VAE(steps=30), "diffusion": Diffusion(steps=30)}
both = pytest.mark.parametrize("model", SHORT.values(), ids=SHORT)


def stream(seed):
    return np.random.default_rng(seed)


def array(made):
    return made[0] if isinstance(made, tuple) else made


@pytest.fixture(scope="module")
def digits():
    """Three runs of 300 real 8x8 digits with their labels."""
    x, label = load_digits(return_X_y=True)
    rows = stream(0).permutation(len(x))[:900]
    return Samples.of((x[rows] / 16).astype(np.float32).reshape(-1, 8, 8), label=label[rows])


@pytest.fixture(scope="module")
def cloud():
    """3,000 rows of a Gaussian in three dimensions with correlated columns of unlike units."""
    root = np.array([[2.0, 0, 0], [30, 40, 0], [0.01, 0, 0.02]])
    return Samples.of(stream(1).normal(size=(3000, 3)) @ root.T + [5, -100, 0])


@pytest.fixture(scope="module")
def drawn(digits):
    """A diffusion model of three runs of digits, trained to the end."""
    return Diffusion().fit(digits, stream(2), runs=3)


@both
@pytest.mark.parametrize("shape", [(), (2,), (5,), (6, 4), (4, 4, 2)])
def test_rows_keep_their_shape(model, shape):
    made = model.fit(Samples.of(stream(0).random((60, *shape))), stream(1), runs=2).sample(7, stream(2))
    assert made.shape == (14, *shape)
    assert made.dtype == np.float32
    assert np.isfinite(made).all()


@both
def test_equal_streams_give_equal_bits(model, digits):
    first, second = (array(model.fit(digits, stream(3), runs=3).sample(20, stream(4))) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    other = array(model.fit(digits, stream(5), runs=3).sample(20, stream(4)))
    assert not np.array_equal(first, other)


@both
def test_the_global_seed_is_neither_used_nor_moved(model, digits):
    before = torch.random.get_rng_state()
    model.fit(digits, stream(3), runs=3).sample(5, stream(4))
    assert torch.equal(before, torch.random.get_rng_state())


@both
def test_a_run_does_not_depend_on_the_runs_beside_it(model, digits):
    together = model.fit(digits, stream(3), runs=3)
    alone = model.fit(digits.split(3)[0], stream(3), runs=1)
    for name, weight in alone.weights.items():
        # 30 steps multiply the rounding of the batched products; another stream differs by 0.1 and more
        torch.testing.assert_close(together.weights[name][:1], weight, rtol=0, atol=5e-3)
    first = array(together.sample(50, stream(4)))[:50]
    np.testing.assert_allclose(first, array(alone.sample(50, stream(4))), atol=2e-2)


@both
def test_a_round_trip_through_a_folder_changes_nothing(model, digits, tmp_path):
    fitted = model.fit(digits, stream(3), runs=3)
    fitted.save(tmp_path)
    again = model.load(tmp_path)
    assert (again.runs, again.settings) == (3, model)
    np.testing.assert_array_equal(array(again.sample(9, stream(4))), array(fitted.sample(9, stream(4))))


@both
def test_a_folder_without_a_model_is_one_sentence(model, tmp_path):
    with pytest.raises(RecordError, match="cannot be read as a fitted model"):
        model.load(tmp_path)


@both
def test_a_warm_start_goes_on_from_the_weights(model, digits):
    start = model.fit(digits, stream(3), runs=3)
    still = type(model)(steps=1, learning_rate=0.0).fit(digits, stream(5), start=start, runs=3)
    np.testing.assert_array_equal(array(still.sample(9, stream(4))), array(start.sample(9, stream(4))))
    further = model.fit(digits, stream(5), start=start, runs=3)
    assert not np.array_equal(array(further.sample(9, stream(4))), array(start.sample(9, stream(4))))


@both
def test_a_warm_start_needs_the_same_kind_of_rows(model, digits):
    start = model.fit(digits, stream(3), runs=3)
    with pytest.raises(FitError, match="cannot go on with 1 runs"):
        model.fit(digits, stream(3), start=start)


def test_a_warm_start_needs_known_labels(digits):
    start = Diffusion(steps=1).fit(digits, stream(3))
    with pytest.raises(FitError, match="cannot go on with the label"):
        Diffusion(steps=1).fit(Samples.of(digits.x, label=digits.meta["label"] + 1), stream(3), start=start)
    with pytest.raises(FitError, match="without a label"):
        Diffusion(steps=1).fit(Samples.of(digits.x), stream(3), start=start)


@pytest.mark.parametrize("model", [VAE(), Diffusion()], ids=["vae", "diffusion"])
def test_a_gaussian_cloud_is_learned(model, cloud):
    made = model.fit(cloud, stream(6)).sample(20_000, stream(7)).astype(float)
    deviation = cloud.x.std(0)
    # 20,000 rows know a mean to 0.007 deviations and a variance to 1 %; the rest is what training leaves
    assert (np.abs(made.mean(0) - cloud.x.mean(0)) / deviation).max() < 0.1
    assert np.abs(made.var(0) / cloud.x.var(0) - 1).max() < 0.15
    assert np.abs(np.corrcoef(made.T) - np.corrcoef(cloud.x.T)).max() < 0.06


@pytest.mark.parametrize("model", SHORT.values(), ids=SHORT)
def test_bias_scales_the_variance_of_rows_without_labels(model, cloud):
    fitted = model.fit(cloud, stream(6))
    full, half, none = (fitted.sample(4000, stream(7), bias=bias).var(0) for bias in (1.0, 0.5, 0.0))
    np.testing.assert_allclose(half / full, 0.5, atol=0.1)
    assert (none < 1e-3 * full).all()


def test_labels_are_the_classes_of_the_rows_and_keep_their_law(digits, drawn):
    made, columns = drawn.sample(600, stream(8))
    centres = np.stack([digits.x[digits.meta["label"] == digit].mean(0).ravel() for digit in range(10)])
    nearest = ((made.reshape(len(made), 1, -1) - centres) ** 2).sum(2).argmin(1)
    assert (nearest == columns["label"]).mean() > 0.8  # real digits: 0.91; by chance: 0.1
    share = np.bincount(digits.meta["label"][:300], minlength=10) / 300
    count = np.bincount(columns["label"][:600], minlength=10)
    z = (count - 600 * share) / np.sqrt(600 * share * (1 - share))
    assert np.abs(z).max() < 4.5  # 10 two-sided tests: false alarm 7e-5


def test_guidance_makes_rows_more_typical_of_their_class(digits, drawn):
    centres = np.stack([digits.x[digits.meta["label"] == digit].mean(0).ravel() for digit in range(10)])

    def figures(guidance):
        guided = replace(drawn, settings=replace(drawn.settings, guidance=guidance))
        made, columns = guided.sample(300, stream(8))
        distance = ((made.reshape(len(made), 1, -1) - centres) ** 2).sum(2)
        rows = np.arange(len(made))
        own, others = distance[rows, columns["label"]], np.delete(distance, 0, 1).mean(1)
        within = np.mean([made[columns["label"] == digit].var(0).sum() for digit in range(10)])
        return (distance.argmin(1) == columns["label"]).mean(), (own / others).mean(), within

    plain, guided = figures(0.0), figures(1.0)
    assert guided[0] > plain[0]
    assert guided[1] < plain[1]
    assert guided[2] < 0.95 * plain[2]


def test_made_digits_are_spread_as_real_ones_and_stay_in_range(digits, drawn):
    made = drawn.sample(300, stream(9))[0]
    assert made.min() >= 0
    assert made.max() <= 1
    assert 0.85 < made.reshape(900, -1).var(0).sum() / digits.x.reshape(900, -1).var(0).sum() < 1.15


def test_made_digits_are_no_copies(digits, drawn):
    made = drawn.sample(300, stream(9))[0].reshape(3, 300, -1)
    for run, real in enumerate(digits.x.reshape(3, 300, -1)):
        between = np.sqrt(((made[run][:, None] - real) ** 2).sum(2)).min(1)
        among = np.sqrt(((real[:, None] - real) ** 2).sum(2)) + np.diag(np.full(300, np.inf))
        assert np.median(between) > 0.6 * np.median(among.min(1))


def test_a_larger_image_goes_through_the_u_net_and_learns_its_labels():
    label = np.arange(120) % 2
    x = 0.1 * stream(0).random((120, 18, 17))  # sides that are no multiple of the folding
    x[label == 1, :9] += 0.8
    model = Diffusion(steps=80, width=48, batch=32, sampling_steps=4)
    made, columns = model.fit(Samples.of(x, label=label), stream(1), runs=2).sample(40, stream(2))
    assert made.shape == (80, 18, 17)
    bright = made[:, :9].mean((1, 2)) > 0.45
    assert (bright == (columns["label"] == 1)).mean() > 0.85  # by chance: 0.5


def test_words_serve_as_labels(tmp_path):
    x = stream(0).normal(size=(80, 3))
    label = np.where(np.arange(80) % 2, "left", "right")
    Diffusion(steps=2).fit(Samples.of(x, label=label), stream(1)).save(tmp_path)
    assert set(Diffusion().load(tmp_path).sample(40, stream(2))[1]["label"]) == {"left", "right"}


@both
@pytest.mark.parametrize("x", [np.full((20, 4), 3.5), np.tile([[1.0, 2.0], [3.0, 4.0]], (10, 1)), np.zeros((20, 5, 5))])
def test_constant_columns_and_duplicates_are_learned(model, x):
    made = model.fit(Samples.of(x), stream(0)).sample(50, stream(1))
    assert np.isfinite(made).all()
    constant = np.ptp(x, 0) == 0
    np.testing.assert_allclose(made[:, constant], np.broadcast_to(x[0][constant], made[:, constant].shape), atol=1e-5)


@both
@pytest.mark.parametrize(
    ("train", "runs", "sentence"),
    [
        (Samples.of(np.zeros((7, 2))), 1, "at least 8 rows a run and got 7"),
        (Samples.of(np.zeros((31, 2))), 2, "31 rows do not divide into 2 runs"),
        (Samples.of(np.array([[0.0]] * 9 + [[np.nan]])), 1, "1 of 10 rows hold a value that is not finite.*row 9"),
        (Samples.of(["a text"] * 20), 1, "choose a text model"),
        (Samples.of(np.zeros((20, 0))), 1, "hold no number"),
    ],
)
def test_rows_that_cannot_be_fitted_are_one_sentence(model, train, runs, sentence):
    with pytest.raises(FitError, match=sentence):
        model.fit(train, stream(0), runs=runs)


@pytest.mark.parametrize("model", [VAE(learning_rate=1e30), Diffusion(learning_rate=1e30)], ids=["vae", "diffusion"])
def test_divergence_is_one_sentence(model, cloud):
    with pytest.raises(FitError, match="diverged at step"):
        model.fit(cloud, stream(0))


def test_a_negative_bias_is_one_sentence(drawn):
    with pytest.raises(UsageError, match="bias of 0 or more"):
        drawn.sample(5, stream(0), bias=-0.1)


def test_the_settings_are_there_without_torch():
    program = (
        "import sys; sys.modules['torch'] = None\n"
        "import numpy as np, autophagy.models.vae as v, autophagy.models.diffusion as d\n"
        "from autophagy.core.errors import MissingExtra\n"
        "from autophagy.core.samples import Samples\n"
        "for model in (v.VAE(), d.Diffusion()):\n"
        "    try: model.fit(Samples.of(np.zeros((20, 2))), np.random.default_rng(0))\n"
        "    except MissingExtra as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.count("pip install 'autophagy[neural]'") == 2
