"""Novelty: rows that say what another said in nearly the same words, by ROUGE-L, as Self-Instruct filters."""

import logging
from collections.abc import Iterator

import numpy as np

from ..core.chunked import Chunked, chunks
from ..core.decorators import curator
from ..core.plugin import ALONE, Verdict
from ..core.samples import Array
from .first import digests, first_to_last
from .pool import THRESHOLD, Pool, words_of

LOG = logging.getLogger(__name__)
BATCH = 8_192  # rows that are judged at a time
PAIR, LONG = 2e-8, 60.0  # seconds of processor a pair of texts of 20 words, and from which on they are told
TEXT = np.dtypes.StringDType()


@curator(
    "novelty",
    of="text",
    over="corpus",
    title="Little novelty",
    says="say what another row said in nearly the same words",
    advice="Keep one of each: instructions that differ in a word or two teach the same thing.",
)
def novelty(
    corpus: Chunked,
    reference: Chunked,
    rng: np.random.Generator,
    *,
    threshold: float = THRESHOLD,
    words: str = "auto",
) -> Iterator[Verdict]:
    """Drop rows whose ROUGE-L with a kept row, or with a row of the reference, is above `threshold`.

    Every pair is compared. The rows are judged the longest first (in words), and of equally long ones that with the
    smallest digest of its text, so that the result does not depend on the order of the files. The score is the largest
    ROUGE-L F with what was kept before. `words` are those of the package rouge_score ("rouge": a-z and 0-9), this
    project's in any script ("own"), or rouge_score's unless a text is mostly in another script ("auto"). A text without
    a word is novel. Made for some 50,000 short texts: the time grows with the square of the rows, and is
    told before the work begins where it is more than a minute.

    Ref: Wang et al. (2023), Self-Instruct, section 2.2; Lin (2004), ROUGE.
    """
    pool = Pool(threshold, words)
    for known in chunks(reference):
        pool.extend(known.x.tolist())
    given, texts = len(pool), [text for rows in chunks(corpus) for text in rows.x.tolist()]
    lengths = np.fromiter((len(words_of(text, words)) for text in texts), np.int64, len(texts))
    order = first_to_last(lengths, digests(texts))
    _tell_of_time(len(texts), given, float(lengths.mean()) if len(texts) else 0.0)
    score, partner, keep = np.zeros(len(texts)), np.full(len(texts), ALONE), np.ones(len(texts), bool)
    kept = -1 - np.arange(given)  # (pool,) the row that each text of the pool is, below 0 of the reference
    for start in range(0, len(texts), BATCH):
        some = order[start : start + BATCH]
        judged = pool.admit([texts[row] for row in some])
        kept = np.concatenate([kept, some[judged.novel]])
        keep[some], score[some] = judged.novel, judged.score
        repeats = ~judged.novel
        partner[some[repeats]] = kept[judged.partner[repeats]]
    yield from _verdicts(corpus, keep, score, partner, lengths, threshold)


def _tell_of_time(rows: int, given: int, words: float) -> None:
    """Say before the work begins how long it takes at most, where that is long."""
    pairs = rows * (rows - 1) / 2 + rows * given
    seconds = pairs * PAIR * max(1.0, words / 20) ** 2
    if seconds > LONG:
        LOG.warning(
            "novelty compares %s pairs of rows, up to %s of processor time: where that is too long, drop the near "
            "copies first (--curator duplicates), or judge fewer rows",
            f"{pairs:,.0f}",
            f"{seconds / 3600:,.1f} hours" if seconds > 3600 else f"{seconds / 60:,.0f} minutes",
        )


def _verdicts(
    corpus: Chunked, keep: Array, score: Array, partner: Array, lengths: Array, threshold: float
) -> Iterator[Verdict]:
    """The verdict on each chunk."""
    reason = f"has a ROUGE-L above {threshold:g} with a kept row"
    details = np.full(len(keep), "", TEXT)
    details[~keep] = [f"ROUGE-L {value:.2f}" for value in score[~keep]]
    if bare := int((lengths == 0).sum()):
        reason += f" ({bare:,} rows without a word were not compared)"
    start = 0
    for size in corpus.sizes.tolist():
        rows = slice(start, start + size)
        yield Verdict(keep[rows], score[rows], reason, details[rows], partners=partner[rows])
        start += size
