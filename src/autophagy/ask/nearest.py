"""The sentences of passages that are nearest to a question: what a small model can read without losing its way."""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from ..context import Embedder
from ..text.chunks import BREAK, HEADING

COUNT = 2  # of three passages of a handbook SmolLM2 answers 4 of 30 questions, of their two nearest sentences 20
# The cosine below which the nearest sentence says nothing of the question. It was chosen on those 30 questions by
# minilm: the lowest of them is .3404, and three of eight on other matters are higher. By the multilingual embedder
# three of the 30 are lower, and none of the eight is higher.
NEAR_SENTENCE = 0.34


def nearest(question: str, passages: Sequence[str], embedder: Embedder) -> tuple[str, float]:
    """The nearest sentences in their order, and the cosine of the best; ("", -1) where there is none."""
    texts = list(chain.from_iterable(map(_sentences, passages)))
    if not texts:
        return "", -1.0
    (asked,) = embedder.encode([question], question=True)
    cosines = embedder.encode(texts) @ asked
    best = sorted(np.argsort(-cosines, kind="stable")[:COUNT])
    return " ".join(texts[place] for place in best), float(cosines.max())


def _sentences(text: str) -> Iterator[str]:
    """The sentences and lines of a text, without its headings; a sentence may go over the end of a line."""
    begin = 0
    for gap in [*BREAK.finditer(text), None]:
        if gap is not None and gap.lastgroup == "wrap":
            continue
        part = " ".join(text[begin : gap.start() if gap else None].split())
        if part and not HEADING.fullmatch(part):
            yield part
        begin = gap.end() if gap else begin
