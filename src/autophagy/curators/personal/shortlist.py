"""The texts that may hold a value: found at once by Hyperscan, or step by step by RE2 (see text.gate)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from ...core.samples import Array
from ...text.column import taken
from ...text.gate import at_once, by_re2
from .forms import AROUND, MAILED, STARTS, Form

# the digits of a number, with marks between them; looking ahead is quicker than trying
SEVERAL = 32  # letters of a chain that may be a number and something before or behind it; a longer one is a row of them
CHAIN = re.compile(r"[0-9](?=[0-9 ()./-]{6})(?:[ ()./-]{0,2}[0-9]){6,}")


class Shortlist(NamedTuple):
    """Some of the texts: their numbers among all, the column of them, by pattern which hold it, and chains of digits.

    The patterns are those that were sought at once. Where none were, RE2 seeks each when it is asked for; else one that
    was not sought lets all texts pass.
    """

    every: Array | Sequence[str]
    numbers: Sequence[int]
    column: Any
    found: Mapping[str, set[int]]
    chains: dict[int, list[tuple[int, int]]]

    def holding(self, pattern: str) -> "Shortlist":
        """Those of them that may hold the pattern."""
        if self.found:
            held = self.found.get(pattern)
            some = self.numbers if held is None else sorted(held.intersection(self.numbers))
            return self._replace(numbers=some)
        rows = by_re2(self.column, pattern)
        numbers = [self.numbers[row] for row in rows]
        return self._replace(numbers=numbers, column=taken(self.column, rows))

    def matches(self, form: Form) -> Iterator[tuple[int, int, int]]:
        """The text's number, the start and end of each match of a form that can be one, by its cue if it has any."""
        exact, near = re.compile(form.pattern, re.ASCII), re.compile(form.cue, re.IGNORECASE)
        for number in self.holding(form.rough).numbers:
            text = str(self.every[number])
            parts = self._around_chains(number, text) if form.chained else [()]
            for match in chain.from_iterable(_possible(exact, form, text, *part) for part in parts):
                if not form.cue or near.search(text, max(0, match.start() - AROUND), match.start()):
                    yield number, *match.span()

    def _around_chains(self, number: int, text: str) -> list[tuple[int, int]]:
        if number not in self.chains:
            self.chains[number] = [(max(0, part.start() - 1), part.end() + 1) for part in CHAIN.finditer(text)]
        return self.chains[number]


def _possible(exact: re.Pattern[str], form: Form, text: str, *part: int) -> Iterator[re.Match[str]]:
    """The matches that pass the check. Behind a short number that does not, as a year before a card, it is tried again.

    In a long row of numbers it is not: one of ten groups that follow each other passes a check by chance.
    """
    start, *end = part or (0,)
    again = not end or end[0] - start <= SEVERAL
    while match := exact.search(text, start, *end):
        possible = form.check(form.bare(match[0]))
        if possible:
            yield match
        start = match.start() + 1 if again and not possible else match.end()


def starting(known: Any) -> tuple[list[int], list[int]]:
    """The numbers of the texts of a column that may hold an address, and of those that may hold another value."""
    held = at_once(known, (MAILED, STARTS))
    either = [] if held else by_re2(known, f"{MAILED}|{STARTS}")
    return held.get(MAILED, either), held.get(STARTS, either)


def shortlist(every: Array | Sequence[str], numbers: Sequence[int], known: Any, patterns: tuple[str, ...]) -> Shortlist:
    """The texts of a column that have these numbers, in which the patterns are sought if all can be at once."""
    column = taken(known, numbers)
    found = {pattern: {numbers[row] for row in rows} for pattern, rows in at_once(column, patterns).items()}
    return Shortlist(every, numbers, column, found, {})
