"""A run folder as the report reads it: whatever is there, and a note for whatever is not."""

import json
import math
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...core.errors import RecordError
from ...core.samples import Array
from ...loop.record import Record

Line = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What a run folder holds; `notes` are the sentences that a reader of the report must see."""

    folder: Path
    settings: str
    environment: dict[str, Any]
    lines: list[Line]
    timings: list[Line]
    level: list[dict[str, float | None]]
    notes: list[str]
    histograms: dict[str, dict[str, Any] | None]

    @property
    def name(self) -> str:
        """The name of the data, or of the folder where that is not recorded."""
        return str(self.data.get("name") or self.folder.name)

    @property
    def data(self) -> dict[str, Any]:
        """The facts of the data set, as environment.json has them."""
        data = self.environment.get("data")
        return data if isinstance(data, dict) else {}

    @property
    def regimes(self) -> list[str]:
        """The labels of the regimes, in the order in which they were first recorded."""
        return list(dict.fromkeys(line["regime"] for line in self.lines))

    @property
    def generations(self) -> list[int]:
        """The generations that any regime has reached."""
        return sorted({line["generation"] for line in self.lines})

    @property
    def seeds(self) -> int:
        """How many seeds there are."""
        return len({line["seed"] for line in self.lines})

    def made(self, regime: str, generation: int, n: int) -> Array | None:
        """The first n rows that the first seed of a regime made; None where they are not there or damaged."""
        return first_rows(Record(self.folder).samples_path(regime, generation), n)

    def real(self, n: int) -> Array | None:
        """The first n held-out real rows; None where they are not there or damaged."""
        return first_rows(self.folder / "samples" / "real.npz", n)


def read(folder: Path) -> Run:
    """Read a run folder, finished or not; raises RecordError where it is none."""
    if not (folder / "spec.toml").is_file():
        raise RecordError(f"{folder} is no run folder, for it has no spec.toml: give the --out folder of a loop.")
    lines, torn = _lines(folder / "generations.jsonl", _is_generation)
    timings, torn_timings = _lines(folder / "timings.jsonl", _is_timing)
    measured = _object(folder / "level.json")
    level, real = measured.get("scores"), measured.get("histograms")
    notes = []
    if not (folder / "DONE").exists():
        notes.append("This run has not finished. The page shows what is recorded so far; continue with --resume.")
    if torn + torn_timings:
        notes.append(f"{torn + torn_timings} recorded line(s) could not be read and were left out.")
    return Run(
        folder=folder,
        settings=_text(folder / "spec.toml"),
        environment=_object(folder / "environment.json"),
        lines=lines,
        timings=timings,
        level=[draw for draw in level if isinstance(draw, dict)] if isinstance(level, list) else [],
        notes=notes,
        histograms={name: (real or {}).get(name) for line in lines for name in line.get("histograms", {})},
    )


def settings(run: Run) -> dict[str, Any]:
    """The fields of the spec; empty where the file is damaged."""
    try:
        return tomllib.loads(run.settings)
    except tomllib.TOMLDecodeError:
        return {}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise RecordError(f"{path} cannot be read: {error.strerror}; check the folder and its rights.") from error


def _object(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        value = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise RecordError(f"{path} is damaged ({error}): resume the run, or leave it out of the report.") from error
    return value if isinstance(value, dict) else {}


def _lines(path: Path, whole: Callable[[Any], bool]) -> tuple[list[Line], int]:
    """The whole lines of a .jsonl file and the number of those that are torn, as a kill leaves the last one."""
    if not path.is_file():
        return [], 0
    lines, torn = [], 0
    for text in _text(path).splitlines():
        try:
            line = json.loads(text)
        except json.JSONDecodeError:
            torn += 1
            continue
        if whole(line):
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


def first_rows(path: Path, n: int) -> Array | None:
    """The first n rows of the first seed in a samples file, read without the rest of it.

    None where the file is missing, damaged, or does not hold numbers.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            if "seed.npy" in archive.namelist():
                seed = _head(archive, "seed.npy")
                n = min(n, int(np.count_nonzero(seed == seed[:1])))
            return _head(archive, "x.npy", n)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _head(archive: zipfile.ZipFile, name: str, n: int | None = None) -> Array:
    """The first n rows, or all, of one array; raises ValueError where it does not hold numbers row by row."""
    with archive.open(name) as stream:
        version = np.lib.format.read_magic(stream)
        header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, fortran, dtype = header(stream)
        if dtype.kind not in "biuf" or (fortran and len(shape) > 1) or not shape:
            raise ValueError(f"{name} holds {dtype} in an order that cannot be read in part")
        rows, row = min(shape[0], shape[0] if n is None else n), math.prod(shape[1:])
        return np.frombuffer(stream.read(rows * row * dtype.itemsize), dtype).reshape(rows, *shape[1:])
