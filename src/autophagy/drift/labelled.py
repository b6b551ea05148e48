"""What people's labels say of the judge of a comparison of answers, and of how much it found changed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..core.files import Line
from ..core.streams import stream
from ..graders.trust import Marked, all_labelled, differences, errors, estimates, fill
from ..graders.verdict import verdict
from ..labels.record import LabelRecord
from ..statistics.known import means_of_known
from .models import family
from .record import DriftRecord

AFTER, BEFORE = "after", "before"


def labelled(record: DriftRecord) -> dict[str, Any] | None:
    """The errors of the judge, what is right before and after, and the change: by the judge, by people and by both.

    A row is a prompt: where it was answered several times, people label one answer, and the judge's mark is the mean.
    None where nobody has labelled anything.
    """
    labels = LabelRecord(record.folder).labelled()
    if not labels:
        return None
    lines = record.judged()
    names = sorted({line["prompt"] for line in lines})
    marked = {side: _marked([line for line in lines if line["side"] == side], labels, side, names) for side in SIDES}
    found = {side: estimates(own).json() for side, own in marked.items()}
    change = differences(marked[AFTER], marked[BEFORE], stream(record.spec().seed, "labelled")).json()
    document = record.document()
    together, judge = all_labelled(list(marked.values())), document["judge"]
    own = _own(judge["model"], document["tasks"][0], [int(np.isfinite(each.people).sum()) for each in marked.values()])
    return {
        "mark": "judge",
        "judge": judge["model"],
        "labels": len({line["id"] for line in labels}),
        "errors": errors(together, own),
        "consistency": judge["consistency"],
        "repeatability": None,
        "arms": [{"arm": side, **found[side], "errors": errors(marked[side])} for side in SIDES],
        "pairs": [{"a": AFTER, "b": BEFORE, **change}],
        "verdict": verdict(errors(together), found, {f"{AFTER} against {BEFORE}": change}),
    }


SIDES = (BEFORE, AFTER)


def _own(judge: str, task: Mapping[str, Any], counts: Sequence[int]) -> Any:
    """Which labelled answers are of the judge's own family, those before first; None where all are, or none is."""
    names = [family(name.rpartition("/")[2]) for name in (judge, task["before_model"], task["model"])]
    same = [name == names[0] for name in names[1:]]
    return np.repeat(same, counts) if same[0] != same[1] else None


def _marked(lines: Sequence[Line], labels: Sequence[Line], side: str, names: Sequence[str]) -> Marked:
    """A row for each prompt, NaN where this side has no answer to it."""
    place = {name: number for number, name in enumerate(names)}
    said: list[list[float]] = [[] for _ in names]
    one: dict[tuple[str, int], Line] = {}
    documents = list(names)
    for line in lines:
        said[place[line["prompt"]]].append(np.nan if line["mark"] is None else line["mark"])
        one[line["prompt"], line["sample"]] = line
        documents[place[line["prompt"]]] = line["document"]
    judge, filled = means_of_known(said), means_of_known(fill(np.array(each, float)).tolist() for each in said)
    people, words = np.full(len(names), np.nan), np.full(len(names), np.nan)
    for label in labels:
        known: Mapping[str, Any] | None = one.get((label["question"], label["seed"])) if label["arm"] == side else None
        if known:
            at = place[label["question"]]
            people[at], words[at] = label["label"], len(known["text"].split())
            judge[at] = np.nan if known["mark"] is None else known["mark"]
            filled[at] = fill(judge[at : at + 1])[0]
    return Marked(judge, filled, people, documents, words)
