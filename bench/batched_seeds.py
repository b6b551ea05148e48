"""Seeds trained in one batched program against each seed trained by itself: time of the fits, and the ratio.

python bench/batched_seeds.py

Both sides run in one process on one thread, in turn; each line is the median of the pairs.
"""

import os
import statistics
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import torch
from sklearn.datasets import load_digits

from autophagy.core.samples import Samples
from autophagy.models.diffusion.model import Diffusion
from autophagy.models.vae.model import VAE

PAIRS = 5


def digits(rows: int) -> Samples:
    """The 8x8 digits, over again where there are too few."""
    x, label = load_digits(return_X_y=True)
    index = np.random.default_rng(0).integers(len(x), size=rows)
    return Samples.of((x[index] / 16).astype(np.float32).reshape(-1, 8, 8), label=label[index])


def ring(rows: int) -> Samples:
    rng = np.random.default_rng(0)
    turn = rng.integers(8, size=rows) * np.pi / 4
    return Samples.of(np.stack([np.cos(turn), np.sin(turn)], 1) + 0.08 * rng.normal(size=(rows, 2)))


def enlarged(rows: int) -> Samples:
    small = digits(rows)
    return Samples.of(small.x.repeat(3, 1).repeat(3, 2), label=small.meta["label"])


def seconds(work) -> tuple[float, float]:
    processor, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - processor, time.perf_counter() - wall


def main() -> None:
    torch.set_num_threads(1)
    print(f"one batched fit / the seeds one after the other, median of {PAIRS} pairs")
    cases = [
        ("diffusion, dense, 8x8 digits, batches of 128", Diffusion(steps=60), digits, (3, 10)),
        ("diffusion, dense, 8x8 digits, batches of 32", Diffusion(steps=60, batch=32), digits, (3, 10)),
        ("diffusion, dense, ring, batches of 128", Diffusion(steps=60), ring, (3, 10)),
        ("vae, 8x8 digits, batches of 128", VAE(steps=60), digits, (3, 10)),
        ("diffusion, U-Net, 24x24 digits, batches of 32", Diffusion(steps=6, batch=32), enlarged, (3,)),
    ]
    for name, model, data, seeds in cases:
        for runs in seeds:
            train = data(360 * runs)
            each = train.split(runs)

            def together(model=model, train=train, runs=runs) -> None:
                model.fit(train, np.random.default_rng(0), runs=runs)

            def in_turn(model=model, each=each) -> None:
                for part in each:
                    model.fit(part, np.random.default_rng(0))

            together()
            pairs = [(seconds(together), seconds(in_turn)) for _ in range(PAIRS)]
            for clock, kind in enumerate(("processor", "wall")):
                ours = statistics.median(pair[0][clock] for pair in pairs)
                theirs = statistics.median(pair[1][clock] for pair in pairs)
                ratio = statistics.median(pair[1][clock] / pair[0][clock] for pair in pairs)
                print(f"{name}, {runs} seeds, {kind}: {ours:.2f} s / {theirs:.2f} s, {ratio:.2f} times faster")


if __name__ == "__main__":
    main()
