"""The folder of a snapshot: an answer is paid for once, whatever kills the run.

`prompts.jsonl` has a line for each prompt, and `answers.jsonl` one for each answer, added as it comes. An answer that
failed stays there with its reason, and another line follows it when it is asked again. The empty file DONE comes last.
"""

from collections.abc import Mapping
from typing import Any

from ...core.errors import RecordError
from ...core.files import Line, read_lines
from ...core.folder import RunFolder
from ...core.logged import Log
from ...data.logs.snapshot import ANSWERS, PROMPTS, Key, last_lines, read_snapshot, settled
from .spec import SnapshotSpec

PAGE = "report.html"


class SnapshotRecord(RunFolder):
    """The run folder of a snapshot; `autophagy.run` writes it."""

    spec_type = SnapshotSpec
    shown_by = "autophagy.drift.snapshot.result"
    drawn_by = "snapshot"
    journal = ANSWERS
    holds = (PROMPTS, PAGE)

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """The suites and files, and the model."""
        return ", ".join(map(str, fields["suites"])), str(fields["model"])

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """The digests of the prompts of each task, of the weights of a local model, and of the plug-in files."""
        prompts = {f"a prompt of {task}": digest for task, digest in environment["digests"].items()}
        weights = {f"the file {name} of the model": digest for name, digest in environment["weights"].items()}
        return prompts | weights | RunFolder.depends_on(environment)

    def steps(self, fields: Mapping[str, Any]) -> tuple[int, int]:
        """The answers that are there, and all that are to be."""
        return len(self.settled()), int(self.environment().get("answers", 0))

    def lines(self) -> dict[Key, Line]:
        """The line of each answer that was asked for, which may hold why there is none; raises RecordError."""
        try:
            return last_lines(read_lines(self.folder / ANSWERS))
        except KeyError as error:
            raise RecordError(f"{self.folder / ANSWERS} has a line without {error}: record it once more.") from error

    def settled(self) -> set[Key]:
        """The answers that need not be asked for again."""
        return {key for key, line in self.lines().items() if settled(line)}

    def log(self) -> Log:
        """The recorded answers; raises DataError where there is none yet."""
        return read_snapshot(self.folder)
