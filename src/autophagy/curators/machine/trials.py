"""Trials: how a detector does on a domain, and on a generator, that none of its examples came from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...core.samples import Array
from ...statistics.auc import auc
from ...statistics.exact import exact_share
from ...statistics.intervals import Score
from ...statistics.reliability import calibration_error
from ...text.percent import percent, percent_within
from .crossing import By, folds, names
from .evidence import FALSE_ALARMS, SHORTEST, TextEvidence
from .examples import Examples
from .laws import Law


@dataclass(frozen=True, slots=True)
class TransferTrial:
    """What a detector did with texts of the sources or generators `name`, fitted and calibrated without them.

    `error` is the expected calibration error at even odds, `alarms` the share of human texts called machine in each
    source with its exact interval, `found` the share of the texts of models called so, `unknown` the share of all
    texts of which it said nothing.
    """

    by: By
    name: str
    auc: Score
    error: Score
    alarms: dict[str, Score]
    found: Score
    unknown: Score


def trials(
    examples: Examples,
    by: By,
    *,
    shortest: int = SHORTEST,
    false_alarms: float = FALSE_ALARMS,
    thresholds: By = "text",
    law: Law = "detector",
) -> list[TransferTrial]:
    """One trial for each source or generator, or group of them; none where the examples do not name two or more."""
    fold, known = folds(examples, by), names(examples, by)
    column = examples.source if by == "source" else examples.generator
    done = []
    for number in np.unique(fold):
        inside = fold == number
        group = [name for name in known if name in set(column[inside].tolist())]
        if not group or set(group) & set(column[~inside].tolist()):
            return []  # the names could not be parted
        rest = TextEvidence.fit(
            examples.take(~inside), shortest=shortest, false_alarms=false_alarms, thresholds=thresholds, law=law
        )
        named = inside & (np.isin(column, group) | ((by == "generator") & ~examples.machine))
        done.append(tried(rest, examples.take(named), by, ", ".join(group)))
    return done


def tried(evidence: TextEvidence, examples: Examples, by: By = "source", name: str = "") -> TransferTrial:
    """What evidence that was fitted elsewhere says of examples."""
    texts, machine = examples.texts.tolist(), examples.machine
    ratios = evidence.ratios(texts)
    said = np.array([not why for why in evidence.unknown(texts)], bool)
    called = evidence.called(texts)
    human = said & (ratios < evidence.low)
    return TransferTrial(
        by,
        name,
        auc(ratios, machine),
        calibration_error(1 / (1 + np.exp(-ratios)), machine, np.random.default_rng(0)),
        {str(source): _share(called[(examples.source == source) & ~machine]) for source in np.unique(examples.source)},
        _share(called[machine]),
        _share(~(called | human)),
    )


def own_alarms(
    examples: Examples,
    *,
    shortest: int = SHORTEST,
    false_alarms: float = FALSE_ALARMS,
    thresholds: By = "text",
    law: Law = "detector",
) -> dict[str, Score]:
    """The share of the human texts of each source called machine by what was fitted on other texts, its own source too.

    Each fold of texts is judged by evidence, with its thresholds, from the others; the interval is exact.
    """
    fold = folds(examples, "text")
    called = np.zeros(len(examples), bool)
    for number in np.unique(fold):
        inside = fold == number
        rest = TextEvidence.fit(
            examples.take(~inside), shortest=shortest, false_alarms=false_alarms, thresholds=thresholds, law=law
        )
        called[inside] = rest.called(examples.texts[inside].tolist())
    human = ~examples.machine
    return {str(name): _share(called[human & (examples.source == name)]) for name in np.unique(examples.source[human])}


def told_own(alarms: dict[str, Score]) -> str:
    """The false alarms in the sources of the examples, in words."""
    return f"on other texts of its own domains: false alarms {_alarms(alarms, '')}"


def told(found: Sequence[TransferTrial], by: By) -> str:
    """The trials of one kind in words; that nothing is known where there are none."""
    kind = "domain" if by == "source" else by
    if not found:
        return f"on a {kind} it was not trained on its errors are unknown: the examples do not name two"
    each = [
        f"{trial.name} AUC {trial.auc.value:.2f}, {percent(trial.found.value, 0)} of the models' texts found, "
        "false alarms " + _alarms(trial.alarms, trial.name)
        for trial in found
    ]
    return f"on a {kind} it was not trained on: {'; '.join(each)}"


def _alarms(alarms: dict[str, Score], name: str) -> str:
    return ", ".join(_alarm(source, score, name) for source, score in alarms.items() if score.n)


def _alarm(source: str, score: Score, name: str) -> str:
    where = f" in {source}" if source and source != name else ""
    return f"{percent_within(score.value, score.low, score.high, 1)} of {score.n:,} human texts{where}"


def _share(flags: Array) -> Score:
    return exact_share(int(flags.sum()), len(flags))
