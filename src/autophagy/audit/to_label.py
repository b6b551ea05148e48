"""Rows for a person to mark good or bad: those from which an estimator of quality learns most."""

import csv
import io
from pathlib import Path

from ..core.files import writing
from ..curators.quality.pick import pick_rows
from ..curators.quality.quality import estimated
from ..curators.session import Session
from ..curators.shares import drawn
from .spec import AuditSpec


def write_rows_to_label(path: Path, spec: AuditSpec, session: Session) -> None:
    """Write a CSV file of the rows with an empty column `label`, the most useful first.

    They are picked from rows drawn at random, by the estimator of `labels` where there is one. `--labels` reads the
    file when it is marked.
    """
    rows, _ = drawn(session.gathered.corpus, spec.seed, whole=True)
    estimator = estimated(spec.labels) if spec.labels else None
    picked = rows.take(pick_rows(rows.x.tolist(), spec.to_label or 0, estimator, spec.seed))
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["label", "text", "file", "row"])
    columns = (picked.x.tolist(), picked.meta["file"].tolist(), picked.meta["row"].tolist())
    table.writerows(["", *each] for each in zip(*columns, strict=True))
    with writing(path) as file:
        file.write(text.getvalue().encode("utf-8", "replace"))
