"""The two laws of word counts: Zipf's, of how frequent words are, and Heaps', of how many there are."""

import numpy as np

from ..core.decorators import metric
from ..core.errors import DataError
from ..core.figures import Figure
from ..core.samples import Array
from ..features.features import Features
from .amounts import counts, generated_tokens

FLATTEST = 1e-4  # the smallest a - 1 that is tried: a Zipf exponent of 10,000
TOLERANCE = 1e-9  # of log(a - 1): far below what the counts of any text determine
STEEPEST = 60.0  # past this exponent a second occurrence has no weight that a float could hold
DOUBLINGS = 5  # the growth that the Heaps exponent is read from: the last five doublings of the text


@metric(
    "exponents",
    of="text",
    group="Words and tails",
    better="real",
    figures={
        "zipf": Figure("Zipf exponent", "How steeply the frequency of words falls with their rank.", bounds=(0, None)),
        "heaps": Figure("Heaps exponent", "How fast new words appear as the text grows."),
    },
)
def exponents(
    reference: Features, generated: Features, rng: np.random.Generator, *, words: int | None = None
) -> dict[str, float]:
    """Zipf and Heaps exponents: how fast word frequency falls with rank, and how fast new words appear as a text grows.

    `zipf` is the exponent s of frequency ~ rank^-s, from the frequencies: a power law k^-a with a = 1 + 1/s, fitted
    to the numbers of occurrences k >= 1 of the types by maximum likelihood. `heaps` is the exponent of types ~
    tokens^b, by least squares on the expected number of types in 1/32, 1/16, ..., 1 of the tokens, drawn at random.
    The first `words` tokens count: as many as the reference has, 0 for all.
    Ref: Clauset et al. 2009, eq. 3.5; Moreno-Sánchez et al. 2016; Hurlbert 1971.
    """
    times = counts(generated_tokens(reference, generated, words))  # (types,)
    return {"zipf": zipf(times), "heaps": heaps(times)}


def zipf(counts: Array) -> float:
    """The exponent s = 1 / (a - 1) of the types' counts (types,) under P(k) = k^-a / zeta(a); 0 where all are 1."""
    from scipy.optimize import minimize_scalar  # a second to import, which every process of a run would spend
    from scipy.special import zetac

    mean_log = float(np.log(counts).mean())
    if mean_log == 0:
        return 0.0

    def loss(tail: float) -> float:  # the negative mean log-likelihood at a = 1 + exp(tail)
        a = 1 + np.exp(tail)
        return float(np.log1p(zetac(a)) + a * mean_log)

    best = minimize_scalar(
        loss, bounds=(np.log(FLATTEST), np.log(STEEPEST)), method="bounded", options={"xatol": TOLERANCE}
    )
    return float(np.exp(-best.x))


def heaps(counts: Array) -> float:
    """The slope of log E types over log tokens, between 1 and 0, for types that occur `counts` (types,) times."""
    total = int(counts.sum())
    sizes = np.unique([max(1, round(total / 2**k)) for k in range(DOUBLINGS + 1)])
    if len(sizes) < 2:
        raise DataError("the growth of a vocabulary cannot be read from one word: give longer texts.")
    growth = np.polyfit(np.log(sizes), np.log([expected_types(counts, int(size)) for size in sizes]), 1)
    return float(growth[0])


def expected_types(counts: Array, size: int) -> float:
    """The mean number of types in m tokens drawn without replacement: the sum over types of 1 - C(N-k, m) / C(N, m)."""
    from scipy.special import gammaln

    total = int(counts.sum())
    times, types = np.unique(counts, return_counts=True)  # (k,) counts that occur, and how many types have each
    rest = total - times
    possible = rest >= size
    # (k,) log C(rest, size) - log C(total, size), whose size! cancels
    log_absent = gammaln(rest[possible] + 1) - gammaln(rest[possible] - size + 1)
    log_absent += gammaln(total - size + 1) - gammaln(total + 1)
    return float(types.sum() - types[possible] @ np.exp(log_absent))
