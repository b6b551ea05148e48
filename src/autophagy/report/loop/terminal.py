"""A loop in the terminal: the first and the last generation, and the verdict."""

from typing import Any

from rich.table import Table
from rich.text import Text

from ...loop.legend import Legend, summary
from ...loop.record import Record
from ...loop.verdict import verdict
from ...statistics.intervals import Score
from ..console import open_console

COLUMNS = 5  # figures that fit a terminal of 120 characters, each with its interval
TITLE = 40  # characters of a figure's title in a heading, which an imported run may have made as long as it liked


def run_document(record: Record) -> dict[str, Any]:
    """A run as the command line's JSON has it."""
    lines, baseline, legend = record.lines(), record.baseline(), record.legend()
    seconds = {(t["regime"], t["generation"]): sum(t["seconds"].values()) for t in record.timings()}
    seeds = len({line["seed"] for line in lines}) or 1
    data = record.environment().get("data", {})
    shown = ("regime", "seed", "generation", "mixture", "kept", "dropped", "scores", "unknown")
    return {
        "run": str(record.folder),
        "spec": record.spec().to_dict(),
        "unreadable": data.get("unreadable", 0),
        "notes": data.get("notes", []),
        "generations": [
            {name: line[name] for name in shown if name in line}
            | {"seconds": round(seconds.get((line["regime"], line["generation"]), 0.0) / seeds, 4)}
            for line in lines
        ],
        "summary": [
            {**row, "scores": {name: score.json() for name, score in row["scores"].items()}}
            for row in summary(lines, legend)
        ],
        "baseline": baseline,
        "verdict": verdict(lines, baseline, legend),
    }


def print_run(record: Record) -> None:
    """The first and the last generation of each regime, and the verdict."""
    lines, legend = record.lines(), record.legend()
    console = open_console()
    rows: list[dict[str, Any]] = summary(lines, legend)
    names = columns(rows, legend)
    table = Table(title=None, box=None, pad_edge=False)
    table.add_column("regime")
    table.add_column("generation", justify="right")
    for name in names:
        table.add_column(Text(legend.figure(name).title[:TITLE]), justify="right")
    for regime in dict.fromkeys(row["regime"] for row in rows):
        own = [row for row in rows if row["regime"] == regime]
        for row in dict.fromkeys((0, len(own) - 1)):
            scores: dict[str, Score] = own[row]["scores"]
            cells = [str(scores[name]) if name in scores else "" for name in names]
            table.add_row(Text(regime), str(own[row]["generation"]), *map(Text, cells))
    console.print(table)
    console.print()
    for sentence in verdict(lines, record.baseline(), legend):
        console.print(Text(f"- {sentence}"))
    unknown = {name: reason for line in lines for name, reason in line.get("unknown", {}).items()}
    for name, reason in unknown.items():
        console.print(Text(f"- {legend.figure(name).title} is unknown in places: {reason}"))


def columns(rows: list[dict[str, Any]], legend: Legend) -> list[str]:
    """The figures of the table: those of the headline, filled up with others of the run that are known."""
    known = [name for row in rows for name, score in row["scores"].items() if score.n and legend.figure(name).chart]
    return list(dict.fromkeys([*legend.headline(known), *legend.ordered(known)]))[:COLUMNS]
