"""Semantic copies: rows that say the same in other words; embeddings propose, the words that both use confirm."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from ..context.embed import DEFAULT, find_embedder
from ..core.chunked import Chunked, Facts
from ..core.decorators import curator
from ..core.errors import MissingExtra, UsageError, must
from ..core.plugin import ALONE, Verdict
from ..core.samples import Array, Samples
from ..text.percent import percent
from ..text.runs import words as words_of
from .first import digests, first_to_last
from .wordings import Wordings, all_wordings, wording

MOST = 100_000  # rows whose nearest neighbours are searched one by one
BLOCK = 512  # rows that are compared with all others at a time
TRIED = 32  # of the most similar kept rows, how many the words of a row are compared with
FEWEST = 50  # unrelated rows from which a threshold can be told
TEXT = np.dtypes.StringDType()


@curator(
    "semantic",
    of="text",
    over="corpus",
    title="Said again in other words",
    says="say what another row says in other words",
    advice="Read some of the pairs before you drop the rows: wordings may be what a model should learn.",
)
def semantic(
    corpus: Chunked,
    reference: Chunked,
    rng: np.random.Generator,
    *,
    embedder: str = DEFAULT,
    overlap: float = 0.5,
    alarms: float = 0.001,
) -> Iterator[Verdict]:
    """Drop rows that say what a kept row, or a row of the reference, says: nearer than chance and in the same words.

    The embedder proposes pairs whose cosine similarity is above a threshold that is learnt from the corpus itself: of
    the rows that share less than half of `overlap` with their nearest neighbour, the share `alarms` has a nearer one.
    A pair is confirmed where at least the share `overlap` of the words of one text, weighted by how rare they are,
    stands in the other, where one text has all numbers of the other, and where both or neither deny something.
    Rows are judged the longest first (in words), and of equally long ones that with the smallest digest of its text.
    The score is the cosine similarity to the partner, 0 where none is confirmed. Where the embedder is not installed,
    or fewer than 50 rows tell what chance is, nothing is dropped, and the reason says so. Raises UsageError beyond
    100,000 rows.
    """
    must(0 < overlap <= 1, "overlap", overlap, "a share above 0")
    must(0 <= alarms < 1, "alarms", alarms, "a share from 0 to less than 1")
    total = len(corpus) + len(reference)
    if total > MOST:
        raise UsageError(f"semantic compares at most {MOST:,} rows, not {total:,}: drop the copies first, or a sample.")
    try:
        find_embedder(embedder)
    except MissingExtra as error:
        nothing = np.full(len(corpus), -1)
        yield from _verdicts(corpus, nothing, np.zeros(len(corpus)), f"nothing was compared by meaning: {error}")
        return
    known = _read(corpus, reference, embedder)
    threshold, tried = _threshold(known, alarms, overlap / 2)
    if tried < FEWEST:
        reason = f"nothing was compared by meaning: only {tried} rows have an unrelated neighbour, {FEWEST} are needed"
        yield from _verdicts(corpus, np.full(len(corpus), -1), np.zeros(len(corpus)), reason)
        return
    partner, score = _repeats(known, len(corpus), threshold, overlap)
    reason = f"is nearer than {threshold:.3f} to a kept row, which {percent(alarms, 1)} of {tried:,} unrelated rows are"
    yield from _verdicts(corpus, partner, score, f"{reason}, and has {percent(overlap, 0)} of its words")


@dataclass(frozen=True)
class _Known:
    """Of the rows of the corpus and the reference: unit vectors (n, d), wordings, and the order in which they stay."""

    vectors: Array
    wordings: Wordings
    order: Array


def _read(corpus: Chunked, reference: Chunked, embedder: str) -> _Known:
    task = partial(_facts, embedder=embedder)
    both = {"semantic": corpus, "semantic-reference": reference}
    facts = [found for name, rows in both.items() for found in rows.each(name, task)]
    names = ("vectors", "lengths", "digests")
    vectors, lengths, marks = (np.concatenate([each[name] for each in facts]) for name in names)
    first = np.arange(len(corpus), len(lengths))  # the rows of the reference come first
    order = first_to_last(lengths[: len(corpus)], marks[: len(corpus)])
    return _Known(vectors, all_wordings(facts), np.concatenate([first, order]))


def _facts(rows: Samples, first: int, *, embedder: str) -> Facts:
    """The vectors of a chunk, and its words as numbers."""
    texts = rows.x.tolist()
    model = find_embedder(embedder)
    if model is None:
        raise UsageError("semantic needs an embedder: give embedder=minilm or the folder of a model.")
    vectors = model.encode(texts) if texts else np.zeros((0, model.dimension), np.float32)
    lengths = np.array([len(words_of(text)) for text in texts], np.int64)
    return {"vectors": vectors, "lengths": lengths, "digests": digests(texts), **wording(texts)}


def _threshold(known: _Known, alarms: float, unlike: float) -> tuple[float, int]:
    """The similarity that the share `alarms` of nearest neighbours in `unlike` words exceeds, and their number."""
    nearest, similarity = _nearest(known.vectors)
    pairs = enumerate(nearest.tolist())
    unrelated = [known.wordings.overlap(row, other) < unlike if other >= 0 else False for row, other in pairs]
    null = similarity[np.array(unrelated, bool)]
    return (float(np.quantile(null, 1 - alarms, method="higher")) if len(null) else 1.0), len(null)


def _nearest(vectors: Array) -> tuple[Array, Array]:
    """The nearest other row (n,) of each, -1 where there is none, and its cosine similarity."""
    nearest, similarity = np.full(len(vectors), -1), np.zeros(len(vectors))
    if len(vectors) < 2:
        return nearest, similarity
    for start in range(0, len(vectors), BLOCK):
        block = vectors[start : start + BLOCK]
        products = block @ vectors.T
        own = np.arange(len(block))
        products[own, start + own] = -np.inf
        nearest[start : start + BLOCK] = products.argmax(axis=1)
        similarity[start : start + BLOCK] = products.max(axis=1)
    return nearest, similarity


def _repeats(known: _Known, rows: int, threshold: float, overlap: float) -> tuple[Array, Array]:
    """The kept row that each row (n,) of the corpus repeats, -1 where it is kept, and its similarity."""
    partner, score = np.full(rows, -1), np.zeros(rows)
    kept = known.order[: len(known.order) - rows]
    for start in range(len(kept), len(known.order), BLOCK):
        block = known.order[start : start + BLOCK]
        vectors = known.vectors[block]
        before = vectors @ known.vectors[kept].T
        inside = vectors @ vectors.T
        stays: list[int] = []
        for place, row in enumerate(block.tolist()):
            others = np.concatenate([kept, block[stays]])
            likely = np.concatenate([before[place], inside[place, stays]])
            chosen = np.flatnonzero(likely > threshold)
            chosen = chosen[np.argsort(-likely[chosen], kind="stable")][:TRIED]
            found = (each for each in chosen.tolist() if known.wordings.confirm(row, int(others[each]), overlap))
            best = next(found, None)
            if best is None:
                stays.append(place)
            else:
                partner[row], score[row] = others[best], min(1.0, float(likely[best]))
        kept = np.concatenate([kept, block[stays]])
    return partner, score


def _verdicts(corpus: Chunked, partner: Array, score: Array, reason: str) -> Iterator[Verdict]:
    """The verdict on each chunk."""
    keep = partner < 0
    details = np.full(len(keep), "", TEXT)
    details[~keep] = [f"cosine similarity {value:.3f}" for value in score[~keep]]
    partners = np.where(keep, ALONE, np.where(partner >= len(corpus), len(corpus) - 1 - partner, partner))
    start = 0
    for size in corpus.sizes.tolist():
        rows = slice(start, start + size)
        yield Verdict(keep[rows], score[rows], reason, details[rows], partners=partners[rows])
        start += size
