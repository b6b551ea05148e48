"""Writers: the project's own models make examples of machine text from a user's human texts."""

from collections.abc import Sequence

import numpy as np

from ...core.errors import DataError
from ...core.registry import build
from ...core.samples import Array, Samples
from .examples import FEWEST, TEXT, Examples, count_words, first_words


def make_examples(
    human: Sequence[str],
    writers: Sequence[str] = ("ngram",),
    *,
    source: Sequence[str] = (),
    rng: np.random.Generator | None = None,
) -> Examples:
    """Examples to train on: human texts, and as many by each writer that has learnt from them, of the same lengths.

    A writer is a model of texts with its settings, such as `ngram:order=4`, `transformer`, or `pretrained:base=...`
    where it is installed. It learns from one half of the human texts, which are not among the examples, and writes
    texts that are cut to the lengths of the other half; a text shorter than its turn is followed by the next one. The
    generator is the writer's name. What is learnt of weak writers finds weak writers: try it on texts of others.
    Raises DataError for fewer than 40 texts.
    """
    rng = rng or np.random.default_rng(0)
    texts = [text for text in human if count_words(text)]
    if len(texts) < 2 * FEWEST:
        raise DataError(f"{len(texts)} human texts are too few to learn from and to compare with: give {2 * FEWEST}.")
    places = list(source) if source else [""] * len(human)
    kept = [(text, place) for text, place in zip(human, places, strict=True) if count_words(text)]
    order = rng.permutation(len(kept))
    learnt, shown = (sorted(kept[row] for row in half) for half in (order[::2], order[1::2]))
    lengths = [count_words(text) for text, _ in shown]
    columns = [(text, False, place, "") for text, place in shown]
    for name in writers:
        made = _written(name, [text for text, _ in learnt], lengths, rng)
        columns += [(text, True, place, name) for text, (_, place) in zip(made, shown, strict=True)]
    return Examples.of(*map(list, zip(*columns, strict=True)))


def _written(name: str, human: Sequence[str], lengths: Sequence[int], rng: np.random.Generator) -> list[str]:
    """A text of each length by one writer, its own texts put together where one is too short."""
    train = Samples.of(np.array(human, TEXT))
    model = build("model", name)
    prepare = getattr(model, "prepare", None)
    fitted = (prepare(train, rng) if prepare else model).fit(train, rng)
    texts: list[str] = []
    left: list[str] = []
    for length in lengths:
        parts: list[str] = []
        while sum(map(count_words, parts)) < length:
            if not left:
                left = [text for text in _rows(fitted.sample(len(lengths), rng)).tolist() if count_words(text)]
            parts.append(left.pop())
        texts.append(first_words("\n".join(parts), length))
    return texts


def _rows(made: Array | tuple[Array, dict[str, Array]]) -> Array:
    return made[0] if isinstance(made, tuple) else made
