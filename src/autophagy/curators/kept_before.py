"""What was kept before: the rows of an earlier curation as a reference, with its index, so that none is read again.

A curation leaves index/ beside kept/: of every part the sketches of its rows, in their order, and in index.json what
the parts are. Today's rows are judged against it as against the rows themselves, to the byte.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..core.errors import DataError
from ..core.files import write_json
from ..core.folder import DONE
from ..core.memory import InMemory
from ..data.stored.corpus import FACTS, Hands, StoredCorpus
from ..data.stored.gather import gather
from ..data.stored.spec import INDEX, KEPT, LISTING
from ..data.stream.faults import in_row
from ..text.plural import plural
from .duplicates.copies import SKETCHES
from .duplicates.sketch import SETTINGS

FOOT = 1 << 16  # bytes at the end of a part, where parquet says where everything in it stands
Notes = tuple[str, ...]


def write_index(folder: Path, reference: str | None) -> None:
    """Say what the parts of a curation are, and which curation it was judged against."""
    parts = [{"file": path.name, **_told(path)} for path in sorted((folder / KEPT).glob("*.parquet"))]
    before = Path(reference).resolve() if reference and _is_curation(reference) else None
    earlier = {"folder": str(before), "sha256": _digest(before / LISTING)} if before else None
    write_json(folder / LISTING, {"sketches": SETTINGS, "parts": parts, "before": earlier})


def known_rows(reference: Any, folder: Path, hands: Hands) -> tuple[StoredCorpus, Notes]:
    """The rows of a reference, and what is to be told of it; those of a curation are not copied, nor sketched again.

    A curation that was itself judged against an earlier one stands for both. Raises DataError where one of them is
    missing, has not finished, or is not what its index says.
    """
    if isinstance(reference, InMemory) or not _is_curation(reference):
        found = gather([reference], folder, None, hands)
        lost = [
            f"{each['file']}: {plural(each['count'], 'row was', 'rows were')} set aside for {each['reason']}"
            f"{', the first in' * bool(each['row'])}{in_row(each)}."
            for each in found.reasons
        ]
        return found.corpus, tuple(f"The reference {note}" for note in (*found.notes, *lost))
    runs = list(_chain(Path(reference)))[::-1]
    parts = [(run, each, listing["sketches"] == SETTINGS) for run, listing in runs for each in listing["parts"]]
    files = tuple(str((run / KEPT / each["file"]).resolve()) for run, each, _ in parts)
    corpus = StoredCorpus(folder, files, tuple(each["rows"] for _, each, _ in parts), hands=hands)
    again = 0
    for number, (run, each, usable) in enumerate(parts):
        sketches = run / INDEX / Path(each["file"]).with_suffix(".npz").name
        if usable and sketches.is_file():
            _linked(sketches, folder / FACTS / SKETCHES / f"{number:06}.npz")
        else:
            again += each["rows"]
    rows, many = sum(corpus.counts), f" and {len(runs) - 1:,} before it" if len(runs) > 1 else ""
    notes = [f"The reference is the {rows:,} rows that {Path(reference).name}{many} kept."]
    if again:
        notes.append(f"Its index has no sketches of {again:,} of them that fit today's settings: they were read again.")
    return corpus, tuple(notes)


def _chain(run: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A curation, the one that it was judged against, and so on, each with what its index says."""
    seen: set[Path] = set()
    while run.resolve() not in seen:
        seen.add(run.resolve())
        listing = _listing(run)
        _check(run, listing["parts"])
        yield run, listing
        before = listing["before"]
        if before is None:
            return
        earlier = Path(before["folder"])
        if not (earlier / LISTING).is_file() or _digest(earlier / LISTING) != before["sha256"]:
            raise DataError(
                f"{run} was judged against {earlier}, which is not there any more as it was: put it back, or give "
                f"--reference {run / KEPT} to compare with its own rows alone."
            )
        run = earlier


def _listing(run: Path) -> dict[str, Any]:
    if not (run / DONE).exists():
        raise DataError(f"the curation {run} has not finished: go on with it by --resume before you compare with it.")
    try:
        found: dict[str, Any] = json.loads((run / LISTING).read_text(encoding="utf-8"))
        found["sketches"], found["before"], [(each["file"], each["rows"], each["sha256"]) for each in found["parts"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataError(f"{run / LISTING} cannot be read: give --reference {run / KEPT} instead.") from error
    return found


def _check(run: Path, parts: Sequence[dict[str, Any]]) -> None:
    for each in parts:
        path = run / KEPT / each["file"]
        if not path.is_file() or _digest(path) != each["sha256"]:
            missing = "is missing" if not path.is_file() else "is not what the index says"
            raise DataError(
                f"{path} {missing}: put it back as the curation wrote it, or give --reference {run / KEPT} to compare "
                "with what is there now."
            )


def _is_curation(path: str | Path) -> bool:
    return (Path(path).expanduser() / LISTING).is_file()


def _told(path: Path) -> dict[str, Any]:
    import pyarrow.parquet as pq

    return {"rows": pq.read_metadata(path).num_rows, "sha256": _digest(path)}


def _digest(path: Path) -> str:
    """Of a file's size and its end, which no program changes without the other: an index may be as large as a disk."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - FOOT))
        return hashlib.sha256(str(size).encode() + file.read()).hexdigest()


def _linked(source: Path, target: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):  # another disk
        os.link(source, target)
        return
    partial = target.with_suffix(".part")
    shutil.copyfile(source, partial)
    partial.replace(target)
