"""Machine: texts that read like those of models, on evidence from the user's own examples."""

from typing import Any

import numpy as np

from ...core.decorators import curator
from ...core.errors import UsageError, must
from ...core.names import File
from ...core.plugin import Verdict
from ...core.samples import Array, Samples
from ...data.readers.records import told_of
from ..likelihood import texts
from .crossing import By
from .evidence import FALSE_ALARMS, SHORTEST, TextEvidence
from .examples import Examples, count_words, left_out, matched, read_examples
from .laws import Law
from .trials import own_alarms, told, told_own, trials

Learned = tuple[TextEvidence, str]
_learned: dict[tuple[Any, ...], Learned] = {}  # by the settings, the last ones alone
MOST = 4_000  # examples that are learnt from: more hardly help, and cost each process its time


def learned(
    *,
    examples: str = "",
    false_alarms: float = FALSE_ALARMS,
    shortest: int = SHORTEST,
    thresholds: By = "text",
    law: Law = "detector",
) -> tuple[Any, Any]:
    """What is learned of the examples, with its settings, and the function that takes it in in another process."""
    settings = (examples, false_alarms, shortest, thresholds, law)
    return (settings, _fitted(*settings)), _take_in


def _take_in(known: tuple[tuple[Any, ...], Learned]) -> None:
    settings, found = known
    if settings not in _learned:
        _learned.clear()
        _learned[settings] = found


@curator(
    "machine",
    also=("ai", "detector"),
    of="text",
    title="Machine text",
    says="read like the examples of machine text",
    advice="Take it as evidence about the corpus and not about any author: look at the sources that hold most of them.",
    learns=learned,
    reads=lambda examples="", **_: [*told_of(examples), *left_out(examples)],
)
def machine(
    batch: Samples,
    reference: Samples,
    rng: np.random.Generator,
    *,
    examples: File = "",
    false_alarms: float = FALSE_ALARMS,
    shortest: int = SHORTEST,
    thresholds: By = "text",
    law: Law = "detector",
) -> Verdict:
    """Find texts that read like the texts of models among your `examples`, and say nothing where that is not sure.

    `examples` is a table with a column of texts and one that says who wrote each (`generation`, or `label`: human,
    machine), best with a `source` and a `generator` too. They are cut to equal lengths, and thresholds are set on
    examples that were held out, so that at most the share `false_alarms` of the human ones of any source lies above.
    The reason says first how the detector does on a domain and a generator that it was not trained on, and then its
    false alarms in each source of its own. The score (n,)
    is the calibrated probability of a model at even odds, 0.5 where nothing is known: of texts of fewer than `shortest`
    words, texts unlike all examples, and those between the thresholds. With `thresholds=source` they are set on
    sources that were held out: fewer texts are found, and a domain without examples has fewer false alarms. The `law`
    "detector" reads runs of words, "words" how often each occurs, "curvature" what a small language model makes of the
    text, which depends least on the domain and takes a second for some 250 tokens.

    It is evidence about a corpus. It is no verdict on one text, and none on an author.
    """
    if not examples:
        raise UsageError("machine needs examples: give examples=FILE, texts with a column that says human or machine.")
    must(0 < false_alarms < 1, "false_alarms", false_alarms, "a share above 0 and below 1")
    must(shortest >= 1, "shortest", shortest, "at least 1 word")
    x = texts(batch, "machine").tolist()
    evidence, reason = _fitted(examples, false_alarms, shortest, thresholds, law)
    ratios = evidence.ratios(x)
    why = evidence.unknown(x)
    between = [not each and evidence.low <= ratio <= evidence.high for each, ratio in zip(why, ratios, strict=True)]
    known = np.array([not each for each in why], bool) & ~np.array(between, bool)
    found = known & (ratios > evidence.high)
    score = np.where(known, _probability(ratios), 0.5)
    details = [
        f"reads like the machine examples: score {p:.2f}, threshold {_probability(evidence.high):.2f}"
        if like
        else f"unknown: {each or 'it lies between the thresholds'}"
        if not sure
        else ""
        for like, sure, each, p in zip(found, known, why, score, strict=True)
    ]
    return Verdict(~found, score, reason, np.array(details, np.dtypes.StringDType()), unknown=~known)


def _probability(ratio: Array | float) -> Array:
    """The probability of a model where both are equally likely beforehand."""
    from scipy.special import expit

    probability: Array = expit(ratio)
    return probability


def _fitted(*settings: Any) -> Learned:
    """The evidence from a file of examples, and what is to be known of it; learned once, in whichever process."""
    if settings not in _learned:
        _take_in((settings, _learn(*settings)))
    return _learned[settings]


def _learn(path: str, false_alarms: float, shortest: int, thresholds: By, law: Law) -> Learned:
    examples = chosen(read_examples(path), shortest).enough(f"{path}, of texts long enough to be judged,")
    evidence = TextEvidence.fit(examples, shortest=shortest, false_alarms=false_alarms, thresholds=thresholds, law=law)
    settings: Any = {"shortest": shortest, "false_alarms": false_alarms, "thresholds": thresholds, "law": law}
    said = [
        told(trials(examples, "source", **settings), "source"),
        told(trials(examples, "generator", **settings), "generator"),
        told_own(own_alarms(examples, **settings)),
    ]
    return evidence, "reads like the machine examples; " + "; ".join(said)


def chosen(examples: Examples, shortest: int) -> Examples:
    """The examples as they are learnt from: matched in length, long enough to be judged, and at most 4,000."""
    cut = matched(examples)
    long = cut.take(np.array([count_words(text) >= shortest for text in cut.texts.tolist()], bool))
    if len(long) <= MOST:
        return long
    return long.take(np.sort(np.random.default_rng(0).choice(len(long), MOST, replace=False)))
