"""The tuning of an arm: the search of its learning rate, its early end, and what is kept of both."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.arms.arm import SharedModel
from autophagy.arms.finetuned import Finetuned
from autophagy.arms.learning_rate import MOST, search_rate
from autophagy.arms.rewriting import Lessons
from autophagy.core.errors import Diverged, FitError, UsageError

USUAL = 0.001


def valley(bottom, diverged_from=99):
    """A loss with its least value at so many factors of 3 from the usual rate, and the rates that were asked of it."""
    asked = []

    def loss(rate):
        asked.append(rate)
        step = math.log(rate / USUAL, 3)
        if step > diverged_from - 0.5:
            raise Diverged("ran away.")
        return 1 + (step - bottom) ** 2

    return loss, asked


@given(st.floats(-MOST - 2, MOST + 2))
def test_of_one_valley_the_search_finds_what_a_whole_grid_finds(bottom):
    loss, asked = valley(bottom)
    found = search_rate(loss, USUAL, 0)
    assert list(found.tried) == sorted(asked)  # all are told, each is tried once
    grid = [float(f"{USUAL * 3.0**step:.2g}") for step in range(-MOST, MOST + 1)]
    least = valley(bottom)[0]
    assert least(found.rate) == min(map(least, grid))
    assert found.bracketed == (grid[0] < found.rate < grid[-1])


@pytest.mark.parametrize(
    ("bottom", "tried"),
    [
        (0, [0.00033, 0.001, 0.003]),
        (2, [0.001, 0.003, 0.009, 0.027]),
        (-2, [3.7e-05, 0.00011, 0.00033, 0.001, 0.003]),
    ],
)
def test_the_search_goes_past_the_end_as_far_as_the_loss_falls_and_one_further(bottom, tried):
    found = search_rate(valley(bottom)[0], USUAL, 0)
    assert list(found.tried) == tried
    assert found.bracketed


@pytest.mark.parametrize(("gain", "rate"), [(0, 0.009), (0.05, 0.009), (0.15, 0.003), (0.25, 0.001)])
def test_a_rate_above_the_usual_one_is_taken_where_it_earns_its_gain(gain, rate):
    losses = {0.00033: 1.2, 0.001: 0.9, 0.003: 0.7, 0.009: 0.63, 0.027: 0.86}
    found = search_rate(losses.__getitem__, USUAL, gain)
    assert (found.rate, found.bracketed) == (rate, True)


def test_at_or_below_the_usual_rate_the_least_loss_decides():
    losses = {0.00011: 0.92, 0.00033: 0.9, 0.001: 0.91, 0.003: 0.9}
    assert search_rate(losses.__getitem__, USUAL, 0.5).rate == 0.00033


@pytest.mark.parametrize(("diverged_from", "rate", "highest"), [(2, 0.003, 0.009), (0, 0.00033, 0.001)])
def test_above_a_rate_that_diverged_none_is_tried(diverged_from, rate, highest):
    found = search_rate(valley(4, diverged_from)[0], USUAL, 0)
    assert (found.rate, max(found.tried), found.tried[highest]) == (rate, highest, math.inf)
    assert found.bracketed


def test_at_the_end_of_what_is_tried_a_better_rate_may_lie_outside():
    found = search_rate(valley(9)[0], USUAL, 0)
    assert (found.rate, len(found.tried), found.bracketed) == (max(found.tried), 1 + MOST, False)


def test_a_loss_that_is_no_number_is_infinitely_bad():
    found = search_rate(lambda rate: math.nan if rate > 0.002 else 1 / rate, USUAL, 0)
    assert found.tried == {0.00033: 1 / 0.00033, 0.001: 1000.0, 0.003: math.inf}


def test_where_every_rate_diverges_the_search_does_after_going_down():
    loss, asked = valley(0, -99)
    with pytest.raises(Diverged, match="every learning rate"):
        search_rate(loss, USUAL, 0)
    assert len(asked) == 1 + MOST


@pytest.mark.parametrize("wrong", [{"gain": -0.1}, {"gain": 1.0}, {"patience": -1}])
def test_settings_out_of_range_are_refused(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        Finetuned(**wrong)


TEXTS = tuple(f"{name} was born in {city}." for name, city in zip("ABCDEF", ["Oslo", "Rome", "Bern"] * 2, strict=True))
HELD_OUT = tuple(f"The birthplace of {text[0]} is {text[-5:]}" for text in TEXTS)
LESSONS = Lessons(TEXTS, HELD_OUT, "templates", 0.0)


@pytest.fixture
def tuned(tiny_model, tmp_path):
    """A function that tunes the tiny model with some settings, in a folder of that name."""
    pytest.importorskip("peft", reason="a tuning needs the extra text")
    from autophagy.arms.tuning import Tuning, tune

    def make(folder="one", method="full", exposures=32, rate=0.01, gain=0.15, patience=3):
        base = SharedModel(str(tiny_model), tmp_path / folder, tmp_path / "logs")
        settings = Tuning(exposures, rate, gain, patience, batch=2, context=32, rank=2, method=method)
        return tune(base, LESSONS, settings, np.random.default_rng(7))

    return make


def held_out_loss(made):
    """Nats a token of the held-out wordings, under what came back."""
    texts = np.array(HELD_OUT, dtype=np.dtypes.StringDType())
    return -made.fitted.log_prob(texts).sum() / made.fitted.tokens(texts).sum()


def weights(made):
    """What was changed of the base."""
    return {name: weight.cpu().numpy() for name, weight in made.fitted.changes[0].items()}


def same(one, two):
    return one.keys() == two.keys() and all(np.array_equal(one[name], two[name]) for name in one)


@pytest.mark.parametrize(("method", "rate"), [("full", 0.03), ("lora", 0.3)])
def test_an_early_end_gives_back_the_best_weights_that_were_seen(tuned, method, rate):
    made, whole = tuned("early", method, rate=rate, patience=2), tuned("whole", method, rate=rate, patience=0)
    told = made.preparation.details
    losses = list(told["looks"].values())
    least = losses.index(min(losses))
    assert len(losses) == least + 1 + 2 < 8  # two looks in vain
    assert list(map(float, told["looks"])) == [4.0 * look for look in range(1, len(losses) + 1)]
    assert (told["best"], told["stopped"]) == (4.0 * (least + 1), 4.0 * len(losses))
    assert held_out_loss(made) == pytest.approx(losses[least], rel=1e-6)
    assert held_out_loss(whole) > losses[least]
    assert made.preparation.tokens_trained * 32 == whole.preparation.tokens_trained * told["stopped"]


def test_without_patience_every_exposure_is_trained(tuned):
    made = tuned(rate=0.03, patience=0)
    tokens = made.fitted.tokens(np.array(TEXTS, dtype=np.dtypes.StringDType())).sum()
    told = made.preparation.details
    assert (told["looks"], told["best"], told["stopped"]) == ({}, 32.0, 32.0)
    assert made.preparation.tokens_trained == 32 * tokens


def test_a_training_that_is_best_at_its_end_is_what_it_is_without_a_look(tuned):
    watched, whole = tuned("watched", rate=1e-4), tuned("whole", rate=1e-4, patience=0)
    assert watched.preparation.details["best"] == watched.preparation.details["stopped"] == 32.0
    assert same(weights(watched), weights(whole))
    assert watched.preparation.tokens_trained == whole.preparation.tokens_trained


def test_a_search_is_told_and_charged_and_the_same_twice(tuned):
    one, two = (tuned(folder, exposures=16, rate="search", gain=0) for folder in ("one", "two"))
    told = one.preparation.details
    assert told == two.preparation.details
    assert same(weights(one), weights(two))
    known = {float(rate): loss for rate, loss in told["tried"].items()}
    assert len(known) > 1
    assert told["learning_rate"] == min(known, key=known.get)
    assert told["bracketed"] == (min(known) < told["learning_rate"] < max(known))
    assert 0 < one.preparation.search_seconds < one.preparation.seconds
    assert (two.preparation.complexity.settings, tuned(rate=0.01).preparation.complexity.settings) == (
        ("learning_rate",),
        (),
    )


def test_a_tuning_taken_up_again_is_the_one_that_was_made(tuned):
    first, again = tuned(patience=1), tuned(patience=1)
    assert again.preparation == first.preparation
    assert same(weights(again), weights(first))
    assert tuned(patience=0).preparation.details != first.preparation.details  # other settings are another tuning


def test_a_watched_training_has_one_chain(tiny_model):
    pytest.importorskip("peft", reason="a tuning needs the extra text")
    from autophagy.core.samples import REAL, Samples
    from autophagy.models.pretrained.model import Pretrained
    from autophagy.models.pretrained.watch import Watch

    rows = Samples.of(np.array(TEXTS, dtype=np.dtypes.StringDType()), REAL, "fixed")
    model = Pretrained(base=str(tiny_model), context=32)
    with pytest.raises(FitError, match="one run"):
        model.fit(rows, np.random.default_rng(0), runs=2, watch=Watch(lambda module: 0.0, 1))
