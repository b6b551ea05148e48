"""Twins: a hypothesis told otherwise, so that its gold stays, and the nearest one whose gold is another.

Renamed, nonsense, sense and counter change the names; paraphrased, the wording; reordered, the order of the
observations; extended adds a variable that is independent of all; the near-miss changes the observations.
"""

from dataclasses import replace

import numpy as np

from ...core.questions import Question
from .item import Hypothesis
from .names import FILLERS, backwards, everyday, nonsense
from .near import nearest_other
from .separation import independences

TWINS = ("renamed", "nonsense", "sense", "counter", "paraphrased", "reordered", "extended", "near-miss")
KEPT = TWINS[:-1]  # those whose gold is the original's


def twin(original: Hypothesis, variant: str, rng: np.random.Generator) -> Question | None:
    """The twin of that name; None where there is none.

    What common sense says is yes or no, so that an undetermined hypothesis has no twin that agrees with it; and some
    hypotheses, such as a common effect of two variables without a third, have one gold answer whatever is observed.
    """
    made = _changed(original, variant, rng)
    suffix = f"-{made.code:x}" if made and variant == "near-miss" else ""
    return made.question(original.id, variant, suffix) if made else None


def _changed(original: Hypothesis, variant: str, rng: np.random.Generator) -> Hypothesis | None:
    match variant:
        case "renamed":
            return replace(original, names=backwards(original.names))
        case "nonsense":
            return replace(original, names=nonsense(original.n, rng))
        case "sense" | "counter":
            return _everyday(original, variant == "sense", rng)
        case "paraphrased":
            return replace(original, wording=1)
        case "reordered":
            return replace(original, order=_shuffled(original, rng))
        case "extended":
            return replace(original, idle=chr(ord("A") + original.n))
    code = nearest_other(original.code, original.n, original.relation, original.a, original.b)
    return None if code is None else replace(original, code=code)


def _everyday(original: Hypothesis, agrees: bool, rng: np.random.Generator) -> Hypothesis | None:
    if agrees and original.gold == "undetermined":
        return None
    suggest = (original.gold == "entailed") == agrees
    first, second, third = everyday(original.relation, suggest, rng)
    named = {original.a: first, original.b: second}
    rest = [variable for variable in rng.permutation(original.n).tolist() if variable not in named]
    others = [third, *(FILLERS[at] for at in rng.permutation(len(FILLERS)))]
    named |= dict(zip(rest, others, strict=False))
    return replace(original, names=tuple(named[variable] for variable in range(original.n)))


def _shuffled(original: Hypothesis, rng: np.random.Generator) -> tuple[int, ...]:
    found = independences(original.code, original.n)
    correlated = original.n * (original.n - 1) // 2 - sum(not given for *_, given in found)
    return tuple(rng.permutation(len(found) + correlated).tolist())
