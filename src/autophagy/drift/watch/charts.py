"""The looks as a chart: how far each stream is from the recorded answers, look by look, with what is left open."""

import math
from collections.abc import Mapping
from typing import Any

from ...charts.chart import Chart, Curve, Span
from ...statistics.intervals import Score
from .standing import Standing


def changes(document: Mapping[str, Any]) -> Chart:
    """The change of each stream as it stood after each look of the newest stream, in its interval; 0 is no change.

    A dashed line marks the look at which the change was seen.
    """
    looks = [look for look in document["history"] if look["stream"] == document["stream"]]
    at = list(range(1, len(looks) + 1))
    curves = []
    for stream in document["streams"]:
        found = [Standing.read(look["found"][stream["task"]][stream["of"]]) for look in looks]
        scores = [Score(each.change, each.low, each.high, each.n) for each in found]
        curves.append(Curve(f"{stream['task']}, {stream['of']}", at, scores))
    enough = -math.log(document["alpha"])  # a day may have looks before the one that saw it
    seen = next((place for place, look in zip(at, looks, strict=True)
                 if look["date"] == document["seen"] and look["log_evidence"] >= enough), None)  # fmt: skip
    return Chart(
        "looks",
        "Change since the recorded answers",
        "look",
        "change of the share",
        curves,
        level=Score(0.0, -document["tolerance"], document["tolerance"], 1),
        level_label="the recorded answers",
        limits=(-1.0, 1.0),
        y_unit="share",
        spans=[Span("seen", seen)] if seen else [],
    )
