"""Writes the sheet of a run and its key, and keeps what people said beside the run."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import DataError, RecordError, UsageError
from ..core.files import ELSEWHERE, append, writing
from ..core.folder import claimed, mend
from ..core.parts import did_you_mean
from ..core.streams import stream
from ..statistics.corrected import FEW
from ..text.plural import plural
from .draw import draw
from .read import read_labels
from .record import GIVEN, KEY, LABELS, SHEET, LabelRecord
from .sheet import sheet
from .unit import LabelSource, LabelUnit


@dataclass(frozen=True)
class Written:
    """A sheet that was written: where, how many rows it has, which answers these stand for, and what is to be told."""

    path: Path
    rows: int
    answers: int
    questions: int
    arms: tuple[str, ...]
    notes: tuple[str, ...]


def write_sheet(
    source: LabelSource,
    n: int = 100,
    *,
    by: Sequence[str] = ("verdict",),
    arms: Sequence[str] = (),
    seed: int = 0,
    out: Path | None = None,
) -> Written:
    """Draw about n answers of a run that no sheet holds yet and write them for people to label.

    `arms` are those to label, by default all but controls. The key that says which answer an id stands for stays in the
    run folder. Raises UsageError for an arm that has not answered, and RecordError where the sheet is there already.
    """
    path = out or source.folder / SHEET
    if path.exists():
        raise RecordError(f"{path} is there already: read it with --read once it is filled in, or name another file "
                          "with --out.")  # fmt: skip
    record = LabelRecord(source.folder)
    units, notes = _units(source, arms)
    before = {line["question"] for line in record.key()}
    fresh = [unit for unit in units if unit.question.id not in before]
    if not fresh:
        raise DataError(f"every question of {source.folder} is on a sheet already: there is nothing left to label.")
    drawn = draw(fresh, n, stream(seed, "labels", run=len(before)), by)
    made = sheet(drawn, stream(seed, "label order", run=len(before)))
    shown = tuple(dict.fromkeys(arm for _, arm, _, _ in made.key))
    with claimed(source.folder):
        (source.folder / KEY).parent.mkdir(exist_ok=True)
        mend(source.folder / LABELS)
        names = ("id", "arm", "seed", "question")
        append(source.folder / KEY, [dict(zip(names, line, strict=True)) for line in made.key])
        with writing(path, ELSEWHERE) as file:
            file.write(made.csv())
    notes += [f"{plural(len(before), 'question')} of earlier sheets are left out of this one."] * bool(before)
    notes += [f"{plural(made.cut, 'answer')} cut in the sheet, being too long for a cell."] * bool(made.cut)
    if len(drawn) + len(before) < FEW:
        notes.append(
            f"{plural(len(drawn), 'question')} per arm: too few to correct a judge; ask for {FEW * len(shown)} answers "
            "with --n, or name fewer arms with --arm."
        )
    return Written(path, len(made.rows), len(made.key), len(drawn), shown, tuple(notes))


def keep_labels(folder: Path, file: Path) -> tuple[int, tuple[str, ...]]:
    """Keep the labels of a filled sheet beside the run that it is of; how many there are now, and what is to be told.

    A label that was given before is replaced. Raises DataError as read_labels does, and UsageError where the run has no
    sheet.
    """
    record = LabelRecord(folder)
    filled, before = read_labels(file, known_ids(folder)), record.given()
    changed = sum(name in before and before[name] != label for name, label in filled.labels.items())
    notes = [*filled.notes, *[f"{plural(changed, 'label')} given before: replaced."] * bool(changed)]
    with claimed(folder):
        mend(folder / LABELS)
        new = {name: label for name, label in filled.labels.items() if before.get(name) != label}
        append(folder / GIVEN, [{"id": name, "label": label} for name, label in new.items()])
    return len(record.given()), tuple(notes)


def known_ids(folder: Path) -> frozenset[str]:
    """The ids on the sheets of a run; raises UsageError where it has none."""
    known = frozenset(line["id"] for line in LabelRecord(folder).key())
    if not known:
        raise UsageError(f"{folder} has no sheet of labels: once it has run, write one with autophagy labels {folder}.")
    return known


def _units(source: LabelSource, arms: Sequence[str]) -> tuple[list[LabelUnit], list[str]]:
    """The questions with the answers of the arms that are to be labelled, and which arms stay out."""
    units, controls = list(source.units()), source.controls()
    there = list(dict.fromkeys(answer.arm for unit in units for answer in unit.answers))
    for name in arms:
        if name not in there:
            raise UsageError(f"the arm {name!r} has not answered{did_you_mean(name, there)}: this run has "
                             f"{', '.join(there)}.")  # fmt: skip
    wanted = set(arms) or (set(there) - controls) or set(there)
    out = frozenset(there) - wanted
    left = [unit.without(out) for unit in units]
    told = sorted(out & controls) if not arms else []
    notes = [f"Controls are not labelled unless --arm names them: {', '.join(told)}."] * bool(told)
    return [unit for unit in left if unit.answers], notes
