"""What is checked of every row: its fields, evaluation sets, curators, verifiers, and novelty, in this order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..core.names import one_setting
from ..core.parts import Part
from ..core.recipe import PoolRow
from ..core.registry import build, entries
from ..core.samples import Samples
from ..core.streams import stream
from ..curators.curate import checked, judged
from ..curators.pool import Pool
from .flow import Checked
from .made import MadeRow
from .verify import Verify

# marks of chat templates, which no row should hold
TEMPLATE = re.compile(r"<\|[a-z_]{2,20}\|>|\[/?INST\]|</?s>|<(?:start|end)_of_turn>", re.IGNORECASE)
LINES, RUNS = 20, 100  # lines and runs of words in a row, of which a fourth are different: it had run into a circle
RUN = 4  # words
KEPT = ("", 0.0, "")  # no reason to drop it, no likeness, and no row that it is like
NOT_NEW = "not new"


@dataclass
class Checks:
    """The checks of a run; rows that passed are remembered, so that later ones are held against them, too.

    `verify` judges answers before a row is held against the others, so that a wrong row keeps no right one out.
    """

    seeds: Sequence[PoolRow]
    novelty: float
    curators: Sequence[Part] = ()
    against: Sequence[str] = ()
    seed: int = 0
    verify: Verify | None = None
    _pool: Pool = field(init=False)
    _names: list[str] = field(init=False)
    _judges: dict[str, Any] = field(init=False)
    _real: Samples = field(init=False)
    _batches: int = 0

    def __post_init__(self) -> None:
        self._pool = Pool(self.novelty)
        self._pool.extend([text_of(row) for row in self.seeds])
        self._names = [row.id for row in self.seeds]
        self._real = samples_of(self.seeds)
        parts = [*self.curators, *_unasked(self.curators)]
        if self.against:
            parts.insert(0, Part("contamination", {"against": one_setting(self.against)}))
        self._judges = {str(part): build("curator", part) for part in parts}

    def __call__(self, rows: Sequence[MadeRow]) -> list[Checked]:
        """Why each row is dropped, "" where it is kept, its largest ROUGE-L with a row before it, and with which."""
        self._batches += 1
        found: list[Checked] = [(fault(each.row), 0.0, "") for each in rows]
        for label, judge in self._judges.items():
            self._curated(label, judge, rows, found)
        if self.verify:
            places = [place for place, (reason, *_) in enumerate(found) if not reason]
            for place, reason in zip(places, self.verify([rows[place].line("") for place in places]), strict=True):
                found[place] = (reason, 0.0, "")
        self._novel(rows, found)
        return found

    def alone(self, rows: Sequence[MadeRow]) -> list[str]:
        """Why rows that passed and have another output now may not stand, "" where they may.

        Curators look at it that judge single rows, and novelty does not, since it is about what is asked.
        """
        found: list[Checked] = [(fault(each.row), 0.0, "") for each in rows]
        for label, judge in self._judges.items():
            if label.partition(":")[0] in ("contamination", *_looks()):
                self._curated(label, judge, rows, found)
        return [reason for reason, *_ in found]

    def _curated(self, label: str, judge: Any, rows: Sequence[MadeRow], found: list[Checked]) -> None:
        places = [place for place, (reason, *_) in enumerate(found) if not reason]
        if not places:
            return
        batch = samples_of([rows[place].row for place in places])
        rng = stream(self.seed, f"check {label}", self._batches)
        verdict = checked(label, judged(judge, batch, self._real, rng), len(places))
        for place, keep in zip(places, verdict.keep.astype(bool), strict=True):
            if not keep:
                found[place] = (label.partition(":")[0], 0.0, "")

    def _novel(self, rows: Sequence[MadeRow], found: list[Checked]) -> None:
        """Hold the rows that are left against the pool, one after the other."""
        places = [place for place, (reason, *_) in enumerate(found) if not reason]
        admission = self._pool.admit([text_of(rows[place].row) for place in places])
        for at, place in enumerate(places):
            partner = int(admission.partner[at])
            self._names += [rows[place].row.id] if admission.novel[at] else []
            nearest = self._names[partner] if partner >= 0 else ""
            found[place] = ("" if admission.novel[at] else NOT_NEW, float(admission.score[at]), nearest)


def _unasked(named: Sequence[Part]) -> list[Part]:
    """The curators that look at single rows and that nobody named."""
    return [Part(name) for name in _looks() if name not in {part.name for part in named}]


def _looks() -> list[str]:
    """The curators that look at the rows of any corpus one by one: hidden text, injections, personal data, others."""
    known = [each for each in entries("curator").values() if each.facts.audits and each.of != "numbers"]
    return [each.name for each in known if each.facts.over == "rows"]


def fault(row: PoolRow) -> str:
    """What is wrong with a row by itself, "" for nothing."""
    text = "\n".join(filter(None, (row.instruction, row.input, row.output)))
    if not text.strip():
        return "empty"
    if TEMPLATE.search(text):
        return "template tokens"
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) >= LINES and len(set(lines)) * 4 <= len(lines):
        return "one line again and again"
    words = text.split()
    runs = len(words) - RUN + 1
    if runs >= RUNS and len(set(zip(*(words[place:] for place in range(RUN)), strict=False))) * 4 <= runs:
        return "the same words again and again"
    if row.instruction and row.output.strip() == row.instruction.strip():
        return "output is the instruction"
    return ""


def text_of(row: PoolRow) -> str:
    """What makes a row a new one: its instruction with its input, or its text where it has none."""
    return "\n".join(filter(None, (row.instruction, row.input))) or row.output


def whole_text(row: PoolRow) -> str:
    """All that a row says."""
    return "\n".join(filter(None, (row.instruction, row.input, row.output)))


def samples_of(rows: Sequence[PoolRow]) -> Samples:
    """Rows as curators see them."""
    column = np.array([row.id for row in rows], np.dtypes.StringDType())
    return Samples.of(np.array([whole_text(row) for row in rows], np.dtypes.StringDType()), id=column)
