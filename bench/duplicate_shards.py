"""What finding copies takes where the corpus is larger than memory: the shards of a billion rows, and memory by rows.

    python bench/duplicate_shards.py [--rows 1000000 2000000 4000000]

The first lines are arithmetic and a simulation: how many shards there are, and how large the largest of them is where
the keys fall at random. The others run the curator's own code on so many short texts, which are made chunk by chunk and
kept nowhere, and print the memory of the process above what it took before.
"""

import argparse
import resource
import time
from pathlib import Path

import numpy as np

from autophagy.core.chunked import Batch
from autophagy.core.encoded import encoded
from autophagy.core.samples import Samples
from autophagy.curators.duplicates.copies import copies
from autophagy.curators.duplicates.shards import RECORD, Shards
from autophagy.curators.duplicates.signature import BANDS

CHUNK = 10_000
WORDS = np.array([f"w{number:05}" for number in range(30_000)])


class Made:
    """A corpus of texts of 8 to 24 words, every tenth of which is that before it with a word more."""

    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return self.rows

    @property
    def sizes(self):
        """The rows of each chunk."""
        return np.full(self.rows // CHUNK, CHUNK)

    def chunk(self, number, at=None):
        """The texts of one chunk, made anew, or some of them."""
        rng = np.random.default_rng(number)
        texts = [" ".join(WORDS[rng.integers(0, len(WORDS), size)]) for size in rng.integers(8, 25, CHUNK)]
        texts[9::10] = [text + " more" for text in texts[8::10]]
        x = np.empty(CHUNK, object)
        x[:] = texts
        rows = Samples(x, np.zeros(CHUNK, np.int16), np.full(CHUNK, ""))
        return rows if at is None else rows.take(at)

    def encoded(self, number, at=None):
        """The texts of one chunk as bytes."""
        return encoded(self.chunk(number, at).x.tolist())

    def beside(self, name):
        """Nothing is kept on disk."""

    def each(self, name, task):
        """What the task finds in each chunk."""
        return (task(self.chunk(number), number * CHUNK) for number in range(len(self.sizes)))

    def spread(self, name, task, jobs):
        """What the task finds, job after job."""
        return map(task, jobs)


def simulated(rows, rng):
    """How many shards a band has, and the bytes of their mean and of the largest of all bands."""
    shards = 1 << Shards(Path(), rows).bits
    sizes = rng.multinomial(rows, np.full(shards, 1 / shards), size=BANDS) * RECORD
    return shards, rows * RECORD / shards, int(sizes.max())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 2_000_000, 4_000_000])
    asked, rng = parser.parse_args(), np.random.default_rng(0)
    for rows in (10**6, 10**7, 10**8, 10**9):
        shards, mean, largest = simulated(rows, rng)
        on_disk = rows * RECORD * (BANDS + 1) / 1e9
        print(
            f"{rows:,} rows: {shards:,} shards a band, mean {mean / 2**20:.1f} MiB, "
            f"largest {largest / 2**20:.1f} MiB; {on_disk:,.1f} GB of records"
        )
    none = Batch(Samples.of(np.array([], np.dtypes.StringDType())))
    copies(Made(CHUNK), none, 0.75)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for rows in asked.rows:
        start = time.process_time()
        found = copies(Made(rows), none, 0.75)
        peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        seconds = time.process_time() - start
        print(f"{rows:,} rows: {peak:,.0f} MiB more, {seconds:.0f} processor seconds, {len(found.rows):,} copies")


if __name__ == "__main__":
    main()
