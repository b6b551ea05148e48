"""The learning rate over a training: a short linear warm-up, then half a cosine down to nothing."""

import math

# The warm-up takes at most this many steps. Adam's averages are all but empty in the first steps and its moves
# erratic; a training of thousands of steps needs no longer warm-up than one of hundreds.
LONGEST_WARM_UP = 50
FROM_SCRATCH = 4  # at most a quarter of the steps: random weights move far
TUNING = 10  # at most a tenth: pretrained weights move little, and may have only a few dozen batches to learn from


def learning_rate(step: int, steps: int, peak: float, part: int = FROM_SCRATCH) -> float:
    """The rate at a step, from 0 on, of so many, of which the warm-up takes at most one `part` (and one more).

    Ref: Goyal et al. 2017, section 2.2 (the warm-up); Loshchilov and Hutter 2017, equation 5, one period (the cosine).
    """
    warm_up = min(LONGEST_WARM_UP, steps // part + 1)
    return peak * min(1, (step + 1) / warm_up) * (1 + math.cos(math.pi * step / steps)) / 2
