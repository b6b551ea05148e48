"""The rows that the contract suite shows to every plug-in, and what it does with what comes back."""

import dataclasses
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.entry import Entry
from ..core.errors import AutophagyError
from ..core.plugin import Fitted
from ..core.samples import Array, Samples
from ..verifiers.answered import AnsweredRow, samples_of


def ring(n: int, runs: int = 1, shift: float = 0.0) -> Samples:
    """Rows (runs * n, 2) of a noisy ring; each run is `shift` further to the right than the one before."""
    rng = np.random.default_rng(7)
    angle = rng.integers(0, 4, n * runs) * (np.pi / 2)
    x = np.stack([np.cos(angle), np.sin(angle)], 1) + 0.1 * rng.standard_normal((n * runs, 2))
    x[:, 0] += shift * np.repeat(np.arange(runs), n)
    return Samples.of(x)


def texts(n: int, first: int = 0) -> Samples:
    """n short texts (n,), the same in every call; those from another `first` use the same words in other ways."""
    rng = np.random.default_rng([7, first])
    who, does, where = ("king", "ship", "old moon", "queen's fool"), ("sees", "finds", "forgets"), ("at sea", "at home")
    rare = np.char.add("word", rng.integers(0, 300, n).astype(str)).tolist()
    lines = [
        f"The {rng.choice(who)} {rng.choice(does)} the {rng.choice(who)} {rng.choice(where)},\nand says: {word}!"
        for word in rare
    ]
    return Samples.of(lines)


def pairs(n: int, first: int = 0) -> Samples:
    """n rows with an answer: right sums and wrong ones, code with its tests, and answers about a passage."""
    rows = [
        AnsweredRow("Add them.", f"{k} and 2", f"{k} + 2 = {k + 2 + k % 2}", f'["{k + 2}", "{k + 2}", "{k}"]')
        if k % 3
        else AnsweredRow("Who built it?", "", "Ada Berg", passage=f"Ada Berg built mill {k}.", tests="assert f(1) == 2")
        for k in range(first, first + n)
    ]
    return samples_of(rows)


def rng() -> np.random.Generator:
    """The same random numbers in every call."""
    return np.random.default_rng(11)


def rows_of(made: Any) -> Array:
    """The rows alone of what a model made."""
    return np.asarray(made[0] if isinstance(made, tuple) else made)


def fit(thing: Any, train: Samples, **more: Any) -> Fitted:
    """A model fitted on the rows."""
    fitted: Fitted = thing.fit(train, rng(), **more)
    return fitted


def refuses(act: Callable[[], Any]) -> None:
    """Hold that an act raises an error of ours, in a sentence."""
    try:
        act()
    except AutophagyError as error:
        is_a_sentence(error)
    else:
        raise AssertionError("nothing was refused")


def is_a_frozen_dataclass(entry: Entry, thing: Any) -> None:
    """Hold that a plug-in cannot be changed once it is built from its settings."""
    assert dataclasses.is_dataclass(thing), f"the {entry.kind} is no dataclass whose fields are its settings"
    try:
        setattr(thing, next(iter(entry.settings), "anything"), None)
    except dataclasses.FrozenInstanceError:
        return
    raise AssertionError(f"the {entry.kind} is not frozen: put @dataclass(frozen=True) on it")


def says_what_bias_does(entry: Entry, thing: Any) -> None:
    """Hold that a model explains sampling bias, which means something else to each."""
    assert "bias" in (inspect.getdoc(entry.thing) or ""), "the docstring does not say what sampling bias means here"


def is_a_sentence(error: AutophagyError) -> None:
    """Hold that an error is one sentence on one line."""
    text = str(error)
    assert text.endswith("."), f"{text!r} is not a sentence"
    assert "\n" not in text
