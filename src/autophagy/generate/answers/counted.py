"""The answers to rows, counted by their state, and their pairs, of which none says the opposite of another."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .chosen import CONTRADICTORY, Pick

USABLE, FAILED, UNSETTLED = "usable", "failed", "unsettled"
WRONG, UNKNOWN = "verifier ", " cannot tell"  # before and behind the verifier's name, in why it drops an answer


@dataclass
class Answered:
    """The answers that came until now by their state.

    `identical` answers repeat another one to their row word by word, and in `all_identical` rows, of the `several` with
    two or more that are usable, all are one. `same` holds of each row the share of pairs of its answers that come to
    the same, where two or more can be read.
    """

    states: Counter[str] = field(default_factory=Counter)
    identical: int = 0
    several: int = 0
    all_identical: int = 0
    rows: int = 0
    same: list[float] = field(default_factory=list)
    _pairs: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # of each prompt

    @property
    def calls(self) -> Counter[str]:
        """The calls by their state: those that brought no answer that can be read are lost."""
        found = Counter({name: self.states[name] for name in (FAILED, UNSETTLED)})
        usable = sum(count for state, count in self.states.items() if state == USABLE or state.startswith(WRONG))
        return found + Counter(settled=usable, lost=self.states.total() - found.total() - usable)

    def count(self, states: Sequence[str], texts: Counter[str]) -> None:
        """Count the answers to a row by their states, and how often each usable text is among them."""
        self.rows += 1
        self.states.update(states)
        self.identical += texts.total() - len(texts)
        self.several += texts.total() > 1
        self.all_identical += len(texts) == 1 < texts.total()

    def agreed(self, finals: Sequence[str], times: Sequence[int]) -> None:
        """Note what share of pairs of answers come to the same, of what each comes to and how often it was given."""
        votes: Counter[str] = Counter()
        for final, count in zip(finals, times, strict=True):
            votes[final] += count if final else 0
        n = votes.total()
        if n > 1:
            self.same.append(sum(count * (count - 1) for count in votes.values()) / (n * (n - 1)))

    def paired(self, prompt: str, texts: Sequence[str], pick: Pick) -> tuple[str, str]:
        """The answer that the best is better than; or "" and why none is, such as an earlier pair of the opposite."""
        best, other = texts[pick.best], "" if pick.rejected is None else texts[pick.rejected]
        known = self._pairs.setdefault(prompt, set())
        why = CONTRADICTORY if (other, best) in known else pick.why
        if why:
            return "", why
        known.add((best, other))
        return other, ""
