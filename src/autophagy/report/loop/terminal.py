"""A loop in the terminal: the first and the last generation, and the verdict."""

from itertools import chain
from typing import Any

from rich.table import Table
from rich.text import Text

from ...loop.legend import Legend, summary
from ...loop.record import Record
from ...loop.verdict import verdict
from ...text.plural import plural
from ..console import open_console
from ..fitting import add_figures, fitting

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
    ends = [row for regime in dict.fromkeys(row["regime"] for row in rows) for row in _ends(rows, regime)]
    narrower = (_table(ends, names[:count], legend, folded=True) for count in range(len(names), 0, -1))
    table = fitting(console, chain([_table(ends, names, legend)], narrower))
    console.print(table)
    if (left := len(names) + 2 - len(table.columns)) > 0:
        console.print(f"{plural(left, 'figure')} more: a wider terminal, --json and autophagy report show them.")
    console.print()
    for sentence in verdict(lines, record.baseline(), legend):
        console.print(Text(f"- {sentence}"))
    unknown: dict[str, dict[str, None]] = {}  # reason -> titles, for a metric that fails has none of its figures
    for name, reason in [each for line in lines for each in line.get("unknown", {}).items()]:
        unknown.setdefault(reason, {})[legend.figure(name).title] = None
    for reason, titles in unknown.items():
        console.print(Text(f"- {', '.join(titles)} {'is' if len(titles) == 1 else 'are'} unknown in places: {reason}"))


def _ends(rows: list[dict[str, Any]], regime: str) -> list[dict[str, Any]]:
    """The first and the last generation of a regime."""
    own = [row for row in rows if row["regime"] == regime]
    return [own[place] for place in dict.fromkeys((0, len(own) - 1))]


def _table(ends: list[dict[str, Any]], names: list[str], legend: Legend, *, folded: bool = False) -> Table:
    table = Table(title=None, box=None, pad_edge=False)
    table.add_column("regime")
    table.add_column("generation", justify="right", no_wrap=True)
    cells = [[str(row["scores"].get(name, "")) for name in names] for row in ends]
    for place, name in enumerate(names):
        add_figures(table, legend.figure(name).title[:TITLE], [line[place] for line in cells], folded=folded)
    for row, line in zip(ends, cells, strict=True):
        table.add_row(Text(row["regime"]), str(row["generation"]), *map(Text, line))
    return table


def columns(rows: list[dict[str, Any]], legend: Legend) -> list[str]:
    """The figures of the table: those of the headline, filled up with others of the run that are known."""
    known = [name for row in rows for name, score in row["scores"].items() if score.n and legend.figure(name).chart]
    return list(dict.fromkeys([*legend.headline(known), *legend.ordered(known)]))[:COLUMNS]
