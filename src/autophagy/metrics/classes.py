"""What becomes of the classes: which are lost, and how even the rest are."""

import numpy as np

from ..core.registry import metric
from ..features.features import Features


@metric("classes")
def classes(reference: Features, made: Features, rng: np.random.Generator) -> dict[str, float]:
    """Lost classes: how many classes of the real rows no made row looks like; and how alike the class shares are.

    `class_balance` is 1 less the total variation distance between the shares of the predicted classes: 1 where they
    are the same, 0 where no class is shared. Both are NaN where the real rows have no classes.
    """
    real, new = reference.labels, made.labels
    if real is None or new is None:
        return {"lost_classes": float("nan"), "class_balance": float("nan")}
    every = np.union1d(real, new)
    before, after = (np.bincount(np.searchsorted(every, labels), minlength=len(every)) for labels in (real, new))
    distance = np.abs(before / before.sum() - after / after.sum()).sum() / 2
    return {"lost_classes": float(((before > 0) & (after == 0)).sum()), "class_balance": float(1 - distance)}
