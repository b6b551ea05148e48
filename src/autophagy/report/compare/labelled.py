"""What people's labels say of a judge, on the page: three estimates side by side, and how the judge errs."""

from collections.abc import Mapping
from typing import Any

from ..table import Cell, GroupedTable, Inline, table
from . import marks
from .marks import Look, Versus

Looks = Mapping[str, Look]
ESTIMATES = ["", "Labels", "Judge alone", "People alone", "Corrected", "Interval", "Worth in labels"]
ERRORS = ["Arm", "Sensitivity", "Specificity", "Kappa", "Above people, points", "Twice as long, points"]


def section(found: Mapping[str, Any] | None, looks: Looks) -> dict[str, Any] | None:
    """The tables and sentences of a comparison that has labels; None without."""
    if found is None:
        return None
    return {
        "labels": f"{found['labels']:,}",
        "judge": found["judge"],
        "estimates": _estimates(found, looks),
        "errors": _errors(found, looks),
        "verdict": [marks.in_words(sentence, looks) for sentence in found["verdict"]],
    }


def _estimates(found: Mapping[str, Any], looks: Looks) -> GroupedTable:
    rows: list[list[Inline]] = []
    for arm in found["arms"]:
        look = looks[arm["arm"]]
        rows.append([look, *_cells(arm, marks.share), marks.drawn(arm["best"], look.colour), _worth(arm)])
    for pair in found["pairs"]:
        versus = Versus(looks[pair["a"]], looks[pair["b"]])
        rows.append([versus, *_cells(pair, marks.points), marks.points_drawn(pair["best"]), _worth(pair)])
    caption = (
        "The share of right answers, and the differences of arms in points, with 95 % intervals over questions. The "
        "interval that is drawn is the corrected one where the judge adds something to people, else that of people "
        "alone. Worth: the labels that people alone would need for an interval as narrow."
    )
    return table(ESTIMATES, rows, caption)


def _cells(row: Mapping[str, Any], shown: Any) -> list[Inline]:
    corrected = Cell("too few labels", quiet=True) if row["corrected"] is None else shown(row["corrected"])
    return [f"{row['people']['n']:,}", shown(row["judge"]), shown(row["people"]), corrected]


def _worth(row: Mapping[str, Any]) -> Cell:
    if row["worth"] is None:
        return Cell("–", quiet=True)
    return Cell(f"{row['worth']:,.0f}") if row["adds"] else Cell("adds nothing", quiet=True)


def _errors(found: Mapping[str, Any], looks: Looks) -> GroupedTable:
    rows: list[list[Inline]] = [[looks[arm["arm"]], *_error(arm["errors"])] for arm in found["arms"]]
    if len(rows) > 1:
        rows.append(["all", *_error(found["errors"])])
    caption = (
        "Sensitivity is the share of what people call right that the judge calls right, specificity the share of what "
        "they call wrong that it calls wrong, both with exact intervals. Kappa is the agreement beyond chance. Above "
        "people: by how much the judge marks higher. Twice as long: by how much more it gives an answer of twice the "
        "length."
    )
    return table(ERRORS, rows, caption)


def _error(errors: Mapping[str, Any]) -> list[Inline]:
    none = Cell("no such answer", quiet=True)
    return [
        marks.share(errors["sensitivity"], none, more=f", of {errors['sensitivity']['n']}"),
        marks.share(errors["specificity"], none, more=f", of {errors['specificity']['n']}"),
        Cell("–", quiet=True) if errors["kappa"] is None else f"{errors['kappa']:.2f}",
        marks.points(errors["excess"]),
        marks.points(errors["length_slope"]) if errors["length_slope"]["n"] else Cell("–", quiet=True),
    ]
