"""Primes: as many primes as composite numbers, so that a model that always says the same scores one half."""

import numpy as np
from numpy.typing import NDArray

from ..core.decorators import suite
from ..core.errors import UsageError, must
from ..core.questions import Question

PROMPT = 'Is {number} a prime number? Think step by step and then answer "[Yes]" or "[No]".'


@suite("primes", strict="bracketed", lenient="bracketed:lenient=true", title="Primes and composites")
def primes(n: int, rng: np.random.Generator, *, low: int = 1_000, high: int = 20_000) -> list[Question]:
    """Whether numbers from `low` to `high` are prime: half of them are, and all are odd and no multiples of 5.

    Ref: Chen, Zaharia and Zou (2023), "How is ChatGPT's behavior changing over time?", whose first version asked of
    primes alone; Narayanan and Kapoor (2023) for what that hides.
    """
    must(2 <= low <= high <= 10_000_000, "low", f"{low}-{high}", "at least 2, and high from low to ten million")
    numbers = np.arange(low | 1, high + 1, 2)
    numbers = numbers[numbers % 5 > 0]
    prime = sieve(high)[numbers]
    each = [rng.permutation(numbers[prime]), rng.permutation(numbers[~prime])]
    most = 2 * min(map(len, each))
    if n > most:
        raise UsageError(
            f"the suite primes has only {most:,} numbers from {low:,} to {high:,}, half of them primes, not {n:,}: ask "
            "for fewer, or raise high."
        )
    return [_question(int(each[place % 2][place // 2]), place % 2 == 0) for place in range(n)]


def sieve(high: int) -> NDArray[np.bool_]:
    """Which of the numbers 0 to `high` are prime, (high + 1,)."""
    prime = np.ones(high + 1, bool)
    prime[:2] = False
    for factor in range(2, int(high**0.5) + 1):
        if prime[factor]:
            prime[factor * factor :: factor] = False
    return prime


def _question(number: int, prime: bool) -> Question:
    kind, gold = ("prime", "yes") if prime else ("composite", "no")
    return Question(f"primes/{number}", PROMPT.format(number=number), (gold,), type=kind, choices=("yes", "no"))
