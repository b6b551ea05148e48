"""A run folder as the report reads it: whatever is there, and a note for whatever is not."""

import json
import math
import shlex
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...core.errors import RecordError
from ...core.places import shown
from ...core.samples import Array
from ...loop.legend import Legend
from ...loop.record import Record

Line = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What a run folder holds; `notes` are the sentences that a reader of the report must see.

    `resume` is the line that goes on with it, empty where it is done.
    """

    folder: Path
    settings: str
    environment: dict[str, Any]
    legend: Legend
    lines: list[Line]
    timings: list[Line]
    baseline: list[dict[str, float | None]]
    notes: list[str]
    resume: str
    histograms: dict[str, dict[str, Any] | None]

    @property
    def name(self) -> str:
        """The name of the data, or of the folder where that is not recorded."""
        return shown(str(self.data.get("name") or self.folder.name))

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
        raise RecordError(f"{folder} is no run folder, for it has no spec.toml: give the --out folder of a run.")
    record = Record(folder)
    lines, timings, torn = record.readable()
    notes = []
    if torn:
        notes.append(f"{torn} recorded line(s) could not be read and were left out.")
    environment, real = _object(folder / "environment.json"), record.baseline_histograms()
    data = environment.get("data")
    read_so = data.get("notes") if isinstance(data, dict) else None
    notes[:0] = [str(note) for note in read_so] if isinstance(read_so, list) else []
    return Run(
        folder=folder,
        settings=_text(folder / "spec.toml"),
        environment=environment,
        legend=Legend.read(environment),
        lines=lines,
        timings=timings,
        baseline=record.baseline(),
        notes=notes,
        resume="" if record.done else f"autophagy loop --resume --out {shlex.quote(str(folder))}",
        histograms={name: real.get(name) for line in lines for name in line.get("histograms", {})},
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
