"""The page of a curation: what is left, why the rest went, and examples of it in their place."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...charts.colours import colour
from ...curate.columns import NONE
from ...curate.record import CurationRecord
from ...curate.result import CurateResult
from ...curators.charts import FOUND, KEPT, TAKEN
from ...text.percent import percent
from ...text.plural import plural
from ...text.unseen import coded
from .. import rows
from ..bars import Bar, BarList, Slice, bars, portion
from ..plot import plot
from ..rows_page import RowsPage
from ..signs import name, words
from ..table import Cell, GroupedTable, Inline, Phrase, Swatch, table
from ..whole import whole


def render(folders: Sequence[Path]) -> str:
    """The page as text; raises MissingExtra where Jinja2 or matplotlib is not installed."""
    page = RowsPage("curate", "curation", "What may be trained on, and what was taken out?", _values)
    return page.render([CurateResult(CurationRecord(folder)) for folder in folders])


def _values(key: str, result: CurateResult) -> dict[str, Any]:
    document, hues, drawn = result.document, result.hues, result.charts().get(FOUND)
    total = document["rows"]
    found = [each for each in document["findings"] if each["count"]]
    return {
        "counts": [
            plural(total, "row"),
            f"{document['kept']:,} kept",
            f"{sum(document['dropped'].values()):,} dropped",
            f"{document['unreadable']:,} unreadable",
        ],
        "findings": _findings(document),
        "shares": plot(f"{key}-shares", drawn) if drawn else None,
        "legend": [
            Swatch("kept", colour(KEPT)),
            *(Swatch(coded(each["title"].lower()), colour(hues[each["curator"]])) for each in found),
        ],
        "sources": _left(document["sources"], hues, "source"),
        "columns": [
            (f"Column {title}", _left(_valued(values), {}, str(title)))
            for title, values in (document.get("columns") or {}).items()
        ],
        "sections": [
            rows.found(each | {"advice": ""}, total, f"{key}-{n}", colour(hues[each["curator"]]))
            for n, each in enumerate(found)
        ],
        "beside": whole(document),
        "receipt": _receipt(document),
    }


def _findings(document: Mapping[str, Any]) -> GroupedTable:
    """What was kept, and what each curator took out."""
    rows_ = max(1, document["rows"])
    kept = f"{document['kept']:,}", percent(document["kept"] / rows_, 2)
    lines: list[list[Inline]] = [
        [Cell("Kept", bold=True), *(Cell(each, bold=True) for each in kept), "Train on these."]
    ]
    for each in document["findings"]:
        why = Phrase(words(f"Rows that {each['says']}." if each["says"] else each["advice"]))
        found: list[Inline] = [each["title"], f"{each['count']:,}", percent(each["share"], 2), why]
        lines.append(found if each["count"] else [each["title"], "0", "", ""])
    if document["unreadable"]:
        share = percent(document["unreadable"] / rows_, 2)
        lines.append(
            ["Unreadable", f"{document['unreadable']:,}", share, "In neither folder: see how the rows were read."]
        )
    return table(["Rows that were", "Rows", "Share", "What to know"], lines, "Kept, dropped and unreadable", wraps=True)


def _left(values: Mapping[str, Mapping[str, Any]], hues: Mapping[str, int], what: str) -> BarList:
    """What was kept of each source, and what each curator dropped, as bars of equal width."""
    drawn = []
    for value, each in sorted(values.items(), key=lambda pair: (-pair[1]["rows"], pair[0])):
        total = each["rows"] or 1
        parts = [Slice("kept", each["kept"] / total, colour(KEPT))]
        parts += [
            Slice(coded(label), n / total, colour(hues.get(label, TAKEN[0])))
            for label, n in (each.get("dropped") or {}).items()
        ]
        drawn.append(
            Bar(name(value), parts, f"{each['kept']:,} of {each['rows']:,} kept ({portion(each['kept'] / total)})")
        )
    return bars(drawn, what)


def _receipt(document: Mapping[str, Any]) -> GroupedTable | None:
    """Each request with the rows that went for it."""
    titles = {each["curator"]: each["title"] for each in document["findings"]}
    lines: list[list[Inline]] = [
        [name(_request(each)), titles.get(each["curator"], each["curator"]), f"{each['rows']:,}"]
        for each in document["receipt"]
    ]
    return table(["Request", "By", "Rows that went"], lines, "Receipt", wraps=True) if lines else None


def _request(request: Mapping[str, Any]) -> str:
    """A request, what its line asks for, and which name may have been meant where no row has this one."""
    meant = request.get("meant")
    near = f"no row is of it: did you mean {meant}?" if meant else ""
    return ", ".join(filter(None, (request["request"], request.get("asks"), near)))


def _valued(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a column, where there is none in words that are no value."""
    return {"(no value)" if value == NONE else value: counts for value, counts in values.items()}
