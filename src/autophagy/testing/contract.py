"""The contract suite: what every registered plug-in must do, ours and yours.

In a test of your own plug-in:

    import pytest
    from autophagy.testing import checks

    @pytest.mark.parametrize("check", checks("model", "mine"), ids=str)
    def test_contract(check):
        check()
"""

import inspect
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..core.entry import Entry
from ..core.errors import AutophagyError, UsageError
from ..core.parts import Part, did_you_mean
from ..core.registry import build, find
from ..core.samples import Array, Samples
from ..curators.curate import judged
from ..regimes.numbers import History
from ..verifiers.answered import AnsweredRow, samples_of
from . import arms as arm_contract
from . import families as family_contract
from . import graders as grader_contract
from . import instructions as instruction_contract
from . import metrics as metric_contract
from . import readings as reading_contract
from . import recipes as recipe_contract
from .fixtures import (
    fit,
    is_a_frozen_dataclass,
    is_a_sentence,
    pairs,
    refuses,
    ring,
    rng,
    rows_of,
    says_what_bias_does,
    texts,
)
from .texts import TEXT_MODEL

Case = Callable[[Entry, Any], None]


@dataclass(frozen=True)
class Check:
    """One promise of the contract, held against one plug-in; calling it raises AssertionError where it is broken."""

    entry: Entry
    settings: Part
    case: Case

    def __call__(self) -> None:
        """Run the check."""
        self.case(self.entry, build(self.entry.kind, self.settings))

    def __str__(self) -> str:
        return f"{self.settings}-{self.case.__name__.removeprefix('_')}"


def checks(kind: str, part: str | Part) -> list[Check]:
    """All checks of a plug-in, each callable, with a readable name as str()."""
    if kind not in CASES:
        raise UsageError(f"there is no kind {kind!r}{did_you_mean(kind, CASES)}: choose from {', '.join(CASES)}.")
    settings = Part.parse(part)
    entry = find(kind, settings.name)
    own = TEXT_MODEL if kind == "model" and entry.of == "text" else CASES[kind]
    return [Check(entry, settings, case) for case in (*COMMON, *own)]


# --- every plug-in


def _has_a_caption(entry: Entry, thing: Any) -> None:
    assert entry.caption.endswith("."), f"the caption {entry.caption!r} is not a sentence"


def _settings_have_defaults(entry: Entry, thing: Any) -> None:
    for name, default in entry.settings.items():
        assert default is not inspect.Parameter.empty, f"the setting {name} has no default"


def _leaves_global_random_numbers_alone(entry: Entry, thing: Any) -> None:
    before = str(np.random.get_state(legacy=False))  # noqa: NPY002
    _exercise(entry, thing)
    assert str(np.random.get_state(legacy=False)) == before, "numpy's global random state has changed"  # noqa: NPY002


def _repeats_itself(entry: Entry, thing: Any) -> None:
    for first, second in zip(_exercise(entry, thing), _exercise(entry, thing), strict=True):
        assert np.array_equal(first, second, equal_nan=first.dtype.kind == "f"), (
            "the same random numbers gave another result"
        )


def _exercise(entry: Entry, thing: Any) -> list[Array]:
    """Use a plug-in once; what came out, as arrays."""
    if entry.kind == "arm":
        return arm_contract.exercise(thing)
    if entry.kind == "grader":
        return grader_contract.exercise(thing)
    if entry.kind == "reading":
        return reading_contract.read(thing)
    if entry.kind == "instruction":
        return instruction_contract.said(thing)
    if entry.kind == "recipe":
        return recipe_contract.asked(thing)
    if entry.kind == "suite":
        return reading_contract.asked(thing)
    if entry.kind in ("family", "density"):
        return family_contract.exercise(entry, thing)
    rows = texts(60) if entry.of == "text" else ring(60)
    if entry.kind == "model":
        return [rows_of(fit(thing, rows).sample(20, rng()))]
    if entry.kind == "regime":
        return list(thing(_history(), rng()).columns().values())
    if entry.kind == "curator":
        verdicts = [judged(thing, batch, reference, rng()) for batch, reference in _batches(entry)]
        return [column for verdict in verdicts for column in (verdict.keep, verdict.score)]
    return metric_contract.exercise(entry, thing)


# --- models


def _makes_rows_like_those_it_learnt(entry: Entry, thing: Any) -> None:
    train = ring(200)
    made = rows_of(fit(thing, train).sample(300, rng()))
    assert made.shape == (300, 2)
    assert np.isfinite(made).all()
    # wide bars, for a plug-in of any kind with default settings: half of the ring's radius, and the right order of size
    assert np.abs(made.mean(0) - train.x.mean(0)).max() < 0.5
    assert 0.2 < made.var() / train.x.var() < 2.0


def _leaves_its_training_rows_alone(entry: Entry, thing: Any) -> None:
    train = ring(60)
    before = train.x.copy()
    train.x.flags.writeable = False
    fit(thing, train).sample(10, rng())
    assert np.array_equal(train.x, before)


def _bias_below_1_narrows_what_is_made(entry: Entry, thing: Any) -> None:
    fitted = fit(thing, ring(200))
    wide, narrow = (rows_of(fitted.sample(2_000, rng(), bias=bias)) for bias in (1.0, 0.2))
    assert np.var(narrow, axis=0).sum() < np.var(wide, axis=0).sum()


def _keeps_runs_apart(entry: Entry, thing: Any) -> None:
    if not entry.takes_runs:
        return
    made = rows_of(fit(thing, ring(100, 3, shift=20.0), runs=3).sample(50, rng())).reshape(3, 50, 2)
    assert np.abs(made[:, :, 0].mean(1) - [0.0, 20.0, 40.0]).max() < 3.0  # the rings lie 20 apart


def _refuses_rows_that_are_not_finite(entry: Entry, thing: Any) -> None:
    x = ring(60).x.copy()
    x[3, 1] = np.nan
    refuses(lambda: fit(thing, Samples.of(x)))


def _refuses_texts_or_learns_them(entry: Entry, thing: Any) -> None:
    texts = Samples.of(["one text", "another text"] * 30)
    try:
        made = rows_of(fit(thing, texts).sample(3, rng()))
    except AutophagyError as error:
        is_a_sentence(error)
    else:
        assert made.dtype.kind in "UTO"


def _one_row_is_learnt_or_refused(entry: Entry, thing: Any) -> None:
    try:
        made = rows_of(fit(thing, ring(1)).sample(5, rng()))
    except AutophagyError as error:
        is_a_sentence(error)
    else:
        assert np.isfinite(made).all()


def _equal_rows_are_learnt_or_refused(entry: Entry, thing: Any) -> None:
    """What a collapsed loop hands on."""
    try:
        made = rows_of(fit(thing, Samples.of(np.ones((50, 2)))).sample(5, rng()))
    except AutophagyError as error:
        is_a_sentence(error)
    else:
        assert np.isfinite(made).all()


def _comes_back_from_a_file(entry: Entry, thing: Any) -> None:
    fitted = fit(thing, ring(60))
    save = getattr(fitted, "save", None)
    if save is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        save(Path(folder))
        again = thing.load(Path(folder))
    assert np.array_equal(rows_of(again.sample(10, rng())), rows_of(fitted.sample(10, rng())))


def _goes_on_from_another(entry: Entry, thing: Any) -> None:
    first = fit(thing, ring(60))
    assert np.isfinite(rows_of(fit(thing, ring(60), start=first).sample(10, rng()))).all()


# --- regimes


def _history(runs: int = 1, generation: int = 4) -> History:
    """Rows that say which run, origin and generation they belong to."""

    def rows(n: int, made_by: int, source: str) -> Samples:
        run = np.repeat(np.arange(runs), n)
        return Samples.of(np.stack([run, np.tile(np.arange(n), runs)], 1), made_by, source, run=run)

    made = tuple(rows(30, t, "model") for t in range(1, generation))
    return History(rows(30, 0, "fixed"), made, lambda n: rows(n, 0, "fresh"), 30, generation)


def _mixes_rows_of_the_history_and_nothing_else(entry: Entry, thing: Any) -> None:
    train = thing(_history(), rng())
    assert len(train) > 0
    known = {("fixed", 0), ("fresh", 0), *(("model", t) for t in range(1, 4))}
    assert set(zip(map(str, train.source), map(int, train.generation), strict=True)) <= known


def _mixes_each_run_from_its_own_rows(entry: Entry, thing: Any) -> None:
    if not entry.takes_runs:
        return
    train = thing(_history(runs=3), rng(), 3)
    for run, part in enumerate(train.split(3)):
        assert (part.meta["run"] == run).all()


# --- curators


def _judges_every_row(entry: Entry, thing: Any) -> None:
    for batch, reference in _batches(entry):
        verdict = judged(thing, batch, reference, rng())
        assert verdict.keep.shape == verdict.score.shape == (60,)
        assert verdict.keep.dtype == bool
        assert _known(entry, verdict.score)
        assert verdict.reason, "the verdict has no reason"


def _odd_texts_are_judged(entry: Entry, thing: Any) -> None:
    """Texts without a word, one text alone, a collapsed loop's equal ones, and none."""
    if entry.of == "numbers":
        return
    for lines in (["", " \n", "a text"], ["one text"], ["one text"] * 20, []):
        batch = Samples.of(np.array(lines, dtype=np.dtypes.StringDType()))
        if entry.of == "pairs":
            batch = samples_of([AnsweredRow(output=line) for line in lines])
        verdict = judged(thing, batch, texts(80, 1), rng())
        assert verdict.keep.shape == verdict.score.shape == (len(lines),)
        assert _known(entry, verdict.score)


def _known(entry: Entry, score: Array) -> bool:
    """Whether every score is a number; of a verifier NaN says that it cannot tell."""
    return bool((np.isfinite(score) | (np.isnan(score) if entry.of == "pairs" else False)).all())


def _batches(entry: Entry) -> list[tuple[Samples, Samples]]:
    """A batch and real rows of every kind that a curator judges."""
    kinds = {
        "numbers": (ring(60), ring(80)),
        "text": (texts(60), texts(80, 1)),
        "pairs": (pairs(60), pairs(80, 1)),
    }
    return [rows for kind, rows in kinds.items() if entry.of in (kind, "any")]


COMMON: tuple[Case, ...] = (
    _has_a_caption,
    _settings_have_defaults,
    _leaves_global_random_numbers_alone,
    _repeats_itself,
)
CASES: dict[str, tuple[Case, ...]] = {
    "model": (
        is_a_frozen_dataclass,
        says_what_bias_does,
        _makes_rows_like_those_it_learnt,
        _leaves_its_training_rows_alone,
        _bias_below_1_narrows_what_is_made,
        _keeps_runs_apart,
        _refuses_rows_that_are_not_finite,
        _refuses_texts_or_learns_them,
        _one_row_is_learnt_or_refused,
        _equal_rows_are_learnt_or_refused,
        _comes_back_from_a_file,
        _goes_on_from_another,
    ),
    "regime": (_mixes_rows_of_the_history_and_nothing_else, _mixes_each_run_from_its_own_rows),
    "curator": (_judges_every_row, _odd_texts_are_judged),
    "metric": metric_contract.METRIC,
    "arm": arm_contract.ARM,
    "grader": grader_contract.GRADER,
    "reading": reading_contract.READING,
    "suite": reading_contract.SUITE,
    "instruction": instruction_contract.INSTRUCTION,
    "recipe": (is_a_frozen_dataclass, *recipe_contract.RECIPE),
    "family": family_contract.FAMILY,
    "density": family_contract.DENSITY,
}
