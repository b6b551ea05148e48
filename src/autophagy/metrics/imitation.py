"""Imitation: whether a student sounds like its teacher, and whether it knows any better what comes next."""

import math
import re
from collections.abc import Callable, Sequence

import numpy as np

from ..core.errors import DataError
from ..core.registry import metric
from ..core.samples import Array
from ..features.features import Features

ROUNDED = 6  # digits of nats: beyond them a difference comes from the arithmetic, not from the model
WORD = re.compile(r"\S+")
Nats = Callable[[Array], Array]


@metric("imitation", of="text")
def imitation(reference: Features, made: Features, rng: np.random.Generator) -> dict[str, float]:
    """How much of the teacher's style the student has taken on, beside what it can do on real text.

    `style` is the probability that the student finds a held-out passage of the teacher likelier, per token, than a
    held-out real one: the area under the curve over all such pairs, 0.5 for a student to whom both are alike. Text
    that is in itself easier to foretell begins above that, noisier text below: compare amounts, not with 0.5.
    `style_teacher_perplexity` is exp(nats a token) of the teacher's held-out passages, unknown where one is impossible.
    `gold` is a choice between two ends of each held-out real passage, cut in half between its words: its own second
    half, and that of another passage. It is the share of passages whose first half raises the likelihood of their own
    end, log p(whole) - log p(end alone), by more than that of the other; 0.5 is guessing. Without the second term the
    choice is ruled by which end is made of usual words, whatever came before. Ties count as one half throughout.

    Raises DataError without a teacher or a language model, and where fewer than two real passages have two words.
    Ref: Gudibande et al. (2023), "The False Promise of Imitating Proprietary LLMs", section 4; Holtzman et al. (2021),
    "Surface Form Competition", equation 3, for the second term.
    """
    fitted, run = made.fitted, made.run
    if not hasattr(fitted, "log_prob") or not hasattr(fitted, "tokens"):
        raise DataError("imitation is that of a language model, and no such model made these rows.")
    if reference.teacher is None or not len(reference.teacher):
        raise DataError("imitation needs held-out texts of a teacher, and none are known here.")

    def log_prob(texts: Array) -> Array:
        nats: Array = fitted.log_prob(texts, run)
        if np.isnan(nats).any():
            raise DataError("the model gives some texts no probability, so that nothing can be said of its style.")
        return nats

    taught, real = reference.teacher.x, reference.samples.x
    nats, tokens = log_prob(taught), fitted.tokens(taught)
    likely = np.round(nats / tokens, ROUNDED), np.round(log_prob(real) / fitted.tokens(real), ROUNDED)
    ratio = -float(nats.sum() / tokens.sum())
    return {
        "style": preference(*likely),
        "style_teacher_perplexity": math.exp(min(ratio, 700.0)) if math.isfinite(ratio) else math.nan,
        "gold": _gold(real, log_prob, rng),
    }


def preference(one: Array, other: Array) -> float:
    """The probability that a value of `one` is above a value of `other`, ties counting as one half, by ranks.

    Ref: Mann and Whitney (1947).
    """
    from scipy.stats import rankdata  # a second to import, which every process of a run would spend

    ranks = rankdata(np.concatenate([one, other]))[: len(one)]
    return float((ranks.sum() - len(one) * (len(one) + 1) / 2) / (len(one) * len(other)))


def _gold(real: Array, log_prob: Nats, rng: np.random.Generator) -> float:
    """The share of right choices; every end is the wrong one of exactly one passage."""
    halves = [half for text in real.tolist() if (half := _halves(text)) is not None]
    if len(halves) < 2:
        raise DataError(f"{len(halves)} held-out passages have two words or more, too few to choose between ends.")
    order = rng.permutation(len(halves))
    other = np.empty_like(order)
    other[order] = np.roll(order, 1)  # one circle through all: nobody meets itself
    first, end = zip(*halves, strict=True)
    alone = log_prob(_texts(end))
    own = _raised(log_prob(_texts([a + b for a, b in halves])), alone)
    strange = [a + end[place] for a, place in zip(first, other.tolist(), strict=True)]
    wrong = _raised(log_prob(_texts(strange)), alone[other])
    return float(np.mean((own > wrong) + 0.5 * (own == wrong)))


def _raised(whole: Array, alone: Array) -> Array:
    """By how much a beginning makes an end likelier; an end that is impossible anyhow it does not help."""
    possible = np.isfinite(alone)
    return np.where(possible, np.round(whole - np.where(possible, alone, 0.0), ROUNDED), -np.inf)


def _halves(text: str) -> tuple[str, str] | None:
    """A text cut before the middle one of its words, the blank with the first half; None where it has only one."""
    starts = [word.start() for word in WORD.finditer(text)]
    if len(starts) < 2:
        return None
    middle = starts[len(starts) // 2]
    return text[:middle], text[middle:]


def _texts(texts: Sequence[str]) -> Array:
    return np.array(texts, dtype=np.dtypes.StringDType())
