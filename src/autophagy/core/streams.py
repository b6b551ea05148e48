"""Named random streams: the random numbers of one stage of one generation of one run."""

import zlib

import numpy as np


def stream(seed: int, stage: str, generation: int = 0, run: int = 0) -> np.random.Generator:
    """The random numbers of one stage of one generation of one run.

    The regime is not part of the name: all regimes of a run draw the same numbers, which pairs them.
    """
    key = (zlib.crc32(stage.encode()), generation, run)
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))
