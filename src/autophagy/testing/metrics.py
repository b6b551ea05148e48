"""The contract of metrics: figures that are declared, within their bounds, whatever order the rows are in."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..core.entry import Entry
from ..core.errors import AutophagyError
from ..core.samples import Array, Samples
from ..features.features import FeatureMap, Features, Linear, build_feature_map
from ..text.words import tokenize
from .fixtures import is_a_sentence, ring, rng, texts

Case = Callable[[Entry, Any], None]


def exercise(entry: Entry, thing: Any) -> list[Array]:
    """Use a metric once; its figures, as an array."""
    return [np.array(list(_figures(_measured(entry, thing))), float)]


def _measured(entry: Entry, thing: Any, generated: Samples | None = None) -> Any:
    """What a metric says of the generated rows: texts beside texts, for a metric of texts, or a ring beside a ring."""
    generated = _generated(entry) if generated is None else generated
    if entry.of == "text":
        unused = FeatureMap("none", Linear(np.zeros(1)))
        reference = Features(texts(80, 1), unused, training=texts(120, 2), teacher=texts(40, 3))
        return thing(reference, Features(generated, unused, fitted=_Indifferent()), rng())
    feature_map = build_feature_map("raw", ring(80), rng())
    return thing(Features(ring(80), feature_map), Features(generated, feature_map), rng())


class _Indifferent:
    """A language model to which every word and every end of a passage is one of a thousand."""

    def tokens(self, x: Array) -> Array:
        return np.array([len(tokenize(text)) + 1 for text in x.tolist()])

    def log_prob(self, x: Array, run: int = 0) -> Array:
        return self.tokens(x) * -np.log(1000.0)


def _generated(entry: Entry) -> Samples:
    return texts(60) if entry.of == "text" else ring(60)


def _figures(value: Any) -> Iterator[float]:
    """The figures of a metric, and the counts of its histograms."""
    for figure in value.values() if isinstance(value, dict) else [value]:
        yield from getattr(figure, "counts", [figure])


def _is_a_figure_or_figures(entry: Entry, thing: Any) -> None:
    for figure in _figures(_measured(entry, thing)):
        assert isinstance(float(figure), float)
        assert not math.isinf(figure)


def _declares_the_figures_that_it_returns(entry: Entry, thing: Any) -> None:
    value = _measured(entry, thing)
    returned = value if isinstance(value, dict) else {entry.name: value}
    assert returned.keys() == entry.figures.keys(), "the decorator does not declare the figures that are returned"
    for name, figure in returned.items():
        known = entry.figures[name]
        assert known.title, f"the figure {name} has no title"
        if not hasattr(figure, "counts") and not math.isnan(figure):
            assert known.limits[0] <= figure <= known.limits[1], f"the figure {name} lies outside its bounds"


def _order_of_the_rows_does_not_matter(entry: Entry, thing: Any) -> None:
    turned = _generated(entry).take(np.arange(60)[::-1])
    forwards, backwards = (list(_figures(_measured(entry, thing, rows))) for rows in (None, turned))
    # sums in float32 differ in their last digits when the order of their terms does
    assert np.allclose(forwards, backwards, rtol=1e-4, atol=1e-6, equal_nan=True)


def _collapsed_rows_get_a_figure_or_a_sentence(entry: Entry, thing: Any) -> None:
    rows = _generated(entry).x
    broken = [""] * 60 if entry.of == "text" else np.full((60, 2), np.nan)
    for generated in (np.repeat(rows[:1], 60, axis=0), rows[:1], broken):
        try:
            value = _measured(entry, thing, Samples.of(generated))
        except AutophagyError as error:
            is_a_sentence(error)
        else:
            assert not any(math.isinf(figure) for figure in _figures(value))


METRIC: tuple[Case, ...] = (
    _is_a_figure_or_figures,
    _declares_the_figures_that_it_returns,
    _order_of_the_rows_does_not_matter,
    _collapsed_rows_get_a_figure_or_a_sentence,
)
