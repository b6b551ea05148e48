"""Tables that speak of a whole corpus: test items in it, boilerplate, and how alike its texts are."""

from collections.abc import Mapping
from typing import Any

from ..statistics.intervals import figure
from ..text.plural import plural
from .signs import name, visible
from .table import GroupedTable, Inline, Phrase, table

LONG = 160  # characters of a passage
SOURCES = 3  # of a passage
ITEMS = 10  # of evaluation sets: the findings come behind them


def whole(document: Mapping[str, Any]) -> list[tuple[str, GroupedTable]]:
    """A title and a table for each thing that was found."""
    parts = (
        ("Evaluation items in the rows", _items(document)),
        ("Boilerplate", _boilerplate(document)),
        ("How alike the texts are", _signals(document)),
    )
    return [(title, found) for title, found in parts if found is not None]


def _items(document: Mapping[str, Any]) -> GroupedTable | None:
    evaluation = document.get("evaluation") or {"items": []}
    lines: list[list[Inline]] = [
        [Phrase(name(each["file"])), Phrase(name(each["name"])), f"{each['rows']:,}"]
        for each in evaluation["items"][:ITEMS]
    ]
    if not lines:
        return None
    found, of = evaluation["found"], plural(evaluation["looked_for"], "item")
    told = f"{found:,} of {of} stand in the rows" + (f", of which {ITEMS} are shown" if found > ITEMS else "")
    return table(["File", "Item", "Rows"], lines, told, wraps=True)


def _boilerplate(document: Mapping[str, Any]) -> GroupedTable | None:
    lines: list[list[Inline]] = [
        [
            Phrase(visible(each["text"][:LONG] + ("…" if len(each["text"]) > LONG else ""))),
            f"{each['words']:,}",
            f"{each['documents']:,}",
            Phrase(
                visible(", ".join(f"{source} {rows:,}" for source, rows in list(each["sources"].items())[:SOURCES]))
            ),
        ]
        for each in document.get("boilerplate", ())
    ]
    heads = ["Passage", "Words", "Rows", "Sources"]
    return table(heads, lines, "Passages that stand in three rows or more", wraps=True) if lines else None


def _signals(document: Mapping[str, Any]) -> GroupedTable | None:
    known = document.get("signals", ())
    if not any(each["reference"] is not None for each in known):
        return None  # a figure alone says nothing: it grows with the kind of text
    lines: list[list[Inline]] = [[each["title"], figure(each["corpus"]), figure(each["reference"])] for each in known]
    return table(
        ["Sign", "These rows", "The reference"], lines, "More of each than people's texts have is a sign of models"
    )
