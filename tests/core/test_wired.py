"""Slips in a plug-in of somebody's own are told in a sentence: where it is registered, or where it returns."""

from dataclasses import dataclass

import numpy as np
import pytest

import autophagy
from autophagy import FitError, LoopSpec, UsageError, Verdict, loop
from autophagy.core import registry

ROWS = np.random.default_rng(0).normal(size=(60, 2))


@pytest.fixture(autouse=True)
def own():
    """What a test registers is gone behind it."""
    yield
    for key in [key for key in registry._entries if key[1] == "slip"]:
        del registry._entries[key]


def run(**fields):
    return list(loop(LoopSpec(ROWS, **{"samples": 30, "generations": 2, "seeds": 1, "metrics": "recall"} | fields)))


def refused(match, error=UsageError, **fields):
    with pytest.raises(error, match=match) as caught:
        run(**fields)
    assert str(caught.value).endswith(".")


def model(sample, fit=lambda whole: whole):
    @autophagy.model("slip")
    @dataclass(frozen=True)
    class Slip:
        """A model with a slip."""

        def fit(self, train, rng, *, start=None):
            return fit(self)

        def sample(self, n, rng, *, bias=1.0):
            return sample(n, rng)


@pytest.mark.parametrize(
    ("sample", "match"),
    [
        (lambda n, rng: rng.normal(size=(n, 7)), r"learnt numbers of shape \(n, 2\) and returned .*\(n, 7\)"),
        (lambda n, rng: ["a"] * n, "learnt numbers of shape .* and returned texts"),
        (lambda n, rng: None, "returned NoneType from sample"),
    ],
)
def test_a_model_returns_rows_like_those_it_learnt(sample, match):
    model(sample)
    refused(match, FitError, model="slip")


def test_a_model_that_fits_to_nothing_is_no_model_that_diverged():
    """Its rows would have been real ones."""
    model(None, fit=lambda whole: None)
    refused("the model slip returned NoneType from fit", FitError, model="slip")


def returning(kind, value, **facts):
    def slip(*handed):
        return value(*handed) if callable(value) else value

    slip.__doc__ = "A plug-in with a slip."
    getattr(autophagy, kind)("slip", **facts)(slip)


@pytest.mark.parametrize("value", ["high", None, [1.0, 2.0], {"slip": "high"}])
def test_a_metric_returns_numbers(value):
    returning("metric", value)
    refused("the metric slip returned .*: let it return a number", metrics="slip")


@pytest.mark.parametrize("value", [None, [True], np.ones(30, bool)])
def test_a_curator_returns_a_verdict(value):
    returning("curator", value)
    refused("the curator slip returned .*: let it return Verdict", curators="slip")


def test_a_verdict_of_lists_is_one_of_arrays():
    returning("curator", lambda batch, *_: Verdict([True] * len(batch), [0.0] * len(batch), "none"))
    assert len(run(curators="slip")[0].kept) == 30


@pytest.mark.parametrize("value", [None, lambda history, _: history.real.x, lambda history, _: history.real.head(0)])
def test_a_regime_returns_training_rows(value):
    returning("regime", value)
    refused("the regime slip returned (NoneType|ndarray|no rows)", regimes="slip")


@pytest.mark.parametrize("kind", ["model", "regime", "curator", "metric", "arm", "grader", "reading", "recipe"])
def test_a_decorator_without_a_name(kind):
    with pytest.raises(UsageError, match=f'@{kind} has no name: write @{kind}\\("NAME"\\)'):
        getattr(autophagy, kind)(returning)


def test_a_plug_in_is_called_as_its_kind_is():
    with pytest.raises(UsageError, match=r"takes \(x\): let it take \(reference, generated, rng\)"):

        @autophagy.metric("slip")
        def slip(x):
            """A metric of one."""

    with pytest.raises(UsageError, match=r"takes \(batch, reference, rng, slack\).* behind a \*"):

        @autophagy.curator("slip")
        def slack(batch, reference, rng, slack=0.0):
            """A setting in the wrong place."""

    with pytest.raises(UsageError, match="has no method fit"):

        @autophagy.model("slip")
        @dataclass(frozen=True)
        class Slip:
            """No model."""

    with pytest.raises(UsageError, match="better 'up': write higher, lower, real, or a number"):
        autophagy.metric("slip", better="up")
