"""Where the rows that curators found stand in their files, and the rows that they repeat."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..core.chunked import by_chunk
from ..core.plugin import ALONE
from ..core.samples import Array
from ..data.stored.corpus import FOUND, StoredCorpus
from ..data.stored.found import place, read_found


def found_rows(corpus: StoredCorpus, reference: StoredCorpus | None, label: str) -> Iterator[Any]:
    """The rows that a curator found, an Arrow table a chunk: where each stands and what was said of it."""
    import pyarrow as pa

    for number in range(len(corpus.files)):
        found = read_found(place(corpus.folder / FOUND, label, number))
        if not len(found):
            continue
        where = corpus.table(number, ["file", "row", "source"]).take(pa.array(found.rows))
        files, rows = homes(corpus, reference, found.partners)
        missing = found.spans[:, 0] < 0
        yield pa.table(
            {
                "file": where["file"].cast(pa.string()),
                "row": where["row"],
                "source": where["source"].cast(pa.string()),
                "score": pa.array(found.scores),
                "detail": pa.array(found.details.tolist(), pa.string()),
                "start": pa.array(found.spans[:, 0], mask=missing),
                "end": pa.array(found.spans[:, 1], mask=missing),
                "duplicate_file": pa.array(files, pa.string()),
                "duplicate_row": pa.array(rows, pa.int64()),
            }
        )


def homes(
    corpus: StoredCorpus, reference: StoredCorpus | None, partners: Array
) -> tuple[list[str | None], list[int | None]]:
    """The file and the row of each partner (see core.plugin.Verdict); None where a row has none."""
    files: list[str | None] = [None] * len(partners)
    rows: list[int | None] = [None] * len(partners)
    inside, outside = partners >= 0, (partners < 0) & (partners != ALONE)
    for which, numbers, of in ((inside, partners, corpus), (outside, -1 - partners, reference)):
        if of is None or not which.any():
            continue
        spots = np.flatnonzero(which)
        for chunk, held, places in by_chunk(np.array(of.counts), numbers[spots]):
            at, table = spots[held], of.table(chunk, ["file", "row"]).take(places)
            for spot, file, row in zip(at.tolist(), table["file"].to_pylist(), table["row"].to_pylist(), strict=True):
                files[spot], rows[spot] = file, row
    return files, rows
