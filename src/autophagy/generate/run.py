"""A recorded generation: every reply is kept as it comes, and the rows are written at the end."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..core.files import write_json, write_lines
from ..core.folder import close, opened
from ..core.machine import available_cores, surroundings
from ..core.registry import load_plugin
from ..cost.footprint import metered
from ..data.stored.gather import digests
from .document import document_of
from .formats import fits, shaped
from .inputs import GenerationInputs
from .making import FULL, USED_UP, Making
from .record import DROPPED, KEPT, ROWS, SUMMARY, GenerationRecord
from .spec import GenerateSpec
from .summary import lines_of
from .tables import write_table


def run(
    spec: GenerateSpec,
    out: str | Path,
    *,
    resume: bool = False,
    most_calls: int | None = None,
    limits: Mapping[str, Any] = MappingProxyType({}),
    progress: Callable[[str, int, int], None] | None = None,
    tell: Callable[[str, Sequence[str]], None] | None = None,
) -> GenerationRecord:
    """Make rows by a spec and record them in the folder `out`.

    With `resume`, calls that are settled are not sent again. `most_calls` ends it after so many, as a preview.
    `limits` are `connections` and `per_minute`, how hard a server is asked.
    `progress(what, done, total)` is told of rows that are kept, `tell` of how seeds were read. Raises AutophagyError;
    every reply that came stays.
    """
    record = GenerationRecord(out)
    for path in spec.plugins:
        load_plugin(path)
    files = [path for path in (spec.seeds, spec.documents, spec.labels, *spec.against) if path is not None]
    environment = surroundings(spec.plugins, available_cores()) | {"files": digests(files, record.folder)}
    inputs = GenerationInputs.of(spec, tell)
    with opened(record, spec, environment, resume), metered(record):
        if record.done:
            return record
        making = Making(spec, inputs, record.folder, most_calls, limits)
        making.run(progress)
        _write_rows(making)
        document = document_of(making)
        write_json(record.folder / SUMMARY, document)
        if document["kept"] >= spec.rows or {USED_UP, FULL} & {*document["verdict"]}:
            close(record)  # a preview and a pilot go on with --resume
    return record


def _write_rows(making: Making) -> None:
    """The rows that were kept, those that were dropped, and the kept ones in the format that is wanted."""
    folder, writer, format = making.folder, making.ledger.model.name, making.spec.format
    kept = lines_of(making.tally.kept, writer)
    write_table(folder / KEPT, kept)
    write_table(folder / DROPPED, lines_of(making.tally.dropped, writer))
    write_lines(folder / ROWS, [shaped(line, format) for line in kept if fits(line, format)])
