"""Workbooks and files of statistics programs: the rows of the first sheet that holds a table, or of all the file."""

from collections.abc import Iterator

from ...core.errors import DataError, Unreadable
from ..readers.statistics import STATISTICS, statistics_table
from ..readers.workbook import workbook_table
from .faults import Faults
from .pieces import SAMPLE, Placed, Rows, batched, choose, of_batch
from .stretches import Stretch
from .whole import LARGEST


def of_workbook(job: Stretch, faults: Faults, column: str | None, size: int) -> Iterator[Rows]:
    """The rows of such a file, each with its number in the sheet; all of it has to fit in memory."""
    counted = job.source.path.name.lower().endswith(STATISTICS)
    try:
        if job.source.size > LARGEST:
            raise DataError(f"it is larger than {LARGEST // 2**20} MiB")
        data = job.source.path.read_bytes()  # an archive, which the other readers would unpack
        table = (statistics_table if counted else workbook_table)(data, job.source.name)
    except Unreadable as error:
        faults.add(f"being a file that {error.reason}", 0, error)
        return
    except (DataError, OSError) as error:
        faults.add(f"being no {'table' if counted else 'workbook with a table'} that can be read", 0, error)
        return
    for note in table.notes:
        faults.tell(note)
    cells = [dict(zip(table.columns, row, strict=True)) for row in zip(*table.columns.values(), strict=True)]
    each = len(data) // max(1, len(cells))
    rows: list[Placed] = [(table.place(number), row, each) for number, row in enumerate(cells)]
    chosen = choose([row for _, row, _ in rows[:SAMPLE]], column, faults)
    for batch in batched(rows, size):
        yield of_batch(batch, chosen)
