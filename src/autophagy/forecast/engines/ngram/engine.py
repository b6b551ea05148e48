"""Text from a table of word pairs, the table counted anew from what it wrote.

What is simulated is the law of passages of `length` words, each an independent walk: its first word from the share
of first words, every further word from the row of the word before it. The real chain is the table of a real text
with the text's word shares as its first words, so generation 1 already learns from passages of that chain, not from
the text itself. The counts of first words and of pairs are all that a fit needs, and they are drawn exactly,
including the random number of times that each word is stood at.
"""

from collections.abc import Sequence

import numpy as np

from ....core.errors import UsageError
from ...families import Quantity, family
from ...laws import ClosedForm
from ...plan import Floats, ForecastPlan, Trajectories
from ..descent import descent
from ..discrete.draws import Counts
from ..discrete.formulas import survival_rates
from ..discrete.laws import normal, temper
from .table import BigramTable, expected, follows, row_sums, table_of, write

CELLS = 1 << 22  # chains times pairs that are simulated together: 32 MiB an array
MOST_LENGTH = 10_000  # words of a passage: each is a step of every chain


def _laws(plan: ForecastPlan) -> Sequence[ClosedForm]:
    if plan.bias != 1:
        return []
    table, length = table_of(plan.settings["text"]), _length(plan)
    square, _ = descent(plan, lambda second, square, rows: 1.0)
    last = plan.rows(plan.generations)
    replaces = last.fixed == last.fresh == 0 and last.kept == 1 and last.total == plan.rows(1).fixed
    formula = "E[1 - sum p^2] of the first words = (1 - sum q^2) " + (
        "(1 - 1/n)^t" if replaces else "(1 - k(t)), k by the recursion of descent"
    )
    laws = [ClosedForm(formula, "Wright (1931); first words are independent rows", "first_heterozygosity", 1 - square)]
    if replaces:
        counts = plan.rows(1).fixed * expected(table, length)  # (pairs,), in all passages of a generation
        alive = np.array([-np.expm1(-counts * g).mean() for g in survival_rates(plan.generations)])
        off = "pairs are taken as rare and independent; the words before them die out too"
        text = "E[bigrams] = mean of 1 - exp(-c g_t), c the expected count of a pair"
        laws.append(ClosedForm(text, "Suresh et al. (2024), applied to pairs", "bigrams", alive, approximate=off))
    return laws


def _notes(plan: ForecastPlan) -> Sequence[str]:
    return [
        f"Samples are passages of {plan.settings['length']} words; the real law is the chain of word pairs counted "
        "from the text, not the text itself."
    ]


def _length(plan: ForecastPlan) -> int:
    length = plan.settings["length"]
    if not 2 <= length <= MOST_LENGTH:
        raise UsageError(f"length is {length}: give the words of a passage, from 2 to {MOST_LENGTH}.")
    return length


@family(
    "ngram",
    quantities={
        "bigrams": Quantity("word pairs alive", (0.0, 1.0), better="higher"),
        "types": Quantity("words alive", (0.0, 1.0), better="higher"),
        "entropy": Quantity("entropy of the next word", better=1.0),
        "total_variation": Quantity("total variation of the word pairs", (0.0, 1.0)),
        "first_heterozygosity": Quantity("heterozygosity of the first words", better=1.0),
    },
    roles={"risk": "total_variation", "variety": "entropy", "tails": "bigrams", "modes": "types"},
    chains=10,
    laws=_laws,
    notes=_notes,
)
def ngram(plan: ForecastPlan, rng: np.random.Generator, *, text: str = "", length: int = 16) -> Trajectories:
    """A table of word pairs, counted anew from the text that it writes; it starts from a real text.

    `bigrams` and `types` are the shares of the real pairs and words that are alive; `entropy` the entropy of the next
    word, over the real one; `total_variation` half the sum of |share - real share| over pairs;
    `first_heterozygosity` the chance that two passages begin with different words, over the real one. Bias is
    the temperature of every row.

    Ref: Suresh et al. (2024), "Rate of Model Collapse in Recursive Training", bigrams of a real text.
    """
    if plan.numbers.budget is not None:
        raise UsageError("a budget cuts whole passages, which counts of pairs do not hold: leave it out.")
    table, length = table_of(text), _length(plan)
    together = max(1, CELLS // len(table.follow))
    blocks = [min(together, plan.chains - start) for start in range(0, plan.chains, together)]
    runs = [_run(table, length, plan, chains, rng) for chains in blocks]
    return Trajectories(
        {name: np.concatenate([np.stack([step[name] for step in run]) for run in runs], axis=1) for name in runs[0][0]}
    )


def _run(
    table: BigramTable, length: int, plan: ForecastPlan, chains: int, rng: np.random.Generator
) -> list[dict[str, Floats]]:
    """The quantities of each generation."""
    real = expected(table, length)
    truth = np.broadcast_to(table.first, (chains, table.words)), np.broadcast_to(table.follow, (chains, len(real)))
    fixed = _Text(*write(table, *truth, plan.rows(1).fixed, length, rng))
    held, made, fitted = plan.rows(1).fixed, list[_Text](), fixed
    steps = [_measure(fitted, table, real)]
    for generation in plan.each(2):
        rows = plan.rows(generation)
        if rows.fixed not in (0, held):
            raise UsageError("ngram keeps all of its fixed passages or none: give fixed as a count.")
        if rows.synthetic:
            made.append(_Text(*write(table, *_law(fitted, table, plan.bias), rows.synthetic, length, rng)))
        if plan.numbers.memory == "all" and len(made) > 1:
            made = [made[0] + made[1]]
        made = made[-rows.kept :]
        parts = [*([fixed] if rows.fixed else []), *made]
        if rows.fresh:
            parts.append(_Text(*write(table, *truth, rows.fresh, length, rng)))
        fitted = sum(parts[1:], parts[0])
        steps.append(_measure(fitted, table, real))
    return steps


class _Text:
    """What is counted of a set of passages: first words (chains, words) and pairs (chains, pairs)."""

    def __init__(self, first: Counts, pairs: Counts) -> None:
        self.first, self.pairs = first, pairs

    def __add__(self, other: "_Text") -> "_Text":
        return _Text(self.first + other.first, self.pairs + other.pairs)


def _law(text: _Text, table: BigramTable, temperature: float) -> tuple[Floats, Floats]:
    """The fitted first-word and next-word shares, at that temperature."""
    first, follow = normal(text.first.astype(float)), follows(text.pairs, table)
    if temperature == 1:
        return first, follow
    filled = np.flatnonzero(np.diff(table.starts))  # words that some word follows: reduceat takes no empty rows
    most = np.zeros((len(follow), table.words))  # the largest share of each row, (chains, words)
    most[:, filled] = np.maximum.reduceat(follow, table.starts[filled], axis=1)
    most = most[:, table.source]
    # shares over the largest of their row, so that no power underflows in all of a row: (chains, pairs)
    logs = np.log(
        np.divide(follow, most, out=np.zeros_like(follow), where=most > 0),
        where=follow > 0,
        out=np.full_like(follow, -np.inf),
    )
    powers = np.exp(logs / temperature)
    sums = row_sums(powers, table)[:, table.source]
    return temper(first, temperature), np.divide(powers, sums, out=np.zeros_like(powers), where=sums > 0)


def _measure(text: _Text, table: BigramTable, real: Floats) -> dict[str, Floats]:
    """The quantities of one generation, each (chains,)."""
    from scipy.special import xlogy

    first, follow = _law(text, table, 1.0)
    joint, truth = normal(text.pairs.astype(float)), real / real.sum()  # shares of pairs, (chains, pairs) and (pairs,)
    seen = text.first > 0
    # a word that begins no passage is alive where some pair leads to it
    for chain, pairs in enumerate(text.pairs):
        seen[chain, table.target[pairs > 0]] = True
    return {
        "bigrams": (text.pairs > 0).mean(axis=1),
        "types": seen.mean(axis=1),
        "entropy": xlogy(joint, follow).sum(axis=1) / xlogy(truth, table.follow).sum(),
        "total_variation": np.abs(joint - truth).sum(axis=1) / 2,
        "first_heterozygosity": (1 - (first**2).sum(axis=1)) / (1 - (table.first**2).sum()),
    }
