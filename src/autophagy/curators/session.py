"""What audit and curate begin with: the rows of a spec on disk, those that it compares with, and who judges them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from ..core.machine import available_cores, surroundings
from ..core.parts import Part
from ..core.registry import find, load_plugin
from ..data.stored.corpus import Hands, StoredCorpus
from ..data.stored.gather import Gathered, digests, gather
from .rule import Bench, rule
from .tally import Tallies, tally

CORPUS = "corpus"  # the folder of the rows that are judged

Told = Callable[[str, Sequence[str]], None]


class Judged(Protocol):
    """The spec of rows that curators judge."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The files and folders of the rows."""

    @property
    def column(self) -> str | None:
        """The column that holds the text."""

    @property
    def reference(self) -> str | None:
        """The rows to compare with."""

    @property
    def seed(self) -> int:
        """The root of all random numbers."""

    @property
    def plugins(self) -> tuple[str, ...]:
        """The user's files that register curators."""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The curators in their order."""


@dataclass(frozen=True)
class Session:
    """The rows that were read, those they are compared with, and what the curators found in them."""

    gathered: Gathered
    reference: StoredCorpus | None
    bench: Bench
    found: Tallies


def facts_of(spec: Judged, files: Sequence[str | None]) -> Mapping[str, Any]:
    """What the result depends on beside the spec; raises UsageError for a curator that cannot be built."""
    for path in spec.plugins:
        load_plugin(path)
    for part in spec.parts:
        find("curator", part.name).build(part.settings)
    named = [each for each in (*spec.paths, spec.reference, *files) if each is not None]
    return surroundings(spec.plugins, available_cores()) | {"files": digests(named)}


def judge(spec: Judged, work: Path, hands: Hands, tell: Told | None, *, chain: bool) -> Session:
    """Read the rows into the folder `work` and let every curator judge them (see Bench for `chain`)."""
    gathered = gather(spec.paths, work / CORPUS, spec.column, hands)
    if tell:
        tell(", ".join(map(str, spec.paths)), gathered.notes)
    real = gather([spec.reference], work / "reference", None, hands).corpus if spec.reference else None
    bench = Bench(spec.parts, real, chain, spec.seed, spec.plugins)
    rule(gathered.corpus, bench)
    return Session(gathered, real, bench, tally(gathered.corpus, bench.labels, real))
