"""Shares: how much of a corpus is of each topic, language and source, before and after, beside a reference."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from ..core.chunked import Batch, Chunked, Facts, pick
from ..core.samples import Array, Samples
from ..core.streams import stream
from ..data.stored.corpus import StoredCorpus
from .coverage.survey import survey

BY = ("topic", "language", "source")
SAMPLE = 2_000  # rows from which the shares are estimated: an interval is at most 4.4 points wide
FEWEST = 50  # rows in which topics are sought: fewer have none to speak of
LETTERS = 1_000  # of a text that tell its topic and its language


def shares(
    corpus: StoredCorpus, reference: StoredCorpus | None, labels: Sequence[str], seed: int
) -> list[dict[str, Any]]:
    """The share of each topic, language and source among all rows, those that no curator dropped, and the reference.

    They are estimated on rows drawn at random, so that a crawl of any size takes as long as these.
    """
    every = replace(corpus, without=())
    rows, places = drawn(every, seed)
    kept = _kept(replace(corpus, without=tuple(labels)), places) if labels else None
    known = drawn(reference, seed)[0] if reference is not None else rows.take(slice(0, 0))
    by = BY if len(rows) >= FEWEST else [name for name in BY if name != "topic"]
    task = partial(_share, rows, known, kept, seed)
    found = [json.loads(str(facts["json"][0])) for facts in replace(every, room="shares").spread("shares", task, by)]
    return [each for each in found if each["groups"]]


def _share(rows: Samples, known: Samples, kept: Array | None, seed: int, by: str) -> Facts:
    found = survey(Batch(rows), Batch(known), by, kept, seed=seed).json()
    return {"json": np.array([json.dumps(found, allow_nan=False)], dtype=np.dtypes.StringDType())}


def drawn(corpus: Chunked, seed: int, whole: bool = False) -> tuple[Samples, Array]:
    """Rows drawn at random, in their order, and their numbers; the start of their texts, or all of it if `whole`."""
    numbers = np.sort(stream(seed, "shares").choice(len(corpus), min(len(corpus), SAMPLE), replace=False))
    rows = pick(corpus, numbers)
    if whole:
        return rows, numbers
    cut = np.array([text[:LETTERS] for text in rows.x.tolist()], dtype=np.dtypes.StringDType())
    return replace(rows, x=cut), numbers


def _kept(corpus: StoredCorpus, numbers: Array) -> Array:
    """Which of the rows of these numbers (n,), in order, no curator dropped."""
    firsts = np.cumsum(corpus.counts) - corpus.counts
    homes = np.searchsorted(firsts, numbers, side="right") - 1
    kept = np.zeros(len(numbers), bool)
    for home in np.unique(homes).tolist():
        at = homes == home
        kept[at] = corpus.mask(home)[numbers[at] - firsts[home]]
    return kept
