"""The contract of language models: what every model whose rows are texts must do, beside what all plug-ins must."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from ..core.entry import Entry
from ..core.errors import AutophagyError
from ..core.samples import Array, Samples
from .fixtures import fit, is_a_frozen_dataclass, is_a_sentence, refuses, ring, rng, rows_of, says_what_bias_does, texts

Case = Callable[[Entry, Any], None]


def _writes_texts(entry: Entry, thing: Any) -> None:
    made = rows_of(fit(thing, texts(80)).sample(30, rng()))
    assert made.shape == (30,)
    assert made.dtype.kind == "T"
    assert sum(bool(text.strip()) for text in made.tolist()) > 15, "half of the texts or more are empty"


def _leaves_its_training_rows_alone(entry: Entry, thing: Any) -> None:
    train = texts(60)
    before = train.x.tolist()
    fit(thing, train).sample(5, rng())
    assert train.x.tolist() == before


def _gives_every_text_a_probability(entry: Entry, thing: Any) -> None:
    fitted: Any = fit(thing, texts(80))
    nats, tokens = fitted.log_prob(texts(20).x), fitted.tokens(texts(20).x)
    assert nats.shape == tokens.shape == (20,)
    assert np.isfinite(nats).all()
    assert (nats < 0).all()
    assert (tokens >= 1).all()


def _low_bias_writes_likelier_texts(entry: Entry, thing: Any) -> None:
    fitted: Any = fit(thing, texts(80))

    def nats(bias: float) -> float:
        made = rows_of(fitted.sample(60, rng(), bias=bias))
        return float(fitted.log_prob(made).sum() / fitted.tokens(made).sum())

    assert nats(0.3) > nats(1.0)


def _keeps_runs_apart(entry: Entry, thing: Any) -> None:
    """Runs of other letters do not hear of each other's words."""
    if not entry.takes_runs:
        return
    lines = [f"{letter * 3} {letter * 5} {letter * 4}" for letter in "abc" for _ in range(40)]
    made = rows_of(fit(thing, Samples.of(lines), runs=3).sample(30, rng())).reshape(3, 30)
    for own, run in zip("abc", made, strict=True):
        written = "".join(run.tolist())
        assert all(written.count(own) > written.count(other) for other in set("abc") - {own}), "runs are mixed up"


def _refuses_numbers(entry: Entry, thing: Any) -> None:
    refuses(lambda: fit(thing, ring(60)))


def _odd_texts_are_learnt_or_refused(entry: Entry, thing: Any) -> None:
    """One row, a collapsed loop's equal rows, empty rows among others, empty rows alone, one enormous line."""
    several = [["one text"], ["one text"] * 50, ["", "a text", ""] * 20, ["", ""], ["word " * 5000, "a"], ["x" * 5000]]
    for lines in several:
        try:
            made = rows_of(fit(thing, Samples.of(lines)).sample(3, rng()))
        except AutophagyError as error:
            is_a_sentence(error)
        else:
            assert made.shape == (3,)


def _comes_back_from_a_file(entry: Entry, thing: Any) -> None:
    fitted: Any = fit(thing, texts(60))
    with tempfile.TemporaryDirectory() as folder:
        fitted.save(Path(folder))
        again = thing.load(Path(folder))
        assert _same(again.sample(10, rng()), fitted.sample(10, rng()))
        assert np.array_equal(again.log_prob(texts(5).x), fitted.log_prob(texts(5).x))


def _goes_on_behind_a_prompt(entry: Entry, thing: Any) -> None:
    """What `complete` writes hangs on the prompt and its random numbers alone, and is no longer than it may be."""
    fitted: Any = fit(thing, texts(80))
    if not hasattr(fitted, "complete"):
        return
    prompts = ["The king", "", "strange words", "The ship sees the"]

    def written(some: list[str], longest: int = 12) -> list[tuple[str, bool]]:
        made: list[tuple[str, bool]] = fitted.complete(some, [rng() for _ in some], longest=longest)
        return made

    assert len(written(prompts)) == 4
    assert written(prompts) == written(prompts)
    assert [written([each])[0] for each in prompts] == written(prompts), "a prompt hears of the others"
    assert not any(ended for _, ended in written(["The king"] * 4, longest=1)), "a passage of one word has ended"
    assert any(
        len(text) > len(written([each], longest=3)[0][0])
        for each, (text, _) in zip(prompts, written(prompts), strict=True)
    )


def _goes_on_from_another(entry: Entry, thing: Any) -> None:
    first = fit(thing, texts(60))
    assert rows_of(fit(thing, texts(60), start=first).sample(10, rng())).shape == (10,)


def _same(first: Array, second: Array) -> bool:
    return bool(first.tolist() == second.tolist())


TEXT_MODEL: tuple[Case, ...] = (
    is_a_frozen_dataclass,
    says_what_bias_does,
    _writes_texts,
    _leaves_its_training_rows_alone,
    _gives_every_text_a_probability,
    _low_bias_writes_likelier_texts,
    _keeps_runs_apart,
    _refuses_numbers,
    _odd_texts_are_learnt_or_refused,
    _comes_back_from_a_file,
    _goes_on_behind_a_prompt,
    _goes_on_from_another,
)
