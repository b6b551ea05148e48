"""The file of looks: read whole or not at all, and only ever added to."""

from pathlib import Path

from ...core.errors import RecordError
from ...core.files import Line, append, drop_torn, read_lines
from ...core.folder import claimed
from .looks import Looks

LOOKS = "looks.jsonl"
BEGINS = b'{"date"'  # each look, as far as a kill let it be written
KEYS = {"date", "stream", "design", "alpha", "tolerance", "decoding", "facts", "reason", "notes", "rows", "tasks"}
NEEDED = KEYS | {"found", "evidence", "days_left", "smallest"}


def place_of(baseline: Path, state: str | Path | None) -> Path:
    """Where the looks at a baseline are kept, unless it is said: in its folder, or beside its file."""
    if state is not None:
        return Path(state)
    return baseline / LOOKS if baseline.is_dir() else baseline.with_name(f"{baseline.name.partition('.')[0]}.{LOOKS}")


def read_looks(path: Path) -> Looks:
    """The looks of a file, none where it is not there; raises RecordError where a line is no look."""
    _check_that_it_is_ours(path)
    lines = read_lines(path)
    for number, line in enumerate(lines, 1):
        if line.keys() < NEEDED or NEEDED - line.keys():
            raise RecordError(f"{path} line {number} is no look: give --state the file that drift watch wrote.")
    return Looks(lines)


def _check_that_it_is_ours(path: Path) -> None:
    """Raise RecordError for a file of something else, whose last line would be taken for half a look and dropped."""
    if path.is_dir():
        raise RecordError(f"{path} is a folder: give --state the file that drift watch wrote, or one that is new.")
    if not path.exists():
        return
    with path.open("rb") as file:
        begins = file.read(len(BEGINS))
    if not BEGINS.startswith(begins):
        raise RecordError(f"{path} line 1 is no look: give --state the file that drift watch wrote.")


def keep(path: Path, line: Line, read: Looks) -> None:
    """Add a look to the file; raises RecordError where another process did so since it was `read`."""
    with claimed(path.parent):
        drop_torn(path)
        if len(read_lines(path)) != len(read.lines):
            raise RecordError(f"another look was added to {path} meanwhile: look again.")
        append(path, [line])
