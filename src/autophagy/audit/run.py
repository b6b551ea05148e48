"""A recorded audit: the rows are read, every curator looks at all of them, and what they found is written."""

from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from ..core.chunked import Facts
from ..core.files import write_json, writing
from ..core.registry import find
from ..curators.findings import described
from ..curators.homes import found_rows
from ..curators.session import Session, Told, recorded
from ..data.stored.corpus import Hands, StoredCorpus, Tell
from .beside import beside
from .record import AUDIT, FINDINGS, TO_LABEL, AuditRecord
from .spec import AuditSpec
from .to_label import write_rows_to_label
from .verdict import verdict


def run(
    spec: AuditSpec,
    out: str | Path,
    *,
    resume: bool = False,
    workers: int | None = None,
    ray: str | None = None,
    progress: Tell | None = None,
    tell: Told | None = None,
) -> AuditRecord:
    """Audit the rows of a spec into the folder `out`.

    With `resume`, go on without the work that is done. `workers` processes work on it (default: one a core), of this
    machine or of the Ray cluster at the address `ray`; the result is the same. `progress(what, done, total)` is told of
    each job, `tell` of how the rows were read. Raises AutophagyError; what was finished stays.
    """
    record, hands = AuditRecord(out), Hands(workers, progress, ray)
    finish = partial(_finish, spec, record.folder)
    return recorded(record, spec, finish, chain=False, resume=resume, hands=hands, tell=tell)


def _finish(spec: AuditSpec, folder: Path, session: Session) -> None:
    corpus = session.gathered.corpus
    list(corpus.spread("listing", partial(_list, corpus, session.reference, folder / FINDINGS), session.bench.labels))
    if spec.to_label:
        write_rows_to_label(folder / TO_LABEL, spec, session)
    write_json(folder / AUDIT, _document(spec, session))


def _document(spec: AuditSpec, session: Session) -> dict[str, Any]:
    gathered, found = session.gathered, session.found
    document: dict[str, Any] = {
        "rows": gathered.rows,
        "unreadable": gathered.unreadable,
        "notes": list(gathered.notes),
        "reasons": list(gathered.reasons),
        "findings": [
            each | {"drops": find("curator", part.name).facts.drops}
            for part, each in zip(spec.parts, described(spec.parts, found, gathered.rows), strict=True)
        ],
        "sources": dict(sorted(found.sources.items())),
        **beside(spec, session),
    }
    return document | {"verdict": verdict(document)}


def _list(corpus: StoredCorpus, reference: StoredCorpus | None, folder: Path, label: str) -> Facts:
    """Write every row that a curator found, chunk by chunk; how many."""
    import pyarrow.parquet as pq

    tables = found_rows(corpus, reference, label)
    first = next(tables, None)
    rows = 0
    if first is not None:
        with writing(folder / f"{label}.parquet") as file, pq.ParquetWriter(file, first.schema) as writer:
            for table in chain([first], tables):
                writer.write_table(table)
                rows += len(table)
    return {"rows": np.array(rows)}
