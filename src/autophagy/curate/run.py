"""A recorded curation: the rows are read, judged, and written as kept/ and dropped/."""

import shutil
from pathlib import Path

from ..core.errors import RecordError
from ..core.files import write_json
from ..core.folder import close, opened
from ..curators.session import Told, facts_of, judge
from ..curators.shares import shares
from ..data.stored.corpus import Hands, Tell
from ..scale.processes import staying
from .card import write_card
from .columns import column_shares
from .record import SUMMARY, WORK, CurationRecord
from .spec import CurateSpec
from .summary import summarise
from .write import write_parts


def run(
    spec: CurateSpec,
    out: str | Path,
    *,
    resume: bool = False,
    workers: int | None = None,
    ray: str | None = None,
    progress: Tell | None = None,
    tell: Told | None = None,
) -> CurationRecord:
    """Curate the rows of a spec into the folder `out`; with `resume`, go on without the work that is done.

    `workers` processes work on it (default: one a core), of this machine or of the Ray cluster at the address `ray`;
    the result is the same. `progress(what, done, total)` is told of each job, `tell` of how the rows were read. Raises
    AutophagyError; what was finished stays.
    """
    record = CurationRecord(out)
    hands = Hands(workers, progress, ray)
    environment = dict(facts_of(spec, [*spec.against, *spec.remove, spec.labels, spec.examples]))
    with opened(record, spec, environment, resume), staying():
        if not record.done:
            _go_on(spec, record, hands, tell)
            close(record)
            shutil.rmtree(record.folder / WORK, ignore_errors=True)
    return record


def _go_on(spec: CurateSpec, record: CurationRecord, hands: Hands, tell: Told | None) -> None:
    session = judge(spec, record.folder / WORK, hands, tell, chain=True)
    gathered = session.gathered
    kept, dropped = write_parts(session, record.folder)
    if kept + sum(dropped.values()) + gathered.unreadable != gathered.rows:
        raise RecordError(
            f"{kept:,} kept, {sum(dropped.values()):,} dropped and {gathered.unreadable:,} unreadable rows are not the "
            f"{gathered.rows:,} that were read: this is a fault of the program, so do not use {record.folder}."
        )
    summary = summarise(spec, gathered, session.found, kept, dropped)
    summary["shares"] = shares(gathered.corpus, session.reference, session.bench.labels, spec.seed)
    summary["columns"] = column_shares(record.folder)
    write_json(record.folder / SUMMARY, summary)
    write_card(record)
