"""Happy numbers: how many there are in a short interval."""

import numpy as np
from numpy.typing import NDArray

from ..core.decorators import suite
from ..core.errors import UsageError, must
from ..core.questions import Question

PROMPT = (
    "How many happy numbers are there between {low} and {high}? Think step by step and then answer within "
    '"\\boxed" (e.g, \\boxed{{10}}).'
)
LOW, SHORTEST = 500, 5  # where the ranges begin at least, and how many numbers they span at least


@suite("happy", strict="boxed", lenient="boxed:lenient=true", title="Happy numbers")
def happy(n: int, rng: np.random.Generator, *, high: int = 10_000, longest: int = 10) -> list[Question]:
    """How many happy numbers an interval of 5 to `longest` numbers holds, both ends counted.

    A number is happy where the sum of the squares of its digits, taken again and again, comes to 1. Intervals begin
    from 500 on and below `high`. Each answer is as frequent as any other while there are intervals that have it, so
    that a model that always says the same scores little.

    Ref: Chen, Zaharia and Zou (2023), "How is ChatGPT's behavior changing over time?".
    """
    must(LOW < high <= 1_000_000, "high", high, f"above {LOW} and at most a million")
    must(SHORTEST <= longest <= 100, "longest", longest, f"from {SHORTEST} to 100")
    lows, lengths = np.arange(LOW, high), np.arange(SHORTEST, longest + 1)
    first, length = (rng.permutation(np.stack(np.meshgrid(lows, lengths), axis=-1).reshape(-1, 2))).T
    if n > len(first):
        raise UsageError(f"the suite happy has only {len(first):,} intervals, not {n:,}: ask for fewer, or raise high.")
    less = np.concatenate([[0], np.cumsum(happy_numbers(high + longest))])  # how many happy numbers are less
    golds = less[first + length] - less[first]
    chosen = np.argsort(_turns(golds), kind="stable")[:n]
    return [_question(int(first[at]), int(first[at] + length[at] - 1), int(golds[at])) for at in chosen]


def happy_numbers(end: int) -> NDArray[np.bool_]:
    """Which of the numbers 0 to `end` - 1 are happy, (end,): all others but 0 come to a circle with 4 in it."""
    numbers = np.arange(max(end, 1_000))  # none of four digits or more becomes larger
    squares = np.zeros_like(numbers)
    rest = numbers.copy()
    while rest.any():
        squares += (rest % 10) ** 2
        rest //= 10
    while not np.isin(numbers, (0, 1, 4)).all():
        numbers = np.where(np.isin(numbers, (0, 1, 4)), numbers, squares[numbers])
    return np.asarray(numbers[:end] == 1)


def _turns(golds: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many intervals with the same answer come before each."""
    turns = np.empty_like(golds)
    for gold in np.unique(golds):
        own = np.flatnonzero(golds == gold)
        turns[own] = np.arange(len(own))
    return turns


def _question(low: int, high: int, gold: int) -> Question:
    return Question(f"happy/{low}-{high}", PROMPT.format(low=low, high=high), (str(gold),), type=str(gold))
