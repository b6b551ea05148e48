"""What becomes of the tail: the rare words of the real texts that the generated texts still use."""

import numpy as np

from ..core.decorators import metric
from ..core.errors import DataError, must
from ..core.figures import Figure
from ..core.samples import Array
from ..features.features import Features
from .amounts import generated_tokens, training_tokens


@metric(
    "tail",
    of="text",
    group="Words and tails",
    bounds=(0, 1),
    figures={
        "tail_types": Figure(
            "rare words kept", "The share of the real text's rare words that still occur.", better="higher"
        ),
        "tail_mass": Figure(
            "tail mass",
            "The share of the generated text that is rare words of the real text.",
            better="real",
            headline=6,
            gist="share of rare words",
        ),
    },
)
def tail(
    reference: Features, generated: Features, rng: np.random.Generator, *, rare: int = 2, words: int | None = None
) -> dict[str, float]:
    """The tail: which share of the real text's rare words still occur, and how much of the generated text they make up.

    Rare are the words that occur at most `rare` times in the real training texts. `tail_types` is the share of them
    that are still there, `tail_mass` the share of the generated tokens that they are. A longer text holds more of them,
    so the first `words` tokens count: as many as the reference has, 0 for all. With 0, and as many generated tokens as
    real ones, a generation of a perfect sampler keeps 1 - 1/e of the words seen once.
    Ref: Dohmatob et al. 2024; Shumailov et al. 2024.
    """
    must(rare >= 1, "rare", rare, "at least 1")
    known = reference.once(("rare", rare), lambda: _rare(np.bincount(training_tokens(reference).ids), rare))
    tokens = generated_tokens(reference, generated, words)
    # how often each rare word (r,) occurs in the generated text
    times = np.bincount(tokens.ids, minlength=int(known[-1]) + 1)[known]
    return {"tail_types": float((times > 0).mean()), "tail_mass": float(times.sum() / len(tokens))}


def _rare(times: Array, rare: int) -> Array:
    known = np.flatnonzero((times >= 1) & (times <= rare))
    if not len(known):
        raise DataError(f"no word of the real training texts occurs {rare} times or fewer: set `rare` higher.")
    return known
