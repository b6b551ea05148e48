"""Spreadsheets: the rows of the first sheet of an .xlsx file that holds a table."""

from collections.abc import Iterator

from ...core.errors import DataError
from ..readers.workbook import workbook_table
from .faults import Faults
from .pieces import SAMPLE, Placed, Rows, batched, choose, of_batch
from .stretches import Stretch
from .whole import LARGEST


def of_workbook(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of a spreadsheet, each with its number in the sheet; all of it has to fit in memory."""
    try:
        if job.source.size > LARGEST:
            raise DataError(f"it is larger than {LARGEST // 2**20} MiB")
        data = job.source.path.read_bytes()  # an archive, which the other readers would unpack
        table = workbook_table(data, job.source.name)
    except (DataError, OSError) as error:
        faults.add("being no workbook with a table that can be read", 0, error)
        return
    for note in table.notes:
        faults.tell(note)
    cells = [dict(zip(table.columns, row, strict=True)) for row in zip(*table.columns.values(), strict=True)]
    each = len(data) // max(1, len(cells))
    rows: list[Placed] = [(int(place), row, each) for place, row in zip(table.places or (), cells, strict=True)]
    chosen = choose([row for _, row, _ in rows[:SAMPLE]], column, faults)
    for batch in batched(rows, size):
        yield of_batch(batch, chosen)
