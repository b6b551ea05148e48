"""A recorded curation: the rows are read, judged, and written as kept/ and dropped/."""

from functools import partial
from pathlib import Path

from ..core.errors import RecordError
from ..core.files import write_json
from ..curators.kept_before import write_index
from ..curators.session import Session, Told, recorded
from ..curators.whole import whole
from ..data.stored.corpus import Hands, Tell
from .card import write_card
from .columns import column_shares
from .record import SUMMARY, CurationRecord
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
    """Curate the rows of a spec into the folder `out`.

    With `resume`, go on without the work that is done. `workers` processes work on it (default: one a core), of this
    machine or of the Ray cluster at the address `ray`; the result is the same. `progress(what, done, total)` is told of
    each job, `tell` of how the rows were read. Raises AutophagyError; what was finished stays.
    """
    record, hands = CurationRecord(out), Hands(workers, progress, ray)
    finish = partial(_finish, spec, record)
    return recorded(record, spec, finish, chain=True, resume=resume, hands=hands, tell=tell)


def _finish(spec: CurateSpec, record: CurationRecord, session: Session) -> None:
    gathered = session.gathered
    written = write_parts(session, record.folder, spec.seed)
    kept, dropped = written.kept, written.dropped
    if kept + sum(dropped.values()) + gathered.unreadable != gathered.rows:
        raise RecordError(
            f"{kept:,} kept, {sum(dropped.values()):,} dropped and {gathered.unreadable:,} unreadable rows are not the "
            f"{gathered.rows:,} that were read: this is a fault of the program, so do not use {record.folder}."
        )
    files = [name.removeprefix("the file ") for name in record.environment()["files"]]
    summary = summarise(spec, gathered, session.found, kept, dropped, files)
    summary["shares"] = written.shares
    summary |= whole(session)
    summary["columns"] = column_shares(record.folder)
    write_index(record.folder, spec.reference)
    write_json(record.folder / SUMMARY, summary)
    write_card(record)
