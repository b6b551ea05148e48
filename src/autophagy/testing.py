"""The contract suite: what every registered plug-in must do, ours and yours.

In a test of your own plug-in:

    import pytest
    from autophagy.testing import checks

    @pytest.mark.parametrize("check", checks("model", "mine"), ids=str)
    def test_contract(check):
        check()
"""

import dataclasses
import inspect
import math
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .errors import AutophagyError
from .features import Features, build_embedder
from .regimes import History
from .registry import Entry, Fitted, Part, build, find
from .samples import Array, Samples

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
    settings = Part.parse(part)
    entry = find(kind, settings.name)
    return [Check(entry, settings, case) for case in (*COMMON, *CASES[kind])]


def ring(n: int, chains: int = 1, shift: float = 0.0) -> Samples:
    """Rows (chains * n, 2) of a noisy ring; each chain is `shift` further to the right than the one before."""
    rng = np.random.default_rng(7)
    angle = rng.integers(0, 4, n * chains) * (np.pi / 2)
    x = np.stack([np.cos(angle), np.sin(angle)], 1) + 0.1 * rng.standard_normal((n * chains, 2))
    x[:, 0] += shift * np.repeat(np.arange(chains), n)
    return Samples.of(x)


def _rng() -> np.random.Generator:
    return np.random.default_rng(11)


def _rows(made: Any) -> Array:
    return np.asarray(made[0] if isinstance(made, tuple) else made)


def _fit(thing: Any, train: Samples, **more: Any) -> Fitted:
    fitted: Fitted = thing.fit(train, _rng(), **more)
    return fitted


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
    one, two = (_exercise(entry, thing) for _ in range(2))
    for first, second in zip(one, two, strict=True):
        assert np.array_equal(first, second, equal_nan=first.dtype.kind == "f"), (
            "the same random numbers gave another result"
        )


def _exercise(entry: Entry, thing: Any) -> list[Array]:
    """Use a plug-in once; what came out, as arrays."""
    rows = ring(60)
    if entry.kind == "model":
        return [_rows(_fit(thing, rows).sample(20, _rng()))]
    if entry.kind == "regime":
        return list(thing(_history(), _rng()).columns().values())
    if entry.kind == "curator":
        verdict = thing(rows, ring(80), _rng())
        return [verdict.keep, verdict.score]
    value = thing(_features(ring(80)), _features(rows), _rng())
    return [np.array(list(value.values()) if isinstance(value, dict) else [value], float)]


# --- models


def _is_a_frozen_dataclass(entry: Entry, thing: Any) -> None:
    assert dataclasses.is_dataclass(thing), "a model is a dataclass whose fields are its settings"
    try:
        setattr(thing, next(iter(entry.settings), "anything"), None)
    except dataclasses.FrozenInstanceError:
        return
    raise AssertionError("a model is frozen")


def _says_what_bias_does(entry: Entry, thing: Any) -> None:
    assert "bias" in (inspect.getdoc(entry.thing) or ""), "the docstring does not say what sampling bias means here"


def _makes_rows_like_those_it_learnt(entry: Entry, thing: Any) -> None:
    train = ring(200)
    made = _rows(_fit(thing, train).sample(300, _rng()))
    assert made.shape == (300, 2)
    assert np.isfinite(made).all()
    assert np.abs(made.mean(0) - train.x.mean(0)).max() < 0.5
    assert 0.2 < made.var() / train.x.var() < 2.0


def _leaves_its_training_rows_alone(entry: Entry, thing: Any) -> None:
    train = ring(60)
    before = train.x.copy()
    train.x.flags.writeable = False
    _fit(thing, train).sample(10, _rng())
    assert np.array_equal(train.x, before)


def _bias_below_1_narrows_what_is_made(entry: Entry, thing: Any) -> None:
    fitted = _fit(thing, ring(200))
    wide, narrow = (_rows(fitted.sample(2_000, _rng(), bias=bias)) for bias in (1.0, 0.2))
    assert np.var(narrow, axis=0).sum() < np.var(wide, axis=0).sum()


def _keeps_chains_apart(entry: Entry, thing: Any) -> None:
    if not entry.takes_chains:
        return
    made = _rows(_fit(thing, ring(100, 3, shift=20.0), chains=3).sample(50, _rng())).reshape(3, 50, 2)
    assert np.abs(made[:, :, 0].mean(1) - [0.0, 20.0, 40.0]).max() < 3.0


def _refuses_rows_that_are_not_finite(entry: Entry, thing: Any) -> None:
    x = ring(60).x.copy()
    x[3, 1] = np.nan
    _refuses(lambda: _fit(thing, Samples.of(x)))


def _refuses_texts_or_learns_them(entry: Entry, thing: Any) -> None:
    texts = Samples.of(["one text", "another text"] * 30)
    try:
        made = _rows(_fit(thing, texts).sample(3, _rng()))
    except AutophagyError as error:
        _is_a_sentence(error)
    else:
        assert made.dtype.kind in "UTO"


def _one_row_is_learnt_or_refused(entry: Entry, thing: Any) -> None:
    try:
        made = _rows(_fit(thing, ring(1)).sample(5, _rng()))
    except AutophagyError as error:
        _is_a_sentence(error)
    else:
        assert np.isfinite(made).all()


def _equal_rows_are_learnt_or_refused(entry: Entry, thing: Any) -> None:
    """What a collapsed loop hands on."""
    try:
        made = _rows(_fit(thing, Samples.of(np.ones((50, 2)))).sample(5, _rng()))
    except AutophagyError as error:
        _is_a_sentence(error)
    else:
        assert np.isfinite(made).all()


def _comes_back_from_a_file(entry: Entry, thing: Any) -> None:
    fitted = _fit(thing, ring(60))
    save = getattr(fitted, "save", None)
    if save is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        save(Path(folder))
        again = thing.load(Path(folder))
    assert np.array_equal(_rows(again.sample(10, _rng())), _rows(fitted.sample(10, _rng())))


def _goes_on_from_another(entry: Entry, thing: Any) -> None:
    first = _fit(thing, ring(60))
    assert np.isfinite(_rows(_fit(thing, ring(60), start=first).sample(10, _rng()))).all()


# --- regimes


def _history(chains: int = 1, generation: int = 4) -> History:
    """Rows that say which chain, origin and generation they belong to."""

    def rows(n: int, made_by: int, source: str) -> Samples:
        chain = np.repeat(np.arange(chains), n)
        return Samples.of(np.stack([chain, np.tile(np.arange(n), chains)], 1), made_by, source, chain=chain)

    made = tuple(rows(30, t, "model") for t in range(1, generation))
    return History(rows(30, 0, "fixed"), made, lambda n: rows(n, 0, "fresh"), 30, generation)


def _mixes_rows_of_the_history_and_nothing_else(entry: Entry, thing: Any) -> None:
    train = thing(_history(), _rng())
    assert len(train) > 0
    known = {("fixed", 0), ("fresh", 0), *(("model", t) for t in range(1, 4))}
    assert set(zip(map(str, train.source), map(int, train.generation), strict=True)) <= known


def _mixes_each_chain_from_its_own_rows(entry: Entry, thing: Any) -> None:
    if not entry.takes_chains:
        return
    train = thing(_history(chains=3), _rng(), 3)
    for chain, part in enumerate(train.split(3)):
        assert (part.meta["chain"] == chain).all()


# --- curators


def _judges_every_row(entry: Entry, thing: Any) -> None:
    batch = ring(60)
    verdict = thing(batch, ring(80), _rng())
    assert verdict.keep.shape == verdict.score.shape == (60,)
    assert verdict.keep.dtype == bool
    assert np.isfinite(verdict.score).all()
    assert verdict.reason, "the verdict has no reason"


# --- metrics


def _features(rows: Samples) -> Features:
    return Features(rows, build_embedder("raw", ring(80), _rng()))


def _figures(value: Any) -> Iterator[float]:
    yield from value.values() if isinstance(value, dict) else [value]


def _is_a_figure_or_figures(entry: Entry, thing: Any) -> None:
    value = thing(_features(ring(80)), _features(ring(60)), _rng())
    for figure in _figures(value):
        assert isinstance(float(figure), float)
        assert not math.isinf(figure)


def _order_of_the_rows_does_not_matter(entry: Entry, thing: Any) -> None:
    rows = ring(60)
    turned = rows.take(np.arange(60)[::-1])
    one, two = (thing(_features(ring(80)), _features(made), _rng()) for made in (rows, turned))
    assert np.allclose(list(_figures(one)), list(_figures(two)), rtol=1e-4, atol=1e-6, equal_nan=True)


def _collapsed_rows_get_a_figure_or_a_sentence(entry: Entry, thing: Any) -> None:
    for made in (np.zeros((60, 2)), ring(60).x[:1], np.full((60, 2), np.nan)):
        try:
            value = thing(_features(ring(80)), _features(Samples.of(made)), _rng())
        except AutophagyError as error:
            _is_a_sentence(error)
        else:
            assert not any(math.isinf(figure) for figure in _figures(value))


def _refuses(act: Callable[[], Any]) -> None:
    try:
        act()
    except AutophagyError as error:
        _is_a_sentence(error)
    else:
        raise AssertionError("nothing was refused")


def _is_a_sentence(error: AutophagyError) -> None:
    text = str(error)
    assert text.endswith("."), f"{text!r} is not a sentence"
    assert "\n" not in text


COMMON: tuple[Case, ...] = (
    _has_a_caption,
    _settings_have_defaults,
    _leaves_global_random_numbers_alone,
    _repeats_itself,
)
CASES: dict[str, tuple[Case, ...]] = {
    "model": (
        _is_a_frozen_dataclass,
        _says_what_bias_does,
        _makes_rows_like_those_it_learnt,
        _leaves_its_training_rows_alone,
        _bias_below_1_narrows_what_is_made,
        _keeps_chains_apart,
        _refuses_rows_that_are_not_finite,
        _refuses_texts_or_learns_them,
        _one_row_is_learnt_or_refused,
        _equal_rows_are_learnt_or_refused,
        _comes_back_from_a_file,
        _goes_on_from_another,
    ),
    "regime": (_mixes_rows_of_the_history_and_nothing_else, _mixes_each_chain_from_its_own_rows),
    "curator": (_judges_every_row,),
    "metric": (
        _is_a_figure_or_figures,
        _order_of_the_rows_does_not_matter,
        _collapsed_rows_get_a_figure_or_a_sentence,
    ),
}
