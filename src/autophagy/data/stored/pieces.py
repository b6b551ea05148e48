"""What each process does to gather rows: it reads stretches of files into chunks, and puts small chunks together."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...core.files import write_json, writing
from ..stream.schema import QUICK, conform, union
from ..stream.stretches import Stretch
from .corpus import ROWS

READ = "read"
SMALL, FULL = 2_000, 10_000  # rows: neighbouring chunks below the first are put together up to the second
Piece = tuple[str, int]  # the file of a chunk, and its rows


def told_of(folder: Path, stretch: Stretch) -> Path:
    """The file that says what was read of a stretch; that of another cut has another name."""
    return folder / READ / f"{stretch.number:06}-{stretch.start}-{stretch.bytes}.json"


def read_stretch(folder: Path, column: str | None, stretch: Stretch) -> Iterator[int]:
    """Read a stretch into chunks below the folder."""
    from ..stream.ingest import ingest  # with every reader, which where several work only they need

    write_json(told_of(folder, stretch), ingest(stretch, folder / ROWS, column), lasting=False)
    yield stretch.number


def together(chunks: Sequence[Piece]) -> list[list[Piece]]:
    """Neighbouring small chunks together, such as those of a folder of small files."""
    packs: list[list[Piece]] = []
    for name, rows in chunks:
        held = packs[-1] if packs else []
        size = sum(n for _, n in held)
        if held and rows < SMALL and size + rows <= FULL and all(n < SMALL for _, n in held):
            held.append((name, rows))
        else:
            packs.append([(name, rows)])
    return packs


def packed(number: int) -> str:
    """The file of chunks that were put together."""
    return f"packed-{number:06}.parquet"


def pack(folder: Path, pack: tuple[int, list[Piece]]) -> Iterator[int]:
    """Put chunks together in one file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number, chunks = pack
    tables = [pq.ParquetFile(folder / ROWS / name).read() for name, _ in chunks]
    schema = union([table.schema for table in tables])
    with writing(folder / ROWS / packed(number), lasting=False) as file:
        pq.write_table(pa.concat_tables([conform(table, schema) for table in tables]), file, compression=QUICK)
    yield number
