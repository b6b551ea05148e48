"""What becomes of the classes: which are lost, and how even the rest are."""

import numpy as np

from ..core.decorators import metric
from ..core.figures import Figure
from ..features.features import Features


@metric(
    "classes",
    group="Copies, spread and classes",
    needs=("classes",),
    figures={
        "lost_classes": Figure(
            "lost classes",
            "How many classes of the real rows no generated row looks like.",
            bounds=(0, None),
            better="lower",
            headline=8,
            role="lost classes",
        ),
        "class_balance": Figure(
            "class balance",
            "How close the shares of the classes are to the real ones, from 0 to 1.",
            bounds=(0, 1),
            better="higher",
        ),
    },
)
def classes(reference: Features, generated: Features, rng: np.random.Generator) -> dict[str, float]:
    """Lost classes: how many classes of the real rows no generated row looks like, and how close the class shares are.

    `class_balance` is 1 less the total variation distance between the shares of the predicted classes: 1 where they
    are the same, 0 where no class is shared. Both are NaN where the real rows have no classes.
    """
    real, new = reference.labels, generated.labels
    if real is None or new is None:
        return {"lost_classes": float("nan"), "class_balance": float("nan")}
    # the classes (c,) of either side, and how many rows of each side look like each (c,)
    every = np.union1d(real, new)
    before, after = (np.bincount(np.searchsorted(every, labels), minlength=len(every)) for labels in (real, new))
    distance = np.abs(before / before.sum() - after / after.sum()).sum() / 2
    return {"lost_classes": float(((before > 0) & (after == 0)).sum()), "class_balance": float(1 - distance)}
