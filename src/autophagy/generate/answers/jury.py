"""The judge of answers: each two of a row are compared in both orders, by calls that have a ledger of their own."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import combinations
from math import isnan, nan
from typing import Any

from ...core.parts import Part
from ...core.recipe import Request
from ...graders.judge import Judgement
from ...graders.preference import BETTER, preferred, prompt
from ...statistics.paired import proportion
from ..calls import Call, Ledger, Replied

REASON = 256  # tokens of a judge's reply: a short reason and the verdict
PREFERRED, TIES, INCONSISTENT, UNREADABLE, UNASKED = "preferred", "ties", "inconsistent", "unreadable", "unasked"
ASKED = Part("judge")


@dataclass(frozen=True, slots=True)
class Bout:
    """Different answers to one request, and the beginning of the ids of the calls that compare them."""

    id: str
    request: str
    answers: Sequence[str]

    def calls(self, a: int, b: int) -> tuple[Call, Call]:
        """The two calls that compare two of the answers, the first and the second of them read first."""
        return self._call(a, b), self._call(b, a)

    def _call(self, first: int, second: int) -> Call:
        text = prompt(self.request, self.answers[first], self.answers[second])
        return Call(f"{self.id}j{first + 1}.{second + 1}", ASKED, Request(text, REASON, 0.0))


@dataclass
class Jury:
    """A judge and what it said until now: `found` counts comparisons by how they ended, `calls` by their state.

    `favoured` counts the inconsistent ones in which both orders named the answer that was read first, or last.
    """

    ledger: Ledger
    found: Counter[str] = field(default_factory=Counter)
    favoured: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)

    def __call__(self, bouts: Sequence[Bout]) -> list[dict[tuple[int, int], float]]:
        """Of each two answers 1 where the first is better in both orders, 0 the second, 0.5 neither, else NaN."""
        pairs = [(bout, a, b) for bout in bouts for a, b in combinations(range(len(bout.answers)), 2)]
        asked = [bout.calls(a, b) for bout, a, b in pairs]
        replies = self.ledger.ask([call for both in asked for call in both])
        wins: dict[str, dict[tuple[int, int], float]] = {bout.id: {} for bout in bouts}
        for (bout, a, b), (first, second) in zip(pairs, asked, strict=True):
            marks = [self._mark(replies.get(call.id)) for call in (first, second)]
            judgement = Judgement(marks[0], 1 - marks[1])
            came = all(call.id in replies and not replies[call.id].error for call in (first, second))
            self._count(judgement, came)
            wins[bout.id][a, b] = judgement.mark if judgement.consistent == 1 else nan
        return [wins[bout.id] for bout in bouts]

    def _mark(self, reply: Replied | None) -> float:
        if reply is None or reply.error:
            self.calls["failed" if reply else "unsettled"] += 1
            return nan
        mark = preferred(reply.text)
        self.calls["lost" if isnan(mark) else "settled"] += 1
        return mark

    def _count(self, judgement: Judgement, came: bool) -> None:
        if isnan(judgement.mark):
            self.found[UNREADABLE if came else UNASKED] += 1
        elif not judgement.consistent:
            self.found[INCONSISTENT] += 1
            if {judgement.first, judgement.second} == {0.0, 1.0}:
                self.favoured["first" if judgement.first else "last"] += 1
        else:
            self.found[TIES if judgement.mark == 0.5 else PREFERRED] += 1

    def json(self) -> dict[str, Any]:
        """How the judge fared."""
        judged = sum(self.found[name] for name in (PREFERRED, TIES, INCONSISTENT))
        return {
            "model": self.ledger.model.name,
            "rubric": sha256(BETTER.encode()).hexdigest()[:16],
            "comparisons": self.found.total(),
            **{name: self.found[name] for name in (PREFERRED, TIES, INCONSISTENT, UNREADABLE, UNASKED)},
            "favoured_what_it_read": {name: self.favoured[name] for name in ("first", "last")},
            "consistent": proportion(judged - self.found[INCONSISTENT], judged).json(),
        }
