"""The run folder of a loop, to be read: `generations.jsonl` has a line for each regime, seed and generation.

A generation counts as done when its line is there for every seed; its rows and models were on disk before that.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from ..core.errors import DataError, RecordError
from ..core.files import Line, read_lines, slug
from ..core.folder import RunFolder
from ..core.samples import Samples
from .legend import Legend
from .spec import LoopSpec

GENERATIONS, TIMINGS, BASELINE = "generations.jsonl", "timings.jsonl", "baseline.json"
SAMPLES, MODELS = "samples", "models"


class Record(RunFolder):
    """The run folder of a loop; `autophagy.run` writes it."""

    spec_type = LoopSpec
    shown_by = "autophagy.loop.result"
    drawn_by = "loop"
    journal = GENERATIONS
    holds = (TIMINGS, BASELINE, SAMPLES, MODELS)

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """The data and the model."""
        return str(fields["data"]), str(fields["model"])

    def steps(self, fields: Mapping[str, Any]) -> tuple[int, int]:
        """The generations of all regimes that are done for every seed, and those of the spec."""
        seeds: dict[tuple[str, int], set[int]] = {}
        for line in self.readable()[0]:
            seeds.setdefault((line["regime"], line["generation"]), set()).add(line["seed"])
        done = sum(len(each) >= fields["seeds"] for each in seeds.values())
        return done, len(fields["regimes"]) * int(fields["generations"])

    def lines(self) -> list[Line]:
        """One line for each regime, seed and generation that is done."""
        return read_lines(self.folder / GENERATIONS)

    def timings(self) -> list[Line]:
        """One line of seconds by stage for each step of the loop."""
        return read_lines(self.folder / TIMINGS)

    def readable(self) -> tuple[list[Line], list[Line], int]:
        """The lines and the timings that can be shown, and how many lines cannot, being torn or no such lines."""
        lines, torn = _readable(self.folder / GENERATIONS, _is_generation)
        timings, torn_timings = _readable(self.folder / TIMINGS, _is_timing)
        return lines, timings, torn + torn_timings

    def legend(self) -> Legend:
        """What a reader is told of the run's figures and regimes."""
        return Legend.read(self.environment())

    @property
    def has_baseline(self) -> bool:
        """Whether it is recorded what real rows score."""
        return (self.folder / BASELINE).exists()

    def baseline(self) -> list[dict[str, float | None]]:
        """What held-out real rows score in place of a model's, one entry a draw."""
        scores = self._baseline().get("scores")
        return [draw for draw in scores if isinstance(draw, dict)] if isinstance(scores, list) else []

    def baseline_histograms(self) -> dict[str, Any]:
        """The histograms of the first draw of held-out real rows."""
        histograms = self._baseline().get("histograms")
        return histograms if isinstance(histograms, dict) else {}

    def _baseline(self) -> dict[str, Any]:
        path = self.folder / BASELINE
        try:
            return dict(json.loads(path.read_text())) if path.exists() else {}
        except (OSError, ValueError, TypeError) as error:
            raise RecordError(f"{path} cannot be read: remove it and go on with --resume.") from error

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
        """Where the rows of a regime's generation are kept, all seeds in one file."""
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


def _readable(path: Path, fits: Callable[[Any], bool]) -> tuple[list[Line], int]:
    """The lines of a .jsonl file that fit, and the number of the others, such as one that a kill has torn."""
    if not path.is_file():
        return [], 0
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise RecordError(f"{path} cannot be read ({error.strerror}): check the folder and its rights.") from error
    lines, torn = [], 0
    for row in text.splitlines():
        try:
            line = json.loads(row)
        except json.JSONDecodeError:
            line = None  # torn, which fits nothing
        if fits(line):
            lines.append(line)
        else:
            torn += 1
    return lines, torn


def _is_generation(line: Any) -> bool:
    if not isinstance(line, dict) or not isinstance(line.get("regime"), str):
        return False
    # whatever stands there must be what the pages do arithmetic with
    counted = all(isinstance(line.get(name), int) for name in ("seed", "generation"))
    scores = line.get("scores")
    return counted and isinstance(scores, dict) and all(_is_number(value) for value in scores.values())


def _is_timing(line: Any) -> bool:
    if not isinstance(line, dict) or not isinstance(line.get("regime"), str):
        return False
    seconds = line.get("seconds")
    return isinstance(seconds, dict) and all(_is_number(value) for value in [*seconds.values(), line.get("peak_mib")])


def _is_number(value: Any) -> bool:
    return value is None or isinstance(value, int | float)
