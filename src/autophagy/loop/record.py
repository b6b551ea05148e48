"""The run folder of a loop, to be read: `generations.jsonl` has a line for each regime, seed and generation.

A generation counts as done when its line is there for every seed; its rows and models were on disk before that.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from ..core.errors import DataError, RecordError
from ..core.files import Line, read_lines, slug
from ..core.folder import RunFolder
from ..core.samples import Samples
from .spec import LoopSpec

GENERATIONS, TIMINGS, LEVEL, SAMPLES, MODELS = "generations.jsonl", "timings.jsonl", "level.json", "samples", "models"


class Record(RunFolder):
    """The run folder of a loop; `autophagy.run` writes it."""

    spec_type = LoopSpec
    journal = GENERATIONS
    holds = (TIMINGS, LEVEL, SAMPLES, MODELS)

    def lines(self) -> list[Line]:
        """One line for each regime, seed and generation that is done."""
        return read_lines(self.folder / GENERATIONS)

    def timings(self) -> list[Line]:
        """One line of seconds by stage for each turn of the loop."""
        return read_lines(self.folder / TIMINGS)

    def level(self) -> list[dict[str, float | None]]:
        """What held-out real rows score in place of a model's, one entry a draw."""
        path = self.folder / LEVEL
        if not path.exists():
            return []
        try:
            loaded: list[dict[str, float | None]] = list(self.read_json(LEVEL)["scores"])
        except (RecordError, KeyError, TypeError) as error:
            raise RecordError(f"{path} cannot be read: remove it and go on with --resume.") from error
        return loaded

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digests of the data, of what the teacher wrote and of the plug-in files."""
        parts = {"the data": environment["data"], "the teacher": environment.get("teacher")}
        digests = {f"{what} {part['name']}": part["digest"] for what, part in parts.items() if part}
        return digests | RunFolder.depends_on(environment)

    def finished(self, regime: str, seeds: int) -> int:
        """The last generation of a regime that is done, with all before it, for every seed."""
        have = {(line["generation"], line["seed"]) for line in self.lines() if line["regime"] == regime}
        generation = 0
        while all((generation + 1, seed) in have for seed in range(seeds)):
            generation += 1
        return generation

    def samples_path(self, regime: str, generation: int) -> Path:
        """Where the rows that a regime's generation made are kept, all seeds in one file."""
        return self.folder / SAMPLES / slug(regime) / f"{generation:04d}.npz"

    def models_path(self, regime: str, generation: int, seed: int) -> Path:
        """Where the model of a generation is kept, with the first seed of the runs that it holds."""
        return self.folder / MODELS / slug(regime) / f"{generation:04d}-{seed}"

    def read_samples(self, path: Path) -> Samples:
        """Rows that were kept; raises RecordError where the file is missing or broken."""
        try:
            if not path.exists() and path.with_suffix(".parquet").exists():
                return Samples.from_parquet(path.with_suffix(".parquet"))
            with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                columns = {name: file[name] for name in file.files}
            return Samples(columns.pop("x"), columns.pop("generation"), columns.pop("source"), columns)
        except (OSError, EOFError, ValueError, KeyError, BadZipFile, DataError) as error:
            raise RecordError(f"{path} cannot be read ({error}): start a new run.") from error
