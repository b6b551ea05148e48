"""Exact match and token F1, by the rules of the SQuAD evaluation."""

from collections import Counter
from collections.abc import Callable, Sequence

from ..text.normalised import normalised


def exact(text: str, answers: Sequence[str]) -> float:
    """1 where the text is one of the accepted answers once both are normalised, else 0.

    A question without answers accepts the empty text alone, which is how SQuAD 2.0 writes an abstention.

    Ref: Rajpurkar et al. (2016), section 6.1; Rajpurkar, Jia and Liang (2018), section 5.
    """
    said = normalised(text)
    return _best(answers, lambda gold: float(said == normalised(gold)))


def token_f1(text: str, answers: Sequence[str]) -> float:
    """The best F1 of the words shared with an accepted answer; without words on a side, 1 or 0 as both are empty.

    Ref: Rajpurkar et al. (2016), section 6.1.
    """
    said = normalised(text).split()
    return _best(answers, lambda gold: _overlap(said, normalised(gold).split()))


def _best(answers: Sequence[str], score: Callable[[str], float]) -> float:
    """The score of the answer that fits best, of those that are not empty once normalised."""
    return max(map(score, [answer for answer in answers if normalised(answer)] or [""]))


def _overlap(said: list[str], gold: list[str]) -> float:
    if not said or not gold:
        return float(said == gold)
    shared = (Counter(said) & Counter(gold)).total()
    return 2 * shared / (len(said) + len(gold))
