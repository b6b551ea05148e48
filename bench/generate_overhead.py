"""What a generation takes beside its writer: calls a second with a writer that replies at once.

    python bench/generate_overhead.py [CALLS]

The writer runs in this process and takes no time; its own CPU seconds are measured apart and taken off.
"""

import sys
import tempfile
import time
from pathlib import Path

from autophagy.answering.language_model import Completion
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.generate.calls import Ledger
from autophagy.generate.checks import Checks
from autophagy.generate.flow import flow

SEEDS = [PoolRow(f"s{n}", f"Name {n} rivers of Europe.", "", "Rhine.") for n in range(20)]


class Instant:
    """Replies at once with one task that is always new."""

    name = "instant"
    count = 0
    seconds = 0.0

    def complete(self, prompts, *, max_tokens=0, temperature=0.0, seed=None):
        """One new task a prompt."""
        begun = time.process_time()
        made = []
        for _ in prompts:
            self.count += 1
            words = " ".join(f"w{self.count * 7 + k}" for k in range(6))
            text = f"4. Instruction: Sort {words}.\nInput: <noinput>\nOutput: Done {self.count}."
            made.append(Completion(text, 100.0, 50.0, 0.5, stop="stop"))
        self.seconds += time.process_time() - begun
        return made


def main(calls: int) -> None:
    """Print the calls a CPU second of whole runs."""
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            writer = Instant()
            ledger = Ledger(Path(folder) / "calls.jsonl", writer, 0)
            checks = Checks(SEEDS, 0.7)
            begun, wall = time.process_time(), time.perf_counter()
            kept = sum(len(made.kept) for made in flow([Part("alpaca")], SEEDS, ledger, checks, rows=calls, seed=0))
            cpu = time.process_time() - begun - writer.seconds
            wall = time.perf_counter() - wall
            print(
                f"{kept:,} rows of {writer.count:,} calls: {writer.count / cpu:,.0f} calls a CPU second, {wall:.1f} s"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
