"""What was made: rows that were kept and dropped, items that were no row, and the calls that brought them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..core.recipe import PoolRow, Refused
from .begun import Begun
from .calls import first_call
from .quotas import OVER

ENOUGH = "more than were wanted"


@dataclass(frozen=True, slots=True)
class MadeRow:
    """A row that was made: what it says, where it comes from, and why it was dropped, "" where it was kept.

    `answers` are those that could be chosen as its output, `chosen_by` says how that was done ("" where nobody was
    asked), and `rejected` is one that the output is better than; `unpaired` says why there is none.
    """

    row: PoolRow
    recipe: str
    call: str
    shown: tuple[str, ...]
    reason: str = ""
    score: float = 0.0
    nearest: str = ""
    mended: str = ""
    answers: tuple[str, ...] = ()
    chosen_by: str = ""
    rejected: str = ""
    unpaired: str = ""
    of: Mapping[str, str] = field(default_factory=dict, hash=False)  # what its recipe said of it, by FACTS

    @property
    def new(self) -> bool:
        """Whether it passed every check, wanted or not."""
        return self.reason in ("", ENOUGH) or self.over

    @property
    def over(self) -> bool:
        """Whether it passed every check and went beyond a quota."""
        return self.reason.startswith(OVER)

    @property
    def facts(self) -> dict[str, str]:
        """What a quota may be of, beside what the row itself says."""
        return {**self.of, "recipe": self.recipe, "call": first_call(self.call)}

    def line(self, model: str) -> dict[str, Any]:
        """The row with its origin as rows.parquet has it."""
        return {
            "id": self.row.id,
            "text": "\n\n".join(filter(None, (self.row.instruction, self.row.input, self.row.output))),
            "instruction": self.row.instruction,
            "input": self.row.input,
            "output": self.row.output,
            "recipe": self.recipe,
            "call": self.call,
            "parent": self.row.parent,
            "round": self.row.round,
            "shown": " ".join(self.shown),
            "nearest": self.nearest,
            "rouge_l": self.score,
            "mended": self.mended,
            "answers": json.dumps(self.answers, ensure_ascii=False),
            "chosen_by": self.chosen_by,
            "rejected": self.rejected,
            "generation": 1,
            "source": model,
        }


@dataclass
class Made:
    """What was made between two barriers: rows that were kept and dropped, items that were no row, and the calls."""

    kept: list[MadeRow] = field(default_factory=list)
    dropped: list[MadeRow] = field(default_factory=list)
    refused: list[tuple[str, str, Refused]] = field(default_factory=list)  # the recipe, the call, and what it was
    calls: int = 0
    failed: int = 0
    unsettled: int = 0
    lost: int = 0
    begun: dict[str, Begun] = field(default_factory=dict)  # by the id of the call

    def settle(self, row: MadeRow) -> None:
        """Put a row that was judged where it belongs."""
        (self.dropped if row.reason else self.kept).append(row)
        begun = self.begun[first_call(row.call)]
        begun.kept += not row.reason
        begun.new += row.new
        begun.lost.update([row.reason] if row.reason else [])
