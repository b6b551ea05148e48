"""A gate for data: how much of a finding a build lets pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ..core.errors import UsageError
from ..core.parts import did_you_mean
from ..core.written import amount
from ..text.percent import percent
from ..text.plural import plural


@dataclass(frozen=True)
class Limit:
    """A finding that a build fails on where more than this share of the rows has it; 0 for any row at all."""

    finding: str
    share: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "duplicates:5%", "duplicates:0.05" or "hidden"; raises UsageError where the share is none."""
        name, colon, share = text.partition(":")
        try:
            value = float(amount(share)) if colon else 0.0
        except (UsageError, TypeError, ValueError):
            value = -1.0
        if not name or not 0 <= value <= 1:
            raise UsageError(f"--fail-on {text} is no finding: write NAME or NAME:SHARE, as duplicates:5%.")
        return cls(name.strip(), value)

    def broken(self, document: Mapping[str, Any]) -> str:
        """Why a build fails, in a sentence; "" where it may go on. Raises UsageError for an unknown finding."""
        known = {each["curator"]: each for each in document["findings"]}
        if self.finding not in known:
            guess = did_you_mean(self.finding, known)
            raise UsageError(f"there is no finding {self.finding}{guess}: this audit has {', '.join(known)}.")
        found = known[self.finding]
        if found["share"] <= self.share:
            return ""
        rows = plural(found["count"], "row")
        share, most = percent(found["share"], 2), percent(self.share, 2)
        return f"{found['title'].lower()}: {rows} ({share}), and at most {most} may be."


def broken(limits: Iterable[Limit], document: Mapping[str, Any]) -> list[str]:
    """Every reason why a build fails."""
    return list(filter(None, (limit.broken(document) for limit in limits)))


def check(limits: Iterable[Limit], names: Iterable[str]) -> None:
    """Raise UsageError where a limit is of a finding that will not be looked for."""
    broken(limits, {"findings": [{"curator": name, "share": 0.0} for name in names]})
