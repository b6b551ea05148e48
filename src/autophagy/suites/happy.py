"""Happy numbers: how many there are in a short interval."""

import numpy as np

from ..core.decorators import suite
from ..core.questions import Question

PROMPT = (
    "How many happy numbers are there between {low} and {high}? Think step by step and then answer within "
    '"\\boxed" (e.g, \\boxed{{10}}).'
)


@suite("happy", strict="boxed", lenient="boxed:lenient=true", title="Happy numbers")
def happy(n: int, rng: np.random.Generator, *, high: int = 10_000, longest: int = 10) -> list[Question]:
    """How many happy numbers an interval of 5 to `longest` numbers holds, both ends counted.

    A number is happy where the sum of the squares of its digits, taken again and again, comes to 1.

    Ref: Chen, Zaharia and Zou (2023), "How is ChatGPT's behavior changing over time?".
    """
    spans: dict[tuple[int, int], None] = {}
    while len(spans) < n:
        low = int(rng.integers(500, high))
        spans[low, low + int(rng.integers(5, longest + 1)) - 1] = None
    return [_question(*span) for span in spans]


def _question(low: int, high: int) -> Question:
    gold = str(sum(is_happy(number) for number in range(low, high + 1)))
    return Question(f"happy/{low}-{high}", PROMPT.format(low=low, high=high), (gold,), type=gold)


def is_happy(number: int) -> bool:
    """Whether the squares of a number's digits come to 1 in the end; all others come to a circle with 4 in it."""
    while number not in (1, 4):
        number = sum(int(digit) ** 2 for digit in str(number))
    return number == 1
