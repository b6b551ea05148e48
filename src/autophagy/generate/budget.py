"""A budget: money, tokens or time that a generation may spend."""

import re
from dataclasses import dataclass
from typing import Literal, Self

from ..core.errors import UsageError

Unit = Literal["money", "tokens", "seconds"]
WRITTEN = re.compile(r"\s*([\d.,]+)\s*(k|M|K)?\s*([a-zA-Z$€]+)\s*")  # "500k tokens", "30min", "5$"
UNITS: dict[str, tuple[Unit, float]] = {
    "usd": ("money", 1.0), "$": ("money", 1.0), "eur": ("money", 1.0), "€": ("money", 1.0),
    "tok": ("tokens", 1.0), "token": ("tokens", 1.0), "tokens": ("tokens", 1.0),
    "s": ("seconds", 1.0), "sec": ("seconds", 1.0), "min": ("seconds", 60.0), "h": ("seconds", 3600.0),
}  # fmt: skip
SIZES = {"": 1.0, "k": 1e3, "m": 1e6}  # what a letter behind a number of a budget multiplies it by


@dataclass(frozen=True)
class Budget:
    """So much of a unit; money is in the currency of the price file."""

    amount: float
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "5usd", "2Mtok" or "30min"; raises UsageError for anything else."""
        found = WRITTEN.fullmatch(text)
        unit = UNITS.get(found[3].lower()) if found else None
        try:
            number = float(found[1].replace(",", "")) if found else 0.0
        except ValueError:
            number = 0.0
        if found is None or unit is None or number <= 0:
            raise UsageError(f"--budget {text} cannot be read: write an amount with its unit, as 5usd, 2Mtok or 30min.")
        return cls(number * SIZES[(found[2] or "").lower()] * unit[1], unit[0])


@dataclass
class Spent:
    """What was spent until now; `unpriced` replies have no price.

    Of `uncounted` replies nobody said how many tokens they took. A budget holds by our own count of them, which is no
    figure of the run.
    """

    money: float = 0.0
    tokens_in: float = 0.0
    tokens_out: float = 0.0
    seconds: float = 0.0
    unpriced: int = 0
    uncounted: int = 0
    guessed_tokens: float = 0.0
    guessed_money: float = 0.0

    @property
    def tokens(self) -> float:
        """All tokens that were counted."""
        return self.tokens_in + self.tokens_out

    def over(self, budget: Budget | None) -> bool:
        """Whether the budget is used up, by what was counted and what was guessed."""
        if budget is None:
            return False
        guessed = {"tokens": self.guessed_tokens, "money": self.guessed_money}.get(budget.unit, 0.0)
        return bool(getattr(self, budget.unit) + guessed >= budget.amount)
