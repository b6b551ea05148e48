"""The run folder: written so that a kill at any moment loses nothing that was finished.

Every file is written under a temporary name, flushed and renamed; `generations.jsonl` is appended to in whole
lines; the empty file DONE comes last. A generation counts as done when its line is there for every seed.
"""

import json
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import tomli_w

from ..core.errors import AutophagyError, DataError, RecordError
from ..core.files import Line, append, claimed, read_lines, slug, unwritable, writing
from ..core.samples import Samples
from .legend import Legend
from .spec import LoopSpec

LINES, TIMINGS, BASELINE = "generations.jsonl", "timings.jsonl", "baseline.json"


class Record:
    """A run folder, open for writing by one process at a time."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    @property
    def done(self) -> bool:
        """Whether the run is complete."""
        return (self.folder / "DONE").exists()

    def spec(self) -> LoopSpec:
        """The spec that the folder was made for."""
        return LoopSpec.from_toml(self.folder / "spec.toml")

    def environment(self) -> dict[str, Any]:
        """Versions, processor, commit and data facts."""
        try:
            loaded: dict[str, Any] = json.loads((self.folder / "environment.json").read_text())
        except (OSError, ValueError) as error:
            raise RecordError(f"{self.folder} has no readable environment.json: give the folder of a run.") from error
        return loaded

    def lines(self) -> list[Line]:
        """One line for each regime, seed and generation that is done."""
        return read_lines(self.folder / "generations.jsonl")

    def timings(self) -> list[Line]:
        """One line of seconds by stage for each step of the loop."""
        return read_lines(self.folder / "timings.jsonl")

    def readable(self) -> tuple[list[Line], list[Line], int]:
        """The lines and the timings that can be shown, and how many lines cannot, being torn or no such lines."""
        lines, torn = _readable(self.folder / LINES, _is_generation)
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

    @contextmanager
    def open(self, spec: LoopSpec, environment: dict[str, Any], resume: bool) -> Iterator["Record"]:
        """Make the folder, or go on with it; refuses a folder of another spec, other data, or in use.

        Raises RecordError; what is in the folder stays as it is. A run that ends in an error before it has
        finished anything leaves no folder behind.
        """
        try:
            self._check(spec, environment, resume)
        except OSError as error:
            raise unwritable(self.folder, error) from error
        with claimed(self.folder) as missing:
            begun = (self.folder / "spec.toml").exists()
            try:
                if not begun:
                    self._write_json("environment.json", environment)
                    with writing(self.folder / "spec.toml") as file:
                        tomli_w.dump(spec.to_dict(), file)
                yield self
            except (AutophagyError, MemoryError):
                if not begun and not self.lines():
                    self._take_back(missing)
                raise

    def _take_back(self, made: Sequence[Path]) -> None:
        """Remove what a run that finished nothing has written, and the folders that were made for it."""
        for name in ("samples", "models"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        with suppress(OSError):
            for name in ("spec.toml", "environment.json", BASELINE, "timings.jsonl", "generations.jsonl", ".lock"):
                (self.folder / name).unlink(missing_ok=True)
            for folder in made:
                folder.rmdir()

    def _check(self, spec: LoopSpec, environment: dict[str, Any], resume: bool) -> None:
        if self.folder.is_file():
            raise RecordError(f"{self.folder} is a file: give --out a folder.")
        if not self.folder.exists() or not any(self.folder.glob("[!.]*")):
            return
        if not (self.folder / "spec.toml").exists():
            if (self.folder / "environment.json").exists() and not (self.folder / "generations.jsonl").exists():
                return  # killed between its first two files: nothing was done yet
            raise RecordError(f"{self.folder} is not empty and not a run folder: give --out another folder.")
        try:
            old = tomllib.loads((self.folder / "spec.toml").read_text())
            begun = self.environment()
            digest, plugins = begun["data"]["digest"], begun.get("plugins", {})
            teacher = begun.get("teacher", {}).get("digest")
        except (ValueError, KeyError, TypeError) as error:
            raise RecordError(f"{self.folder} has a damaged spec or environment: give --out another folder.") from error
        new = spec.to_dict()
        if old != new:
            changed = ", ".join(sorted(k for k in old.keys() | new.keys() if old.get(k) != new.get(k)))
            raise RecordError(
                f"{self.folder} holds a run of another spec ({changed} differ): give --out another folder."
            )
        if digest != environment["data"]["digest"]:
            raise RecordError(
                f"the data {spec.data} have changed since {self.folder} was begun: give --out another folder."
            )
        if teacher != environment.get("teacher", {}).get("digest"):
            raise RecordError(
                f"the teacher {spec.teacher} has changed since {self.folder} was begun: give --out another folder."
            )
        edited = [path for path, digest in environment["plugins"].items() if plugins.get(path) != digest]
        if edited:
            raise RecordError(
                f"the plug-in {edited[0]} has changed since {self.folder} was begun: give --out another folder."
            )
        if not resume:
            state = "finished" if self.done else "unfinished"
            raise RecordError(
                f"{self.folder} holds a {state} run of this spec: add --resume, or give --out another folder."
            )

    def mend(self) -> None:
        """Drop a torn last line, which a kill leaves behind, and parts of files."""
        for name in ("generations.jsonl", "timings.jsonl"):
            path = self.folder / name
            if path.exists() and not path.read_bytes().endswith(b"\n"):
                self._write_lines(name, read_lines(path))
        for part in self.folder.rglob(".*.part"):
            part.unlink()

    def finished(self, regime: str, seeds: int) -> int:
        """The last generation of a regime that is done, with all before it, for every seed."""
        have = {(line["generation"], line["seed"]) for line in self.lines() if line["regime"] == regime}
        generation = 0
        while all((generation + 1, seed) in have for seed in range(seeds)):
            generation += 1
        return generation

    def forget(self, last: Mapping[str, int]) -> None:
        """Drop the lines after the last generation of each regime that is done for all its seeds."""
        for name in ("generations.jsonl", "timings.jsonl"):
            lines = read_lines(self.folder / name)
            kept = [line for line in lines if line["generation"] <= last[line["regime"]]]
            if len(kept) < len(lines):
                self._write_lines(name, kept)

    def add(self, lines: Sequence[Line], timing: Line) -> None:
        """Record a step: its timing first, so that a line in generations.jsonl means that all is there."""
        append(self.folder / "timings.jsonl", [timing])
        append(self.folder / "generations.jsonl", lines)

    def finish(self, regimes: Sequence[str]) -> None:
        """Put the lines in the order of the spec, which workers may have mixed, and mark the run as done."""
        for name in ("generations.jsonl", "timings.jsonl"):
            lines = read_lines(self.folder / name)
            ordered = sorted(lines, key=lambda line: (regimes.index(line["regime"]), line["generation"]))
            if ordered != lines:
                self._write_lines(name, ordered)
        with writing(self.folder / "DONE"):
            pass

    def samples_path(self, regime: str, generation: int) -> Path:
        """Where the rows of a regime's generation are kept, all seeds in one file."""
        return self.folder / "samples" / slug(regime) / f"{generation:04d}.npz"

    def models_path(self, regime: str, generation: int, seed: int) -> Path:
        """Where the model of a generation is kept, with the first seed of the runs that it holds."""
        return self.folder / "models" / slug(regime) / f"{generation:04d}-{seed}"

    def write_samples(self, path: Path, samples: Samples) -> None:
        """Keep rows, with all their columns; texts as parquet beside the path, which NumPy could only pickle."""
        if samples.x.dtype.kind == "T":
            with writing(path.with_suffix(".parquet")) as file:
                samples.to_parquet(file)
        else:
            with writing(path) as file:
                np.savez(file, allow_pickle=False, **samples.columns())

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

    def _write_json(self, name: str, value: Any) -> None:
        with writing(self.folder / name) as file:
            file.write(json.dumps(value, indent=1, allow_nan=False).encode())

    def write_baseline(self, baseline: Any) -> None:
        """Keep what real rows score in place of a model's."""
        self._write_json(BASELINE, baseline)

    def _write_lines(self, name: str, lines: Sequence[Line]) -> None:
        with writing(self.folder / name) as file:
            file.write("".join(json.dumps(line, allow_nan=False) + "\n" for line in lines).encode())


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
            line = None
        if fits(line):
            lines.append(line)
        else:
            torn += 1
    return lines, torn


def _is_generation(line: Any) -> bool:
    if not isinstance(line, dict) or not isinstance(line.get("regime"), str):
        return False
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
