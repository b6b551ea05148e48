"""Cites: answers whose quotations, names and numbers do not stand in the passage that they are of."""

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from ..core.decorators import curator
from ..core.errors import must
from ..core.plugin import Verdict
from ..core.samples import Samples
from ..graders.said.places import holds
from ..graders.said.polarity import polar
from ..text.values.token import Token
from ..text.values.tokens import tokens
from .answered import RIGHT, AnsweredRow, RowRuling, Unknown, ruled

QUOTED = re.compile(r"[\"“„«]([^\"“”„«»\n]{2,}?)[\"”“»]")  # words in quotation marks of any kind
STOP = re.compile(r"[.!?\n]")  # where a sentence ends
COUNTED = ("number", "date", "time")  # the kinds of value that a citation must hold


@curator("cites", of="pairs", title="Answers that are not in their passage", says="say what their passage does not")
def cites(
    batch: Samples, reference: Samples, rng: np.random.Generator, *, short: int = 6, unknown: Unknown = "keep"
) -> Verdict:
    """Drop the row whose answer has quotations, or else names and numbers, that are not in its passage.

    An answer of at most `short` words must stand there whole, however case, plurals and numbers are written. The
    passage is that of the row, or its input. A row without either, an answer of yes or no, and one without a quotation,
    name or number are unknown. That the words stand there does not prove that they answer the question.

    Ref: Menick et al. (2022), "Teaching language models to support answers with verified quotes".
    """
    must(short >= 0, "short", short, "0 or more")
    return ruled(batch, partial(_ruling, short=short), unknown, "not in the passage")


def _ruling(row: AnsweredRow, short: int) -> RowRuling:
    passage = row.passage or row.input
    if not passage.strip():
        return RowRuling.unknown("no passage")
    sought = list(_spans(row.output, short))
    if not sought:
        return RowRuling.unknown("nothing to look for")
    said = tokens(passage)
    missing = next((span for span in sought if not holds(said, span)), None)
    return RowRuling(0.0, " ".join(token.raw for token in missing)[:120]) if missing else RIGHT


def _spans(answer: str, short: int) -> Iterator[tuple[Token, ...]]:
    """What must stand in the passage: the quotations, else a short answer whole, else names and numbers."""
    quoted = [found for text in QUOTED.findall(answer) if (found := tokens(text))]
    if quoted:
        yield from quoted
    elif polar(answer) is None:
        words = tokens(answer)
        if 0 < len(words) <= short:
            yield words
        elif len(words) > short:
            yield from _named(words)


def _named(words: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """The numbers, and the words in a row with a capital letter; one alone that opens a sentence is no name."""
    run: list[Token] = []
    opens = True
    for token in words:
        opening = not run and (token is words[0] or STOP.search(token.before) is not None)
        if token.capital and not (run and token.before.strip()):
            opens = opening if not run else opens
            run.append(token)
            continue
        if run and not (opens and len(run) == 1):
            yield tuple(run)
        run, opens = ([token], opening) if token.capital else ([], True)
        if token.kind in COUNTED:
            yield (token,)
    if run and not (opens and len(run) == 1):
        yield tuple(run)
