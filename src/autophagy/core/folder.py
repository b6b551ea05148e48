"""The folder of a run, whatever the verb: claimed by one process, of one spec, and closed by the empty file DONE.

`spec.toml` says what was asked for and `environment.json` what else the result depends on; the verb adds its own files.
Every file is written under another name and renamed, and lines are appended whole, so a kill at any moment loses
nothing that was finished.
"""

import fcntl
import json
import logging
import shutil
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

import tomli_w

from .errors import AutophagyError, RecordError, UsageError
from .files import drop_torn, read_lines, unwritable, write_json, writing
from .memory import NAME
from .spec import Spec
from .underway import underway

SPEC, ENVIRONMENT, DONE, LOCK = "spec.toml", "environment.json", "DONE", ".lock"
HEADLINE = "headline.json"  # what a finished run leaves for a list of many
FOOTPRINT = "footprint.jsonl"  # what each session took in energy, on which no result depends
ASKED = "asked.jsonl"  # what served models have answered that stands in no result yet
TRACKING, EVENTS = "tracking.json", "tensorboard"  # what experiment trackers call the run, and what one of them writes

LOG = logging.getLogger(__name__)


class RunFolder:
    """A run folder to be read; a verb's record says of what kind it is and adds what its own files hold.

    `spec_type` is the spec that it was made for, `journal` the JSON-lines file in which each line stands for something
    finished ("" where the result comes all at once), `holds` names every other file and folder of the verb, and
    `shown_by` the module whose `result` makes tables, sentences and charts of it. `drawn_by` is the room of the report
    whose page takes run folders of the kind, "" where the verb draws its page by itself.
    """

    spec_type: ClassVar[type[Spec]]
    journal: ClassVar[str] = ""
    holds: ClassVar[tuple[str, ...]] = ()
    shown_by: ClassVar[str]
    drawn_by: ClassVar[str] = ""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.folder)!r})"

    @property
    def done(self) -> bool:
        """Whether the run is complete."""
        return (self.folder / DONE).exists()

    @property
    def begun(self) -> bool:
        """Whether there is something that a later run can go on from."""
        return (self.folder / ASKED).exists() or bool(self.journal and read_lines(self.folder / self.journal))

    def spec(self) -> Any:
        """The spec that the folder was made for; raises UsageError where there is none."""
        return self.spec_type.from_toml(self.folder / SPEC)

    def result(self) -> Any:
        """What the run found, as its verb's result."""
        return import_module(self.shown_by).result(self)

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """What a run with these fields of a spec is of: its data, "" for none, and its model."""
        return "", str(fields.get("model", ""))

    def steps(self, fields: Mapping[str, Any]) -> tuple[int, int]:
        """How many steps are done, and how many there are by the fields of its spec, 0 where that is unknown."""
        return int(self.done), 1

    def environment(self) -> dict[str, Any]:
        """Versions, processor, commit and the facts of the data; raises RecordError where they cannot be read."""
        return self.read_json(ENVIRONMENT)

    def read_json(self, name: str) -> dict[str, Any]:
        """A JSON object of the folder; raises RecordError where it cannot be read."""
        try:
            loaded: dict[str, Any] = dict(json.loads((self.folder / name).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise RecordError(f"{self.folder} has no readable {name}: give the folder of a run.") from error
        return loaded

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digest of all that a result depends on beside its spec, by what a sentence calls it."""
        return {f"the plug-in {path}": digest for path, digest in environment["plugins"].items()}

    def check(self, spec: Spec, environment: Mapping[str, Any], resume: bool) -> None:
        """Raise RecordError where the folder cannot take a run of this spec and of these data."""
        folder = self.folder
        if folder.is_file():
            raise RecordError(f"{folder} is a file: give --out a folder.")
        names = {path.name for path in folder.glob("[!.]*")}
        if SPEC not in names:
            # what was killed before its spec.toml was written had finished nothing
            if self.begun or {name for name in names if not NAME.fullmatch(name)} - {ENVIRONMENT, *self.holds}:
                raise RecordError(f"{folder} is not empty and not a run folder: give --out another folder.")
            return
        try:
            old = tomllib.loads((folder / SPEC).read_text(encoding="utf-8"))
            before = self.depends_on(self.environment())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RecordError(f"{folder} has a damaged spec or environment: give --out another folder.") from error
        new = spec.to_dict()
        if old != new:
            changed = ", ".join(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))
            raise RecordError(f"{folder} holds a run of another spec ({changed} differ): give --out another folder.")
        for what, digest in self.depends_on(environment).items():
            if before.get(what) != digest:
                raise RecordError(f"{what} changed after {folder} was begun: give --out another folder.")
        if not resume:
            state = "a finished" if self.done else "an unfinished"
            raise RecordError(f"{folder} holds {state} run of this spec: add --resume, or give --out another folder.")


Facts = dict[str, Any]


@contextmanager
def opened(
    record: RunFolder, spec: Spec, environment: Facts, resume: bool, begin: Callable[[], Facts] | None = None
) -> Iterator[None]:
    """Make the folder, or go on with it, as the only process that writes to it.

    `environment` holds at least what the result depends on; where the run is new, `begin` is called in the claimed
    folder and adds what takes time to find out; where it is not, what a kill left unfinished is dropped. Raises
    RecordError for a folder that is in use or of something else, and leaves it as it is. A run that ends in an error
    before anything is finished leaves nothing behind.
    """
    folder = record.folder
    try:
        record.check(spec, environment, resume)
    except OSError as error:
        raise unwritable(folder, error) from error
    with claimed(folder) as made:
        new = not (folder / SPEC).exists()
        LOG.debug("%s %s, spec %s", "a new run in" if new else "going on with", folder, spec.digest[:8])
        try:
            if new:
                write_json(folder / ENVIRONMENT, environment | _keep(spec, folder))
            else:
                mend(folder)
            with underway(folder / ENVIRONMENT):
                if new:
                    facts = begin() if begin else {}
                    write_json(folder / ENVIRONMENT, record.environment() | facts)
                    with writing(folder / SPEC) as file:
                        tomli_w.dump(spec.to_dict(), file)
                yield
        except (AutophagyError, MemoryError) as error:
            if new and isinstance(error, UsageError):  # such a spec ends here again: what was asked for it is of no use
                (folder / ASKED).unlink(missing_ok=True)
            if new and not record.begun:
                _take_back(record, made)
            raise


def _keep(spec: Spec, folder: Path) -> Facts:
    """Write the data that were given in memory beside the spec, under the names that it knows them by."""
    facts = {}
    for field, data in spec.in_memory.items():
        with writing(folder / data) as file:
            file.write(data.content())
        facts[field] = {"file": str(data), "origin": data.origin, "digest": data.digest, "shape": data.shape}
    return {"in_memory": facts} if facts else {}


def _take_back(record: RunFolder, made: Sequence[Path]) -> None:
    """Remove what a run that finished nothing has written, and the folders that were made for it."""
    names = [*filter(None, (record.journal, *record.holds, HEADLINE, TRACKING, EVENTS, FOOTPRINT, SPEC))]
    names += [ENVIRONMENT, LOCK]
    with suppress(OSError):
        names += [path.name for path in record.folder.iterdir() if NAME.fullmatch(path.name)]
        for path in map(record.folder.joinpath, names):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        for folder in made:
            folder.rmdir()


@contextmanager
def claimed(folder: Path) -> Iterator[list[Path]]:
    """A folder that no other process writes to meanwhile; yields those that were made for it.

    Raises RecordError where it is in use or cannot be made.
    """
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("w")
    except OSError as error:
        raise unwritable(folder, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RecordError(f"{folder} is in use by another process: wait for it to end.") from error
        yield missing


def mend(folder: Path) -> None:
    """Drop the torn last line of a JSON-lines file, which a kill leaves behind, and files that were not finished."""
    for path in folder.glob("*.jsonl"):
        drop_torn(path)
    for part in folder.rglob(".*.part"):
        part.unlink()


def close(record: RunFolder) -> None:
    """Leave the headline of the run where a list of many finds it, and mark the run as complete."""
    (record.folder / ASKED).unlink(missing_ok=True)
    with suppress(AutophagyError):  # such as a price file that is gone: the run is complete all the same
        headline = record.result().headline_score
        write_json(record.folder / HEADLINE, headline.json() if headline else {})
    with writing(record.folder / DONE):
        pass
