"""Gathering: files and folders -> a corpus on disk, in chunks of some ten thousand rows, read once."""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ...core.files import write_json
from ...core.memory import InMemory, apart, digest_of
from ..absent import absent
from ..own import is_run, kept_rows
from ..readers.walk import walk
from ..stream.schema import union
from ..stream.sources import sources
from ..stream.stretches import jobs
from ..stream.totals import totals
from .corpus import ROWS, Hands, StoredCorpus
from .pieces import pack, packed, read_stretch, together, told_of

LIST = "corpus.json"
ALONE = 2**22  # bytes of rows: one process is done with fewer before others have started
WHOLE = 2**26  # bytes of a file whose digest is of all it holds; of a larger one of its size and time


@dataclass(frozen=True)
class Gathered:
    """A corpus with what is to be told of it: the rows that were read, those that could not be, and sentences."""

    corpus: StoredCorpus
    rows: int
    unreadable: int
    notes: tuple[str, ...]
    reasons: tuple[dict[str, Any], ...]

    @property
    def schema(self) -> Any:
        """The columns of all chunks together."""
        import pyarrow.parquet as pq

        folder = self.corpus.folder / ROWS
        return union([pq.read_schema(folder / name) for name in self.corpus.files])


def gather(paths: Sequence[str], folder: Path, column: str | None, hands: Hands) -> Gathered:
    """Read all rows below the paths into `folder`; what an earlier run has read is not read again."""
    listing = folder / LIST
    if not listing.exists():
        found = sources(paths, folder)
        todo = jobs(found.sources)
        blank = StoredCorpus(folder, (), (), hands=hands)
        told = [told_of(folder, stretch) for stretch in todo.cut]
        left = replace(todo, done=frozenset(number for number, file in enumerate(told) if file.exists()))
        blank.work("reading", partial(read_stretch, folder, column), left, len(todo))
        read = [json.loads(file.read_text(encoding="utf-8")) for file in told]
        known = totals(read, column)
        chunks = [(chunk["file"], chunk["rows"]) for each in read for chunk in each["chunks"]]
        packs = list(enumerate(together(chunks)))
        blank.work("sorting", partial(pack, folder), [each for each in packs if len(each[1]) > 1], len(packs))
        names = [(held[0][0] if len(held) == 1 else packed(number), sum(n for _, n in held)) for number, held in packs]
        write_json(
            listing,
            {
                "chunks": names,
                "rows": known.rows + known.unreadable,
                "unreadable": known.unreadable,
                "notes": [*found.notes, *known.notes],
                "reasons": list(known.reasons),
            },
            lasting=False,
        )
    kept = json.loads(listing.read_text(encoding="utf-8"))
    files, counts = (tuple(each[at] for each in kept["chunks"]) for at in (0, 1))
    size = sum((folder / ROWS / name).stat().st_size for name in files)
    own = hands.workers is None and hands.ray is None and size < ALONE
    corpus = StoredCorpus(folder, files, counts, hands=replace(hands, workers=1) if own else hands)
    return Gathered(corpus, kept["rows"], kept["unreadable"], tuple(kept["notes"]), tuple(kept["reasons"]))


def digests(paths: Sequence[str | Path], out: Path) -> dict[str, str]:
    """A digest of each file below the paths, by what a sentence calls it.

    What file managers leave behind is left out, and so are runs below a folder, `out` among them; of a run that is
    named only the rows that it kept count, where it kept some.
    """
    given = [path for path in paths if isinstance(path, InMemory)]
    found = {name: digest_of(path.content(), Path(path).suffix) for path, name in zip(given, apart(given), strict=True)}
    for path in (Path(each).expanduser() for each in paths if not isinstance(each, InMemory)):
        if not path.exists():
            raise absent(path)
        found |= {f"the file {file}": _digest(file) for file in _below(path, Path(os.path.abspath(out)))}
    return found


def _below(path: Path, out: Path) -> list[Path]:
    path = (kept_rows(path) if is_run(path) else None) or path
    files = walk(path, is_run).files if path.is_dir() else [path]
    return [each for each in files if each.is_file() and not Path(os.path.abspath(each)).is_relative_to(out)]


def _digest(file: Path) -> str:
    status = file.stat()
    if status.st_size > WHOLE:
        return f"{status.st_size:,} bytes, written {datetime.fromtimestamp(status.st_mtime, UTC).isoformat()}"
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:  # the reading says so
        return ""
