"""The training of all neural models: which runs diverged, and the learning rate over the steps."""

from dataclasses import replace

import numpy as np
import pytest

from autophagy.core.samples import Samples
from autophagy.models.diffusion.model import Diffusion
from autophagy.models.neural.schedule import FROM_SCRATCH, LONGEST_WARM_UP, TUNING, learning_rate
from autophagy.models.transformer.model import Transformer
from autophagy.models.vae.model import VAE

torch = pytest.importorskip("torch", reason="the neural models need torch")

from autophagy.models.neural.training import train  # noqa: E402

NUMBERS = Samples.of(np.random.default_rng(0).normal(size=(40, 2)))
TEXTS = Samples.of([f"some words {i} of passage {i % 7}" for i in range(20)])
SMALL = {
    "vae": (VAE(steps=2), NUMBERS),
    "diffusion": (Diffusion(steps=2), NUMBERS),
    "transformer": (Transformer(layers=1, width=16, context=32, budget=64, vocabulary=300), TEXTS),
}


def test_weights_that_end_at_zero_have_not_diverged():
    """A run may learn zeros; only weights that are no longer finite tell of a training that ran away."""
    weights, diverged = train({"x": torch.zeros(2, 3)}, lambda w: (w["x"] ** 2).sum(1), 20, 0.01, "mine")
    assert not weights["x"].any()
    assert diverged == ()


def test_a_diverged_run_is_named_and_set_to_zero():
    scale = torch.tensor([1.0, torch.nan, 1.0])
    weights, diverged = train({"x": torch.ones(3, 2)}, lambda w: (w["x"] ** 2).sum(1) * scale, 20, 0.01, "mine")
    assert diverged == (1,)
    assert not weights["x"][1].any()
    assert weights["x"][[0, 2]].all()


@pytest.mark.parametrize(("model", "rows"), SMALL.values(), ids=SMALL)
def test_which_runs_diverged_comes_back_from_the_folder(model, rows, tmp_path):
    fitted = model.fit(rows, np.random.default_rng(1), runs=2)
    assert fitted.diverged == ()
    replace(fitted, diverged=(1,)).save(tmp_path)
    assert model.load(tmp_path).diverged == (1,)


@pytest.mark.parametrize("part", [FROM_SCRATCH, TUNING])
@pytest.mark.parametrize("steps", [1, 7, 100, 5000])
def test_the_learning_rate_climbs_to_its_peak_and_falls_to_nothing(part, steps):
    rates = [learning_rate(step, steps, 0.1, part) for step in range(steps)]
    top = int(np.argmax(rates))
    assert top < min(LONGEST_WARM_UP, steps // part + 1)
    assert 0.05 < rates[top] <= 0.1  # the cosine falls a little during the warm-up, in the shortest trainings by half
    assert (np.diff(rates[: top + 1]) > 0).all()
    assert (np.diff(rates[top:]) < 0).all()
    assert learning_rate(steps, steps, 0.1, part) == 0
