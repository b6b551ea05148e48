"""Fields: rows that lack what a row must have, or have another shape."""

import re
from functools import partial

import numpy as np

from ..core.decorators import curator
from ..core.errors import UsageError, must
from ..core.plugin import Verdict
from ..core.samples import Samples
from .answered import COLUMNS, RIGHT, AnsweredRow, RowRuling, ruled

UNFINISHED = re.compile(r"[,:;(\[{]\s*\Z")  # a text that ends as if more should come


@curator("fields", of="pairs", title="Incomplete rows", says="lack what a row must have")
def fields(
    batch: Samples,
    reference: Samples,
    rng: np.random.Generator,
    *,
    needs: str = "instruction+output",
    shape: str = "",
    least: int = 1,
    most: int = 0,
) -> Verdict:
    r"""Drop the row that lacks a needed column, or whose answer does not have the required form.

    `needs` names columns with + between them; each must hold a word or a number. `shape` is a regular expression that
    the whole answer must have (for a comma write \x2c), `least` and `most` its words; 0 is no bound. An answer that is
    the input, or that ends in an opening bracket, a comma or a colon, is none.

    Ref: Wang et al. (2023), "Self-Instruct", whose code drops such instances.
    """
    names = needs.split("+")
    for name in names:
        if name not in COLUMNS:
            raise UsageError(f"needs names the column {name!r}: choose from {', '.join(COLUMNS)}, with + between them.")
    must(least >= 0, "least", least, "0 or more")
    must(most == 0 or most >= least, "most", most, f"0, or at least {least}")
    try:
        pattern = re.compile(shape, re.DOTALL)
    except re.error as error:
        raise UsageError(f"the setting shape is no regular expression ({error}): mend {shape!r}.") from error
    rule = partial(_ruling, names=names, pattern=pattern if shape else None, least=least, most=most)
    return ruled(batch, rule, "drop", "not what a row must be")


def _ruling(row: AnsweredRow, names: list[str], pattern: re.Pattern[str] | None, least: int, most: int) -> RowRuling:
    lacking = [name for name in names if not re.search(r"[^\W_]", getattr(row, name))]
    if lacking:
        return RowRuling(0.0, f"no {lacking[0]}")
    answer, words = row.output.strip(), len(row.output.split())
    if answer and answer == row.input.strip():
        return RowRuling(0.0, "the answer is the input")
    if UNFINISHED.search(answer):
        return RowRuling(0.0, "the answer is unfinished")
    if words < least or (most and words > most):
        return RowRuling(0.0, f"{words:,} words")
    if pattern and not pattern.fullmatch(answer):
        return RowRuling(0.0, "another shape")
    return RIGHT
