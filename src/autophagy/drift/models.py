"""Which model is held against which: two snapshots of one family, two logs, or those that are named."""

import itertools
import re
from collections.abc import Sequence

from ..core.errors import DataError, UsageError
from ..core.parts import did_you_mean

DATED = re.compile(r"[-@:_.]?(\d{4}-\d{2}-\d{2}|\d{8}|\d{6}|\d{4})$")  # gpt-4-0613, gpt-4o-2024-05-13, ...@20240229

ModelPair = tuple[str, str]


def model_pairs(
    before: Sequence[str], after: Sequence[str] | None, chosen: tuple[str, str] = ("", "")
) -> list[ModelPair]:
    """The models before and after, pair by pair; `after` is None where one log holds both.

    In one log the snapshots of a family follow each other by the date in their names; two models are compared in the
    order of the log. In two logs a model is held against itself, or against another snapshot of its family.
    `chosen` names the models, "" where that is left open. Raises UsageError or DataError where there is no pair.
    """
    later = before if after is None else after
    if any(chosen):
        return [(_named(chosen[0], before, "--from"), _named(chosen[1], later, "--to"))]
    if not before or not later:
        raise DataError("the log holds no answer: give one that does.")
    pairs = _within(before) if after is None else _across(before, later)
    if not pairs:
        every = ", ".join(dict.fromkeys([*before, *later]))
        if after is None and len(set(before)) == 1:
            raise UsageError(f"all answers are of one model, {every}: give the answers after as a second log.")
        raise UsageError(f"it is not clear which of {every} to compare: name two of them with --from and --to.")
    return pairs


def family(model: str) -> str:
    """The name of a model without its date."""
    return DATED.sub("", model)


def _within(models: Sequence[str]) -> list[ModelPair]:
    families: dict[str, list[str]] = {}
    for model in models:
        families.setdefault(family(model), []).append(model)
    dated = [sorted(each) for each in families.values()]
    pairs = [pair for each in dated for pair in itertools.pairwise(each)]
    return pairs or ([(models[0], models[1])] if len(models) == 2 else [])


def _across(before: Sequence[str], after: Sequence[str]) -> list[ModelPair]:
    if len(before) == len(after) == 1:
        return [(before[0], after[0])]
    same = [(model, model) for model in before if model in after]
    return same or [(old, new) for old in before for new in after if family(old) == family(new)]


def _named(model: str, known: Sequence[str], flag: str) -> str:
    """A model of a log by its name, or the only one where none is named."""
    if model in known:
        return model
    if not model and len(known) == 1:
        return known[0]
    if not model:
        raise UsageError(f"the log holds the models {', '.join(known)}: name one with {flag}.")
    raise UsageError(
        f"no answer is of the model {model!r}{did_you_mean(model, known)}: give {flag} {', '.join(known)}."
    )
