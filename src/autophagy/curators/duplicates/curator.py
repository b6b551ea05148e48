"""Duplicates: rows that say again what another row, or a real one, says."""

from collections.abc import Iterator

import numpy as np

from ...core.chunked import Batch, Chunked
from ...core.decorators import curator
from ...core.errors import UsageError
from ...core.plugin import ALONE, Verdict
from ...core.samples import Array, Samples
from .copies import copies
from .numbers import judge_numbers
from .pairs import check
from .settle import Copies


@curator(
    "duplicates",
    also=("copies", "dedup", "deduplicate", "deduplication", "near-duplicates", "minhash"),
    of="any",
    over="corpus",
    title="Duplicates",
    says="repeat another row",
    advice="Train on one of each: `autophagy curate` keeps the longest and names it beside every row that it drops.",
    audits=True,
    drops=True,
)
def duplicates(
    corpus: Chunked,
    reference: Chunked,
    rng: np.random.Generator,
    *,
    similarity: float = 0.75,
    distance: float = 0.0,
    real: bool = True,
) -> Iterator[Verdict]:
    """Drop rows that repeat another kept row or, with `real`, a reference row.

    Two texts repeat each other where the Jaccard index of their sets of word 5-grams is at least `similarity`; with 1,
    where they have the same words in the same order. Case, punctuation and white space make no difference. Pairs are
    proposed by MinHash (22 bands of 5 rows: it proposes 99.98 % of the pairs with an index of .8, 98 % at .7, 50 % at
    .5) and every one is verified, so that a row goes only where its own index with a row that stays is high enough. Of
    rows that repeat each other the one with most words stays; ties go by a hash of the words, then of the text, then by
    file and row. The score is the index, 0 for a row that stays.

    Rows of numbers repeat each other where they are equal, or lie within the Euclidean `distance` where it is above 0;
    the first one stays. Their score is 1 / (1 + gap / distance) for the gap to the nearest such row: 1 for an exact
    repeat, at least 1/2 for what is dropped, 0 for a row alone. With distance 0 it is 1 or 0.

    Raises UsageError for texts with a distance, and for numbers in more than one chunk.

    Ref: Broder (1997); Leskovec, Rajaraman and Ullman (2020), Mining of Massive Datasets, chapter 3.
    """
    check(similarity)
    if not 0 <= distance < np.inf:
        raise UsageError(f"distance must be at least 0 and finite, not {distance}.")
    texts = all(side.of_text for side in (corpus, reference) if len(side))
    if texts and distance:
        raise UsageError(f"texts have no distance of {distance:g} from each other: leave distance at 0.")
    if not texts and len(corpus.sizes) > 1:
        raise UsageError("the curator duplicates compares numbers in memory only: give it rows of text, or fewer rows.")
    if texts:
        known = reference if real else Batch(Samples.of(np.array([], np.dtypes.StringDType())))
        yield from _verdicts(corpus, copies(corpus, known, similarity), real)
    elif len(corpus.sizes):
        yield judge_numbers(corpus.chunk(0), reference.chunk(0), distance=distance, real=real)


def _verdicts(corpus: Chunked, found: Copies, real: bool) -> Iterator[Verdict]:
    ends = np.cumsum(corpus.sizes)
    for begin, end in zip((ends - corpus.sizes).tolist(), ends.tolist(), strict=True):
        some = slice(*np.searchsorted(found.rows, [begin, end]).tolist())
        rows, partner = found.rows[some] - begin, found.partners[some]
        keep, score = np.ones(end - begin, bool), np.zeros(end - begin)
        details = np.full(end - begin, "", np.dtypes.StringDType())
        partners = np.full(end - begin, ALONE)
        keep[rows], score[rows] = False, found.similarity[some]
        details[rows] = _details(found, some, partner >= len(corpus))
        partners[rows] = np.where(partner < len(corpus), partner, len(corpus) - 1 - partner)
        reason = "repeats another or a reference row" if real else "repeats another row"
        yield Verdict(keep, score, reason, details, partners=partners)


def _details(found: Copies, some: slice, known: Array) -> Array:
    columns = (found.similarity[some], found.exact[some], found.equal[some], known)
    told = [_detail(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    return np.array(told, np.dtypes.StringDType())


def _detail(index: float, exact: bool, equal: bool, known: bool) -> str:
    of = " of a reference row" if known else ""
    if equal:
        return f"exact copy{of}"
    return f"copy{of} but for capitals, marks or blanks" if exact else f"Jaccard {np.floor(index * 100) / 100:.2f}{of}"
