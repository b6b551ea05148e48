"""Share: how much of a corpus was written by models, with an interval, and no word on any one text."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np

from ...core.chunked import Batch, Chunked, Facts
from ...core.samples import Array, Samples
from ...statistics.intervals import CONFIDENCE, Score
from .crossing import By, folds, held_out
from .detector import Scores
from .evidence import ScoreCalibration
from .examples import Examples, matched
from .laws import FITS, Law
from .mixture import binned, share

REFITS = 50  # sets of examples, drawn anew, that the interval rests on
DRAWS = 10  # corpora drawn anew, for each of them
KNOWN = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)  # shares of mixtures of examples on which the estimate is tried


@dataclass(frozen=True, eq=False)
class ShareLaw:
    """A law that scores texts, the held-out scores (n,) of its examples, and its calibration by them."""

    law: Scores
    examples: Examples
    fold: Array
    held: Array
    calibration: ScoreCalibration

    @classmethod
    def fit(cls, examples: Examples, law: Law = "words") -> "ShareLaw":
        """Fit on examples; a score is held out from the source, or else from the texts, that it is fitted on."""
        fold = folds(examples)
        held = held_out(FITS[law], examples, fold)
        return cls(FITS[law](examples), examples, fold, held, ScoreCalibration.fit(held[:, None], examples.machine))

    @cached_property
    def recalibrated(self) -> list[ScoreCalibration]:
        """The calibration by examples of each kind that are drawn anew, with replacement, 50 times."""
        machine, rng = self.examples.machine, np.random.default_rng(0)
        kinds = [np.flatnonzero(machine == kind) for kind in (False, True)]
        drawn = [np.concatenate([rng.choice(rows, len(rows)) for rows in kinds]) for _ in range(REFITS)]
        return [ScoreCalibration.fit(self.held[rows, None], machine[rows]) for rows in drawn]

    @cached_property
    def tried(self) -> Array:
        """The estimate (folds, 7) for mixtures of held-out examples of which 0, .05 ... .95 and 1 are machine's.

        Each fold is such a mixture, by weight, whose scores are calibrated on the other folds.
        """
        machine, found = self.examples.machine, []
        for number in np.unique(self.fold):
            inside = self.fold == number
            if len(set(machine[inside])) < 2 or len(set(machine[~inside])) < 2:
                continue
            rest = ScoreCalibration.fit(self.held[~inside, None], machine[~inside])
            who = machine[inside]
            weights = np.stack([np.where(who, a / who.sum(), (1 - a) / (~who).sum()) for a in KNOWN])
            found.append(share(rest.ratios(self.held[inside, None]), weights))
        return np.array(found).reshape(-1, len(KNOWN))

    @property
    def off(self) -> float | None:
        """The most that the estimate was off on such a mixture; None where none could be tried."""
        return float(np.abs(self.tried - KNOWN).max()) if len(self.tried) else None

    @property
    def held_out_by(self) -> By:
        """Whether whole sources were held out, or texts, where a fold of sources would leave too few examples."""
        return "text" if np.array_equal(self.fold, folds(self.examples, "text")) else "source"

    def wrong(self, value: float) -> tuple[float, float]:
        """How far the truth may lie below and above an estimate, by the folds: 1.96 root mean square errors there.

        And as far as any share of which some folds estimate less and others more than the value, or all the same.
        """
        if not len(self.tried):
            return 1.0, 1.0
        error = 1.96 * float(np.interp(value, KNOWN, np.sqrt(np.mean(np.square(self.tried - KNOWN), axis=0))))
        grid = np.linspace(0, 1, 201)
        each = np.array([np.interp(grid, KNOWN, fold) for fold in self.tried])
        likely = grid[(each.min(axis=0) <= value + error) & (value - error <= each.max(axis=0))]
        return max(error, value - likely.min(initial=value)), max(error, likely.max(initial=value) - value)


def machine_share(
    corpus: Chunked | Samples | Sequence[str],
    human: Sequence[str],
    machine: Sequence[str],
    *,
    law: Law = "words",
    draws: int = DRAWS,
) -> Score:
    """The share of the texts of a corpus that models wrote, by maximum likelihood, with its 95 % interval.

    `human` and `machine` are example texts of the corpus's own kind: the estimate is worth nothing on another domain,
    but by the law "curvature". The law "words" is that of words in sentences, "detector" a classifier's; "curvature", a
    small language model's, takes a second for some 250 tokens. The interval covers the drawing of the texts and of the
    examples, by the bootstrap, and the error of the same estimate on mixtures of held-out examples whose shares are
    known. NaN where no text has a word, and where the law does not tell held-out examples apart. Raises DataError for
    fewer than 20 examples of either kind.

    Ref: Liang et al. (2024), "Monitoring AI-Modified Content at Scale", arXiv 2403.07183, equation 4; calibrated, which
    the paper's ratios are not, as Saerens, Latinne and Decaestecker (2002) estimate shares from posteriors.
    """
    examples = matched(Examples.two(human, machine).enough("the set of examples"))
    return estimated(corpus, ShareLaw.fit(examples, law), draws)


def estimated(corpus: Chunked | Samples | Sequence[str], fitted: ShareLaw, draws: int = DRAWS) -> Score:
    """The share of a corpus by a law that was fitted before; see machine_share."""
    scores = _scores(corpus, fitted.law)
    if not len(scores) or not fitted.calibration.weights.any():
        return Score(math.nan, math.nan, math.nan, 0)
    x, counts = binned(scores)
    value = float(share(fitted.calibration.ratios(x[:, None]), counts)[0])
    rng = np.random.default_rng(0)
    times = [rng.multinomial(len(scores), counts / counts.sum(), draws) for _ in fitted.recalibrated]
    drawn = [share(each.ratios(x[:, None]), many) for each, many in zip(fitted.recalibrated, times, strict=True)]
    tail = 50 * (1 - CONFIDENCE)
    low, high = np.percentile(np.concatenate(drawn), [tail, 100 - tail])
    below, above = fitted.wrong(value)
    low, high = value - math.hypot(value - min(low, value), below), value + math.hypot(max(high, value) - value, above)
    return Score(value, max(low, 0.0), min(high, 1.0), len(scores))


def _scores(corpus: Chunked | Samples | Sequence[str], law: Scores) -> Array:
    """The scores of all texts that have a word, in no order."""
    if isinstance(corpus, Sequence):
        corpus = Samples.of(np.array(list(corpus), np.dtypes.StringDType()))
    chunked: Chunked = Batch(corpus) if isinstance(corpus, Samples) else corpus
    found = [facts["score"] for facts in chunked.each("machine share", partial(_task, law))]
    return np.concatenate([np.zeros(0), *found])


def _task(law: Scores, rows: Samples, first: int) -> Facts:
    texts = [text for text in rows.x.tolist() if any(map(str.isalnum, text))]
    return {"score": law.scores(texts)}
