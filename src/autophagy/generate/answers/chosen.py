"""Which of several answers to one row is the best, and which one it is better than: pure, so tested without a model."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

JUDGE, AGREEMENT, FIRST, ONLY, RECIPE = "judge", "agreement", "first", "only", "recipe"
ONE, NO_MAJORITY, AGREED = "one answer", "no majority", "all agree"
TIE, UNDECIDED, CONTRADICTORY = "all tie", "undecided", "contradictory"
Wins = Mapping[tuple[int, int], float]  # of two places 1 where the first won in both orders, 0 the second, 0.5 neither


@dataclass(frozen=True, slots=True)
class Pick:
    """The place of the best answer and how it was found, and the place of the one that it is better than.

    `rejected` is None where there is none, and `why` says why not.
    """

    best: int
    by: str
    rejected: int | None = None
    why: str = ""


def chosen(finals: Sequence[str], times: Sequence[int], wins: Wins | None = None) -> Pick:
    """The best of different answers by what a judge says of each two; without a judge, by the most frequent final one.

    `finals` holds what every answer comes to, "" where that cannot be read, and `times` how often it was given. With
    `wins`, NaN where nothing was decided, the best has the most wins less defeats; where none is ahead, the most
    frequent final answer decides, and then the order. An answer that the best beats only within a circle is none that
    it is better than.

    Ref: Wang et al. (2023), "Self-consistency improves chain of thought reasoning"; Prasad et al. (2024),
    "Self-consistency preference optimization", for the rarest final answer as the rejected one.
    """
    if len(finals) == 1:
        return Pick(0, ONLY, why=ONE)
    votes: Counter[str] = Counter()
    for final, count in zip(finals, times, strict=True):
        votes[final] += count if final else 0
    if wins is None:
        return _voted(finals, votes)
    beaten = {place: _beaten_by(place, wins) for place in range(len(finals))}
    lead = {place: len(beaten[place]) - sum(place in others for others in beaten.values()) for place in beaten}
    best = min(beaten, key=lambda place: (-lead[place], -votes[finals[place]], place))
    by = JUDGE if lead[best] > 0 else _voted(finals, votes).by
    worse = [place for place in beaten[best] if best not in _reached(place, beaten)]
    if worse:
        return Pick(best, by, min(worse, key=lambda place: (lead[place], -place)))
    if any(beaten.values()):
        return Pick(best, by, why=CONTRADICTORY)
    return Pick(best, by, why=TIE if all(won == 0.5 for won in wins.values()) else UNDECIDED)


def _voted(finals: Sequence[str], votes: Counter[str]) -> Pick:
    top = votes.most_common(2)
    most, count = top[0]
    if count < 2:
        return Pick(0, FIRST, why=NO_MAJORITY)
    best = finals.index(most)
    others = [place for place, final in enumerate(finals) if final not in ("", most)]
    if len(top) > 1 and top[1][1] == count:
        return Pick(best, AGREEMENT, why=TIE)
    if not others:
        return Pick(best, AGREEMENT, why=AGREED)
    return Pick(best, AGREEMENT, min(others, key=lambda place: (votes[finals[place]], -place)))


def _beaten_by(place: int, wins: Wins) -> set[int]:
    return {b for (a, b), won in wins.items() if a == place and won == 1} | {
        a for (a, b), won in wins.items() if b == place and won == 0
    }


def _reached(start: int, beaten: Mapping[int, set[int]]) -> set[int]:
    """All answers that one beats, or that one of those beats, and so on."""
    seen: set[int] = set()
    todo = [start]
    while todo:
        for place in beaten[todo.pop()] - seen:
            seen.add(place)
            todo.append(place)
    return seen
