"""Agrees: answers that the writer does not give again when it is asked several times."""

import json
from collections import Counter
from functools import partial

import numpy as np

from ..core.decorators import curator
from ..core.errors import must
from ..core.plugin import Verdict
from ..core.samples import Samples
from ..graders.said.final import final_answer
from .answered import RIGHT, AnsweredRow, RowRuling, Unknown, ruled


@curator(
    "agrees", of="pairs", title="Answers that nobody gives again", says="have an answer that few others agree with"
)
def agrees(
    batch: Samples, reference: Samples, rng: np.random.Generator, *, share: float = 0.5, unknown: Unknown = "keep"
) -> Verdict:
    """Drop the row where fewer than a `share` of its answers agree with its output (self-consistency).

    The answers are the row's column `answers`, which `--answers K` fills. A row with fewer than two, or whose own
    answer states nothing that can be compared (a long text without a result), is unknown. A writer that errs in the
    same way each time agrees with itself.

    Ref: Wang et al. (2023), "Self-consistency improves chain of thought reasoning in language models".
    """
    must(0 < share <= 1, "share", share, "above 0 and at most 1")
    return ruled(batch, partial(_ruling, share=share), unknown, "few answers agree")


def _ruling(row: AnsweredRow, share: float) -> RowRuling:
    others = answers_of(row.answers)
    if len(others) < 2:
        return RowRuling.unknown("fewer than two answers")
    own = final_answer(row.output)
    if not own:
        return RowRuling.unknown("no final answer")
    votes = Counter(map(final_answer, others))[own]
    why = f"{votes} of {len(others)} answers come to {own[:80]}"
    return RIGHT if votes >= 2 and votes >= share * len(others) else RowRuling(0.0, why)


def answers_of(cell: str) -> list[str]:
    """The texts of a JSON list, none where a cell holds no such list."""
    try:
        found = json.loads(cell) if cell else []
    except (ValueError, RecursionError):
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
