"""Figures: how a model fares on causal questions, by relation, by size and by twin."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from ...core.questions import Question
from ...statistics.macro import macro_f1
from ...statistics.paired import mean
from ...statistics.twins import survivals

SAME = 0.9  # of the answers: who says one thing so often says it whatever is asked


def figures(
    questions: Sequence[Question], said: Sequence[str | None], samples: Sequence[int] | None = None
) -> dict[str, Any]:
    """What a report needs of the answers read out of the replies, None for one that cannot be read, which is wrong.

    Accuracy and macro-F1 of the originals, in all and by `relation` and `variables`; the survival of each kind of twin
    with its sign test; and the `commonest` answer to originals, `constant` where it is nine in ten. `samples` numbers
    the answers to a question from 0 where it was asked several times.
    """
    right = np.array([answer in question.answers for question, answer in zip(questions, said, strict=True)], float)
    documents, variants = [each.document for each in questions], [each.variant for each in questions]
    rows = [at for at, variant in enumerate(variants) if not variant]
    groups: dict[str, dict[str, list[int]]] = {"relation": {}, "variables": {}}
    for at in rows:
        for name, value in (("relation", questions[at].type), ("variables", questions[at].id.split("/")[1])):
            groups[name].setdefault(value, []).append(at)

    def told(own: list[int]) -> dict[str, Any]:
        golds = [questions[at].answers[0] for at in own]
        found = macro_f1(golds, [said[at] for at in own], [documents[at] for at in own])
        return {"accuracy": mean(right[own]).json(), "macro_f1": found.json()}

    twins = {
        kind: {**asdict(found), "share": found.share.json()}
        for kind, found in survivals(documents, variants, right, samples).items()
    }
    by = {name: {value: told(own) for value, own in sorted(group.items())} for name, group in groups.items()}
    return {**told(rows), **by, "twins": twins, "commonest": _commonest([said[at] for at in rows])}


def _commonest(said: Sequence[str | None]) -> dict[str, Any] | None:
    """The answer that is given most often, its share, and whether it is given nearly always; None without answers."""
    counted = Counter(answer for answer in said if answer is not None).most_common(1)
    if not counted:
        return None
    answer, count = counted[0]
    return {"answer": answer, "share": count / len(said), "constant": count >= SAME * len(said)}
