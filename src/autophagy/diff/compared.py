"""One figure of two runs, and all that can be compared of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from ..results.scored import Where
from ..statistics.contrasts import Contrast
from ..statistics.intervals import Score
from ..statistics.significance import holm

Pairing = Literal["seed", "question", "row", "nothing"]
LEVEL = 0.05  # the share of pairs of equal runs in which anything may be found


@dataclass(frozen=True)
class Compared:
    """A figure of run A and of run B at one place, and B - A.

    `adjusted` is p after Holm's correction over all that is compared. `more` and `less` say in words what it means that
    B has more or less of it: "keeps more variety than".
    """

    where: Where
    metric: str
    title: str
    a: Score
    b: Score
    contrast: Contrast
    more: str = ""
    less: str = ""
    adjusted: float = math.nan

    @property
    def difference(self) -> Score:
        """B - A with its interval."""
        return self.contrast.score

    @property
    def differs(self) -> bool:
        """Whether the two runs differ beyond chance, allowing for everything that was compared."""
        return self.adjusted < LEVEL

    @property
    def says(self) -> str:
        """What B does in comparison with A, in words that A can follow."""
        words = self.more if self.difference.value > 0 else self.less
        side = "higher" if self.difference.value > 0 else "lower"
        return words or f"has a {side} {self.title} than"

    def json(self) -> dict[str, Any]:
        """The figure as the command line's JSON has it."""
        known = {"p": self.contrast.p, "p_adjusted": self.adjusted}
        return {
            "where": dict(self.where),
            "metric": self.metric,
            "title": self.title,
            **{name: score.json() for name, score in (("a", self.a), ("b", self.b), ("difference", self.difference))},
            **{name: p if math.isfinite(p) else None for name, p in known.items()},
            "differs": self.differs,
        }


@dataclass(frozen=True)
class Comparable:
    """All that can be compared of two runs, by what they are paired, why or why not, and what cannot be compared."""

    figures: Sequence[Compared]
    pairing: Pairing
    why: str
    alone: Sequence[str] = ()

    def corrected(self) -> "Comparable":
        """The same with p corrected over all figures that have one."""
        adjusted = holm([each.contrast.p for each in self.figures])
        figures = [replace(each, adjusted=p) for each, p in zip(self.figures, adjusted, strict=True)]
        return replace(self, figures=figures)
