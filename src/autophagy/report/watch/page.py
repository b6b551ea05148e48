"""The page of daily looks: the verdict, where each stream stands, the chart of all looks, and the looks one by one."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...charts.colours import colour
from ...drift.watch.charts import changes
from ...drift.watch.verdict import WHAT, verdict
from ...text.line import unbroken
from ...text.percent import percent
from ...text.plural import plural
from ...text.unseen import coded
from ..page import fill
from ..plot import MIDDLE, plot, plots_in
from ..signs import name, words
from ..table import Cell, GroupedTable, Inline, Phrase, Stack, Swatch, table
from .words import moved

LATEST = 60  # looks that have a row; the file has all
SHOWN = 6  # streams that have a column
CAPTION = (
    "Each point is the change as estimated after that look; its interval is valid for all looks together. Dashed: the "
    "recorded answers{}."
)
SEEN = ", and upright, the look at which the change was seen"

Document = Mapping[str, Any]


def render(document: Document, baseline: str, looks: str, command: str) -> str:
    """The page of what all looks at a baseline come to, whose lines the file `looks` holds, as text.

    Raises MissingExtra where Jinja2 or matplotlib is not installed.
    """
    shown = section("looks", document, looks)
    return fill(
        "watch/page.html",
        title=coded(f"Looks at {baseline}"),
        command=coded(command),
        plots=plots_in(shown),
        name=name(baseline),
        it=shown,
    )


def section(key: str, document: Document, looks: str) -> dict[str, Any]:
    """What a page shows of the looks, be it the page of the baseline itself; `key` begins the ids of its parts."""
    lead, *rest = map(words, verdict(document))
    chart = changes(document)
    own = [look for look in document["history"] if look["stream"] == document["stream"]]
    caption = CAPTION.format(SEEN if chart.spans else "")
    return {
        "key": key,
        "counts": _counts(document),
        "lead": lead,
        "sentences": rest,
        "streams": _streams(document["streams"]),
        "plot": plot(f"{key}-chart", chart, caption=caption, size=MIDDLE) if chart.is_known else None,
        "legend": [Swatch(curve.label, colour(place), style=curve.style) for place, curve in enumerate(chart.curves)],
        "history": _history(own, document["streams"]),
        "left": _left(document, len(own), looks),
    }


def _counts(document: Document) -> list[str]:
    return [plural(document["looks"], "look"), f"the latest on {document['date']}", f"design: {document['design']}"]


def _streams(streams: Sequence[Mapping[str, Any]]) -> GroupedTable:
    lines: list[list[Inline]] = [
        [
            Cell(stream["task"], small=WHAT[stream["of"]]),
            f"{stream['answers']:,}",
            percent(stream["recorded"], 1),
            percent(stream["now"], 1),
            unbroken(moved(stream["change"])),
            stream["since"] or "",
            f"{stream['p_holm']:.2g}",
            Cell("changed", bold=True) if stream["changed"] else Cell("no change", quiet=True),
        ]
        for stream in streams
    ]
    head = ["Task", "Answers", "Recorded", "Now", "Change in points", "Since", "p (Holm)", "Found"]
    return table(head, lines, "Where each figure stands; the intervals are valid for all looks together", wraps=True)


def _history(looks: Sequence[Mapping[str, Any]], streams: Sequence[Mapping[str, Any]]) -> GroupedTable:
    """The latest looks of the newest stream, the newest first, each with the change of every figure as it stood."""
    shown = streams[:SHOWN]
    lines: list[list[Inline]] = [
        [
            f"{number:,}",
            look["date"],
            f"{look['answers']:,}",
            *(unbroken(_as_it_stood(look, stream)) for stream in shown),
            _said(look),
        ]
        for number, look in reversed(list(enumerate(looks, 1))[-LATEST:])
    ]
    head = ["Look", "Date", "Answers", *(f"{stream['task']}, {stream['of']}" for stream in shown), "Notes"]
    return table(head, lines, "Look by look: the change in points as estimated then", wraps=True)


def _as_it_stood(look: Mapping[str, Any], stream: Mapping[str, Any]) -> str:
    found = look["found"].get(stream["task"], {}).get(stream["of"])
    return moved({"value": found["change"], **found}) if found else ""


def _said(look: Mapping[str, Any]) -> Inline:
    """Why a look is no evidence, and what else was told of it."""
    told = [*([f"No evidence: {look['reason'].rstrip('.')}."] if look["reason"] else []), *look["notes"]]
    return Stack([Phrase(words(sentence)) for sentence in told])


def _left(document: Document, own: int, looks: str) -> str:
    """What the table leaves out, and where it stands."""
    told = []
    if own > LATEST:
        told.append(f"{own - LATEST:,} earlier looks")
    if document["looks"] > own:
        told.append(f"{plural(document['looks'] - own, 'look')} of earlier streams")
    if len(document["streams"]) > SHOWN:
        told.append(f"{plural(len(document['streams']) - SHOWN, 'more figure')}")
    return coded(f"Not in this table, but in {looks}: {', '.join(told)}.") if told else ""
