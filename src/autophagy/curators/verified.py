"""Verified: rows whose arithmetic does not hold when it is worked out again."""

import numpy as np

from ..core.decorators import curator
from ..core.plugin import Verdict
from ..core.samples import Samples
from ..text.arithmetic import equations
from .likelihood import texts


@curator(
    "verified",
    of="text",
    title="Wrong arithmetic",
    says="hold an equation that is wrong",
    advice="Drop worked solutions whose arithmetic is wrong; in other texts, check the equation first.",
)
def verified(batch: Samples, reference: Samples, rng: np.random.Generator, *, bare: bool = True) -> Verdict:
    """Drop rows with an equation of numbers that does not hold, such as "16 - 3 = 14", or "<<16-3=14>>" as in GSM8K.

    The score is the share of a row's equations that hold, 1 where it has none; rows without one stay, unless `bare` is
    false. That the equations hold does not say that they are the right ones: see docs/curate.md for how many solutions
    that pass are right.

    Ref: Cobbe et al. (2021), "Training Verifiers to Solve Math Word Problems", whose verifier is a trained model.
    """
    n = len(batch)
    score, details = np.ones(n), np.full(n, "", np.dtypes.StringDType())
    spans, keep = np.full((n, 2), -1), np.ones(n, bool)
    for row, text in enumerate(texts(batch, "verified").tolist()):
        found = list(equations(text))
        wrong = [each for each in found if not each.holds]
        if wrong:
            score[row], keep[row] = 1 - len(wrong) / len(found), False
            details[row] = f"{wrong[0].text}, where the left side is {float(wrong[0].value):g}"
            spans[row] = wrong[0].start, wrong[0].end
        elif not found and not bare:
            keep[row], details[row] = False, "no equation"
    return Verdict(keep, score, "an equation that does not hold", details, spans)
