"""Labels in the terminal: the sheet that was written, and what people's labels say of a judge."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from ...labels.run import Written
from ...text.plural import plural
from ..console import open_console
from ..fitting import upright

HEAD = ("", "labels", "judge alone", "people alone", "corrected", "worth in labels")


def print_sheet(written: Written) -> None:
    """What stands on the sheet, and how it is filled in."""
    console = open_console()
    same = written.answers - written.rows
    console.print(
        Text(
            f"{plural(written.rows, 'answer')} to {plural(written.questions, 'question')} of "
            f"{', '.join(written.arms)}, in random order, without their names and without the judge's verdicts."
        )
    )
    if same:
        console.print(Text(f"{plural(same, 'more answer')} identical to one of these: each is shown once."))
    for note in written.notes:
        console.print(Text(note))
    console.print(Text("Write 1 into the column label where an answer is right and 0 where it is wrong, row by row."))


def print_labels(found: Mapping[str, Any], notes: Sequence[str] = ()) -> None:
    """Three estimates of each arm and pair side by side, the errors of the judge, and what they come to."""
    console = open_console()
    for note in notes:
        console.print(Text(note))
    table = Table(
        title=f"Right answers, % [95 % interval], by {found['judge']} and {plural(found['labels'], 'human label')}",
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
    )
    for place, head in enumerate(HEAD):
        table.add_column(head, justify="right" if place else "left", no_wrap=bool(place))
    for row in found["arms"]:
        table.add_row(row["arm"], *_cells(row))
    for row in found["pairs"]:
        table.add_row(f"{row['a']} - {row['b']}", *_cells(row))
    console.print(upright(console, table))
    errors = found["errors"]
    facts = {
        "sensitivity": share(errors["sensitivity"]),
        "specificity": share(errors["specificity"]),
        "kappa": "unknown" if errors["kappa"] is None else f"{errors['kappa']:.2f}",
        "same in both orders": share(found["consistency"]) if found["consistency"] else "",
        "same when repeated": share(again) if (again := found["repeatability"]) and again["n"] else "",
    }
    console.print(Text(", ".join(f"{name} {value}" for name, value in facts.items() if value) + "."))
    for sentence in found["verdict"]:
        console.print(Text(f"- {sentence}"))


def _cells(row: Mapping[str, Any]) -> list[str]:
    corrected = "too few" if row["corrected"] is None else share(row["corrected"])
    worth = "" if row["worth"] is None else "adds nothing" if not row["adds"] else f"{row['worth']:,.0f}"
    return [f"{row['people']['n']:,}", share(row["judge"]), share(row["people"]), corrected, worth]


def share(score: Mapping[str, Any]) -> str:
    """A share or a difference with its interval, in per cent."""
    if score["value"] is None:
        return "unknown"
    if score["low"] is None or score["high"] is None:
        return f"{100 * score['value']:z.0f}"
    return f"{100 * score['value']:z.0f} [{100 * score['low']:z.0f}, {100 * score['high']:z.0f}]"
