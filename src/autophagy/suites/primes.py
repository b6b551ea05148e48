"""Primes: as many primes as composite numbers, so that a model that always says the same scores one half."""

import numpy as np

from ..core.decorators import suite
from ..core.questions import Question

PROMPT = 'Is {number} a prime number? Think step by step and then answer "[Yes]" or "[No]".'


@suite("primes", strict="bracketed", lenient="bracketed:lenient=true", title="Primes and composites")
def primes(n: int, rng: np.random.Generator, *, low: int = 1_000, high: int = 20_000) -> list[Question]:
    """Whether numbers are prime: half of them are, and the others are odd and no multiple of 5.

    Ref: Chen, Zaharia and Zou (2023), "How is ChatGPT's behavior changing over time?", whose first version asked of
    primes alone; Narayanan and Kapoor (2023) for what that hides.
    """
    sieve = np.ones(high + 1, bool)
    sieve[:2] = False
    for factor in range(2, int(high**0.5) + 1):
        if sieve[factor]:
            sieve[factor * factor :: factor] = False
    numbers = np.arange(low | 1, high + 1, 2)
    numbers = numbers[numbers % 5 > 0]
    each = {flag: rng.permutation(numbers[sieve[numbers] == flag]) for flag in (True, False)}
    return [_question(int(each[place % 2 == 0][place // 2]), place % 2 == 0) for place in range(n)]


def _question(number: int, prime: bool) -> Question:
    kind, gold = ("prime", "yes") if prime else ("composite", "no")
    return Question(f"primes/{number}", PROMPT.format(number=number), (gold,), type=kind, choices=("yes", "no"))
