"""Numeric: answers whose arithmetic does not hold when it is worked out again."""

import numpy as np

from ..core.decorators import curator
from ..core.plugin import Verdict
from ..core.samples import Samples
from ..text.arithmetic import equations
from .answered import RIGHT, AnsweredRow, RowRuling, Unknown, ruled


@curator("numeric", of="pairs", title="Wrong arithmetic in the answer", says="hold wrong arithmetic in the answer")
def numeric(batch: Samples, reference: Samples, rng: np.random.Generator, *, unknown: Unknown = "keep") -> Verdict:
    """Recompute every equation in the answer, and drop the row where one does not hold.

    An answer without an equation is unknown. That the equations hold does not make them the right ones.

    Ref: Cobbe et al. (2021), "Training Verifiers to Solve Math Word Problems", for the calculator's marks.
    """
    return ruled(batch, _ruling, unknown, "an equation that does not hold")


def _ruling(row: AnsweredRow) -> RowRuling:
    found = list(equations(row.output))
    wrong = next((each for each in found if not each.holds), None)
    if wrong:
        return RowRuling(0.0, f"{wrong.text}, where the left side is {float(wrong.value):g}")
    return RIGHT if found else RowRuling.unknown("no equation")
