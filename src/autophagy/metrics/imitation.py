"""Imitation: whether a student sounds like its teacher, and whether it knows any better what comes next."""

import math
import re
from collections.abc import Callable, Sequence

import numpy as np

from ..core.decorators import metric
from ..core.errors import DataError
from ..core.figures import Figure
from ..core.samples import Array
from ..features.features import Features

LARGEST_LOG = 700.0  # exp of more overflows a float
ROUNDED = 6  # digits of nats: beyond them a difference comes from the arithmetic, not from the model
WORD = re.compile(r"\S+")
Nats = Callable[[Array], Array]


@metric(
    "imitation",
    of="text",
    needs=("teacher",),
    group="Imitation of the teacher",
    figures={
        "style": Figure(
            "style",
            "How often the model finds the teacher's text likelier than real text; higher is nearer to the teacher.",
            bounds=(0, 1),
            role="style",
        ),
        "gold": Figure(
            "gold",
            "How often the model prefers a real passage's own ending to that of another passage; 0.5 is guessing.",
            bounds=(0, 1),
            better="higher",
            role="capability",
        ),
        "style_teacher_perplexity": Figure(
            "perplexity of the teacher",
            "The perplexity of the teacher's held-out text to the generation's model; lower is nearer to the teacher.",
            bounds=(0, None),
        ),
    },
)
def imitation(reference: Features, generated: Features, rng: np.random.Generator) -> dict[str, float]:
    """Imitation: how far the student has taken on the teacher's style, beside what it can do on real text.

    `style` is the probability that the student finds a held-out passage of the teacher likelier, per token, than a
    held-out real one: the area under the curve over all such pairs, 0.5 for a student to whom both are alike. Text
    that is in itself easier to predict begins above that, noisier text below: compare amounts, not with 0.5.
    `style_teacher_perplexity` is exp(nats per token) of the teacher's held-out passages, unknown where one is
    impossible. `gold` is a choice between two ends of each held-out real passage, cut in half between its words: its
    own second half, and that of another passage. It is the share of passages whose first half raises the likelihood of
    their own end, log p(whole) - log p(end alone), by more than that of the other; 0.5 is guessing. Without the second
    term the choice is ruled by which end consists of usual words, whatever came before. Ties count as one half.

    Raises DataError without a teacher or a language model, and where fewer than two real passages have two words.
    Ref: Gudibande et al. (2023), "The False Promise of Imitating Proprietary LLMs", section 4; Holtzman et al. (2021),
    "Surface Form Competition", equation 3, for the second term.
    """
    fitted, run = generated.fitted, generated.run
    if not hasattr(fitted, "log_prob") or not hasattr(fitted, "tokens"):
        raise DataError(
            "imitation can be measured of a language model only, and none generated these rows: leave it out."
        )
    if reference.teacher is None or not len(reference.teacher):
        raise DataError("imitation needs held-out texts of a teacher, and there are none: name one with --teacher.")

    def log_prob(texts: Array) -> Array:
        nats: Array = fitted.log_prob(texts, run)
        if np.isnan(nats).any():
            raise DataError(
                "the model gives some held-out texts no probability, so its style is unknown: give it smoothing."
            )
        return nats

    taught, real = reference.teacher.x, reference.samples.x
    nats, tokens = log_prob(taught), fitted.tokens(taught)
    likely = np.round(nats / tokens, ROUNDED), np.round(log_prob(real) / fitted.tokens(real), ROUNDED)
    ratio = -float(nats.sum() / tokens.sum())
    return {
        "style": preference(*likely),
        "style_teacher_perplexity": math.exp(min(ratio, LARGEST_LOG)) if math.isfinite(ratio) else math.nan,
        "gold": _gold(real, log_prob, rng),
    }


def preference(first: Array, second: Array) -> float:
    """The probability that a value of `first` is above a value of `second`, ties counting as one half, by ranks.

    Ref: Mann and Whitney (1947).
    """
    from scipy.stats import rankdata  # a second to import, which every process of a run would spend

    ranks = rankdata(np.concatenate([first, second]))[: len(first)]  # of all a + b values, those of the first (a,)
    return float((ranks.sum() - len(first) * (len(first) + 1) / 2) / (len(first) * len(second)))


def _gold(real: Array, log_prob: Nats, rng: np.random.Generator) -> float:
    """The share of right choices; every end is the wrong one of exactly one passage."""
    halves = [half for text in real.tolist() if (half := _halves(text)) is not None]
    if len(halves) < 2:
        raise DataError(
            f"{len(halves)} held-out passages have two words or more, too few for a choice: give longer texts."
        )
    order = rng.permutation(len(halves))
    other = np.empty_like(order)
    other[order] = np.roll(order, 1)  # one circle through all: nobody meets itself
    first, end = zip(*halves, strict=True)
    end_only = log_prob(_texts(end))  # (p,) of the ends without their beginnings
    own = _raised(log_prob(_texts([a + b for a, b in halves])), end_only)
    strange = [a + end[place] for a, place in zip(first, other.tolist(), strict=True)]
    wrong = _raised(log_prob(_texts(strange)), end_only[other])
    return float(np.mean((own > wrong) + 0.5 * (own == wrong)))


def _raised(whole: Array, end_only: Array) -> Array:
    """By how much a beginning makes an end likelier (p,); -inf where the end is impossible by itself."""
    possible = np.isfinite(end_only)
    return np.where(possible, np.round(whole - np.where(possible, end_only, 0.0), ROUNDED), -np.inf)


def _halves(text: str) -> tuple[str, str] | None:
    """A text cut before the middle one of its words, the blank with the first half; None where it has only one."""
    starts = [word.start() for word in WORD.finditer(text)]
    if len(starts) < 2:
        return None
    middle = starts[len(starts) // 2]
    return text[:middle], text[middle:]


def _texts(texts: Sequence[str]) -> Array:
    return np.array(texts, dtype=np.dtypes.StringDType())
