"""The rows of one part of a corpus -> what is kept, and what was dropped with why and for which other row."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.plugin import ALONE
from ..curators.homes import homes
from ..data.memory.picked import parted
from ..data.stored.corpus import FOUND, StoredCorpus
from ..data.stored.found import place, read_found
from ..data.stream.schema import conform

WHY = ("reason", "detail", "score", "start", "end", "duplicate_file", "duplicate_row")


def split(
    corpus: StoredCorpus, reference: StoredCorpus | None, labels: Sequence[str], schema: Any, number: int
) -> tuple[Any, Any]:
    """The kept and the dropped rows of one chunk, as Arrow tables with all columns of the schema.

    A dropped row has the curator that dropped it as `reason`, what it said as `detail` and `score`, the characters from
    `start` to `end` where that stands, and the file and row of the row that it repeats; null where there is none. A
    column of its own that is called `reason` is `reason_given` there, and so are the others.
    """
    import pyarrow as pa

    table = conform(corpus.table(number), schema)
    home = np.full(len(table), -1)  # (n,) the curator that dropped the row, by its place
    detail = np.full(len(table), "", dtype=np.dtypes.StringDType())
    score, span = np.zeros(len(table)), np.full((len(table), 2), -1, np.int64)
    partner = np.full(len(table), ALONE, np.int64)
    for at, label in enumerate(labels):
        found = read_found(place(corpus.folder / FOUND, label, number))
        rows = found.rows
        home[rows], detail[rows], score[rows] = at, found.details, found.scores
        span[rows], partner[rows] = found.spans, found.partners
    out = np.flatnonzero(home >= 0)
    files, places = homes(corpus, reference, partner[out])
    missing = span[out, 0] < 0
    why = {
        "reason": pa.array([labels[at] for at in home[out].tolist()], pa.string()),
        "detail": pa.array(detail[out].tolist(), pa.string()),
        "score": pa.array(score[out]),
        "start": pa.array(span[out, 0], mask=missing),
        "end": pa.array(span[out, 1], mask=missing),
        "duplicate_file": pa.array(files, pa.string()),
        "duplicate_row": pa.array(places, pa.int64()),
    }
    dropped = table.take(pa.array(out)).rename_columns(parted(table.column_names, WHY))
    for name, column in why.items():
        dropped = dropped.append_column(name, column)
    return table.filter(pa.array(home < 0)), dropped
