"""A loop in the terminal: the first and the last generation, and the verdict."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...loop.record import Record
from ...loop.table import summary
from ...loop.verdict import verdict
from ...statistics.intervals import Score

SHOWN = ("recall", "precision", "coverage", "frechet", "vendi", "lost_classes", "variance_ratio", "mean_error")


def run_document(record: Record) -> dict[str, Any]:
    """A run as the command line's JSON has it."""
    lines, level = record.lines(), record.level()
    seconds = {(t["regime"], t["generation"]): sum(t["seconds"].values()) for t in record.timings()}
    seeds = len({line["seed"] for line in lines}) or 1
    told = ("regime", "seed", "generation", "mixture", "kept", "dropped", "scores", "unknown")
    return {
        "run": str(record.folder),
        "spec": record.spec().to_dict(),
        "generations": [
            {name: line[name] for name in told if name in line}
            | {"seconds": round(seconds.get((line["regime"], line["generation"]), 0.0) / seeds, 4)}
            for line in lines
        ],
        "summary": [
            {**row, "scores": {name: score.json() for name, score in row["scores"].items()}} for row in summary(lines)
        ],
        "level": level,
        "verdict": verdict(lines, level),
    }


def print_run(record: Record) -> None:
    """The first and the last generation of each regime, and the verdict."""
    lines = record.lines()
    console = Console()
    rows: list[dict[str, Any]] = summary(lines)
    names = [name for name in SHOWN if any(name in row["scores"] for row in rows)][:5]
    table = Table(title=None, box=None, pad_edge=False)
    table.add_column("regime")
    table.add_column("generation", justify="right")
    for name in names:
        table.add_column(name.replace("_", " "), justify="right")
    for regime in dict.fromkeys(row["regime"] for row in rows):
        own = [row for row in rows if row["regime"] == regime]
        for row in dict.fromkeys((0, len(own) - 1)):
            scores: dict[str, Score] = own[row]["scores"]
            cells = [str(scores[name]) if name in scores else "" for name in names]
            table.add_row(Text(regime), str(own[row]["generation"]), *map(Text, cells))
    console.print(table)
    console.print()
    for sentence in verdict(lines, record.level()):
        console.print(Text(f"- {sentence}"))
    unknown = {name: reason for line in lines for name, reason in line.get("unknown", {}).items()}
    for name, reason in unknown.items():
        console.print(Text(f"- {name.replace('_', ' ')} is unknown in places: {reason}"))
    console.print(Text(f"\nRun folder: {record.folder}"))
