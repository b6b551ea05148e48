"""Charts of what curators found: the share of all rows, and what is left of each source."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..charts.chart import Ends
from ..statistics.intervals import Score

FOUND, LEFT = "share of rows", "kept by source"  # what the charts are called
MOST = 12  # rows of a chart
KEPT = 2  # the place in COLOURS of what was kept
TAKEN = (1, 3, 4, 5, 0, 6, 7)  # and those of the curators that took rows out
UNKNOWN = Score(math.nan, math.nan, math.nan, 0)


def share(count: int, rows: int) -> Score:
    """The share of rows, which is counted and has no interval; unknown where there are none."""
    return Score(count / rows, math.nan, math.nan, rows) if rows else UNKNOWN


def found_shares(findings: Sequence[Mapping[str, Any]], rows: int, hues: Mapping[str, int] | None = None) -> Ends:
    """The share of all rows that each curator found, the largest first; `hues` are the colours of the curators."""
    ranked = sorted((each for each in findings if each["count"]), key=lambda each: -each["count"])[:MOST]
    places = hues or {each["curator"]: place for place, each in enumerate(findings)}
    named = {each["curator"]: label(each, findings) for each in ranked}
    drawn = {named[each["curator"]]: (UNKNOWN, share(each["count"], rows)) for each in ranked}
    known = {named[name]: places[name] for name in named}
    return Ends(FOUND, "Share of all rows", "share of rows", drawn, hues=known, limits=(0, 1), unit="share")


def label(finding: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> str:
    """The title of a finding, or what its curator is called where several have one title."""
    alone = sum(each["title"] == finding["title"] for each in findings) == 1
    return str(finding["title"] if alone else finding["curator"])


def kept_by_source(sources: Mapping[str, Mapping[str, Any]]) -> Ends:
    """The share of the rows of each source that was kept, those with most rows first."""
    ranked = sorted(sources.items(), key=lambda each: (-each[1]["rows"], each[0]))[:MOST]
    drawn = {name: (UNKNOWN, share(each["kept"], each["rows"])) for name, each in ranked}
    hues = dict.fromkeys(drawn, KEPT)
    return Ends(LEFT, "What was kept of each source", "share kept", drawn, hues=hues, limits=(0, 1), unit="share")
