"""Stretches: the sources in stretches that processes can read side by side."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from .opened import BLOCK, WIDE, is_packed, text_encoding
from .parting import parting
from .source import Source

BYTES = 2**23  # of a plain file in one job
SMALL = 2**20  # bytes of a file that shares a job with others
MOST = 500  # files of a job
GROUP_BYTES = 2**25  # of parquet in one job, unless a row group alone is larger
Part = tuple[int, int, int, int]  # start, stop, first, bytes


@dataclass(frozen=True)
class Stretch:
    """A part of a file that one job reads.

    It goes from byte `start` to before byte `stop`, in parquet from one row group to before the other; `stop` is -1
    for the end of the file. `first` is the number of its first row, or line, in the file, as a person counts; `bytes`
    is about how much there is to read. `others` are further small files that the job reads whole.
    """

    number: int
    source: Source
    start: int = 0
    stop: int = -1
    first: int = 1
    bytes: int = 0
    others: tuple[Source, ...] = ()

    @property
    def parts(self) -> "list[Stretch]":
        """The stretch of each file."""
        return [replace(self, others=()), *(Stretch(self.number, other, bytes=other.size) for other in self.others)]


@dataclass(frozen=True)
class Stretches:
    """Stretches in the order of the sources, numbered through; those that are `done` are left out.

    Lines before a stretch are counted when it is asked for, so that nobody waits until a large file was read for it.
    """

    cut: tuple[Stretch, ...]  # `first` is 0 where lines have to be counted
    done: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.cut) - len(self.done)

    def __iter__(self) -> Iterator[Stretch]:
        place, line = 0, 1  # up to which byte of the file lines are counted, and which begins there
        for stretch in self.cut:
            if stretch.start == 0:
                place, line = 0, 1
            if stretch.number in self.done:
                continue
            if not stretch.first:
                line += _lines(stretch.source.path, place, stretch.start)
                place = stretch.start
            yield replace(stretch, first=stretch.first or line)


def jobs(sources: Sequence[Source]) -> Stretches:
    """The stretches of all sources; small files share one."""
    found: list[Stretch] = []
    for source in sources:
        for part in _parts(source):
            if found and part == (0, -1, 1, source.size) and _has_room(found[-1], source):
                last = found[-1]
                found[-1] = replace(last, others=(*last.others, source), bytes=last.bytes + source.size)
            else:
                found.append(Stretch(len(found), source, *part))
    return Stretches(tuple(found))


def _has_room(last: Stretch, source: Source) -> bool:
    """Whether the last job reads small files alone and may take another one."""
    few = len(last.others) < MOST and last.bytes + source.size <= BYTES
    return few and last.stop < 0 and max(last.source.size, source.size) <= SMALL


def _parts(source: Source) -> list[Part]:
    """The stretches of a file; the whole of it where it cannot be cut, or not be read."""
    found: list[Part] = []
    try:
        if source.format == "parquet" and source.size > SMALL:
            found = list(_row_groups(source))
        elif source.size > BYTES and not is_packed(source.path) and (how := _ends(source)):
            found = list(_ranges(source, how))
    except OSError:
        pass  # the job itself says what is wrong with the file
    return found or [(0, -1, 1, source.size)]


def _row_groups(source: Source) -> Iterator[Part]:
    """Row groups, small ones together."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        found = pq.read_metadata(source.path)
    except (pa.ArrowException, ValueError):
        return
    start, first, held, rows = 0, 1, 0, 0
    for number in range(found.num_row_groups):
        group = found.row_group(number)
        if held and held + group.total_byte_size > GROUP_BYTES:
            yield start, number, first, held
            start, first, held, rows = number, first + rows, 0, 0
        held += group.total_byte_size
        rows += group.num_rows
    yield start, found.num_row_groups, first, held


def _ends(source: Source) -> str:
    """What rows end with: a `line`, a blank line (`paragraph`), or nothing that can be found among the bytes."""
    how = "line" if source.format == "jsonl" else parting(source) if source.format in ("text", "texts") else ""
    plain = how in ("line", "paragraph") and not text_encoding(source.path, source.format).startswith(WIDE)
    return how if plain else ""


def _ranges(source: Source, how: str) -> Iterator[Part]:
    """Ranges of bytes that end where rows do."""
    with source.path.open("rb") as file:
        start = 0
        while start < source.size:
            file.seek(start + BYTES)
            fresh = False  # whether what comes next begins a line: the range may have ended within one
            while rest := file.readline(BLOCK):  # the end may be far
                if rest.endswith(b"\n") and (how == "line" or (fresh and rest.isspace())):
                    break
                fresh = rest.endswith(b"\n")
            stop = min(file.tell(), source.size)
            yield start, stop, int(start == 0), stop - start
            start = stop


def _lines(path: Path, start: int, stop: int) -> int:
    """The lines that end between two bytes of a file; none where it cannot be read, which who reads it tells."""
    found = 0
    with suppress(OSError), path.open("rb") as file:
        file.seek(start)
        while start < stop and (block := file.read(min(BLOCK, stop - start))):
            start += len(block)
            found += block.count(b"\n")
    return found
