"""What audit and curate share: the rows of a spec are read, judged and counted in a run folder."""

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ..core.errors import AutophagyError, UsageError
from ..core.folder import close, opened
from ..core.machine import available_cores, surroundings
from ..core.memory import InMemory
from ..core.names import kept_below
from ..core.parts import Part
from ..core.registry import entries, find, load_plugin
from ..core.samples import Samples
from ..cost.footprint import metered
from ..data.stored.corpus import Hands, StoredCorpus
from ..data.stored.gather import Gathered, digests, gather
from ..data.stored.record import CORPUS, WORK, RowsRecord
from ..data.stored.scratch import scratch
from ..data.stored.spec import RowsSpec
from ..scale.processes import staying
from .curate import judged
from .kept_before import known_rows
from .rule import Bench, rule
from .tally import Tallies, tally
from .told import told_of_files

LOG = logging.getLogger(__name__)
Told = Callable[[str, Sequence[str]], None]
Record = TypeVar("Record", bound=RowsRecord)


@dataclass(frozen=True)
class Session:
    """The rows that were read, those they are compared with, and what the curators found in them."""

    gathered: Gathered
    reference: StoredCorpus | None
    bench: Bench
    found: Tallies


def recorded(
    record: Record,
    spec: RowsSpec,
    finish: Callable[[Session], None],
    *,
    chain: bool,
    resume: bool,
    hands: Hands,
    tell: Told | None,
) -> Record:
    """Read the rows, let every curator judge them (see Bench for `chain`), and let `finish` write what was found.

    With `resume`, the work that is done is passed over. Raises AutophagyError; what was finished stays.
    """
    environment = _facts(spec, record.folder)
    notes = [] if record.done else told_of_files(spec.parts)  # before the folder is made and the rows are read
    with opened(record, spec, environment, resume), metered(record, hands.ray), staying():
        if not record.done:
            try:
                finish(_judge(spec, record.folder, hands, tell, chain, notes))
            except UsageError:  # such a spec ends here again, so what was read for it is of no use
                shutil.rmtree(record.folder / WORK, ignore_errors=True)
                raise
            close(record)
        shutil.rmtree(record.folder / WORK, ignore_errors=True)  # a kill may have left some of it beside DONE
    return record


def _facts(spec: RowsSpec, out: Path) -> dict[str, Any]:
    """What the result depends on beside the spec; raises UsageError for a curator that cannot be built."""
    for path in spec.plugins:
        load_plugin(path)
    for path in spec.paths:
        if not (isinstance(path, InMemory) or Path(path).expanduser().exists()) and path in entries("curator"):
            raise UsageError(f"there is no file or folder {path}: for the curator of that name write --curator {path}.")
    for part in spec.parts:
        entry = find("curator", part.name)
        judge = entry.build(part.settings)
        if entry.of == "numbers":
            raise UsageError(f"the curator {part.name} judges numbers and the rows are texts: leave it out.")
        if part.settings or part in spec.curators:  # those that always run can
            _try(judge, spec.reference is not None)
    return surroundings(spec.plugins, available_cores()) | {"files": digests(spec.files, out)}


def _try(judge: Callable[..., Any], beside: bool) -> None:
    """Let a curator judge no rows: AutophagyError where its settings or files are wrong, before a row is read."""
    texts = np.array(["A text."] * beside, dtype=np.dtypes.StringDType())
    try:
        judged(judge, Samples.of(texts[:0]), Samples.of(texts), np.random.default_rng(0))
    except AutophagyError:
        raise
    except Exception:  # one of the user's own may take for granted that there are rows
        LOG.debug("a curator cannot judge no rows", exc_info=True)


def _kept(part: Part, folder: Path) -> Part:
    """A curator whose data in memory are those that the run folder keeps, which every process reads there."""
    return Part(part.name, {name: kept_below(value, folder) for name, value in part.settings.items()})


def _judge(spec: RowsSpec, folder: Path, hands: Hands, tell: Told | None, chain: bool, notes: list[str]) -> Session:
    work = scratch(folder / WORK)
    real = None
    if spec.reference:  # first, so that one without rows is told before many are read
        real, known = known_rows(spec.reference, work / "reference", hands)
        notes = [*known, *notes]
    gathered = gather(spec.paths, work / CORPUS, spec.column, hands)
    if tell:
        tell(", ".join(map(str, spec.paths)), gathered.notes)
        tell("the other files", notes)
    gathered = replace(gathered, notes=(*gathered.notes, *notes))
    bench = Bench(tuple(_kept(part, folder) for part in spec.parts), real, chain, spec.seed, spec.plugins)
    rule(gathered.corpus, bench)
    return Session(gathered, real, bench, tally(gathered.corpus, bench.labels, real))
