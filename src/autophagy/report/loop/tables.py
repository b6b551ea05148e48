"""The tables of a loop, as plain values."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ...cost.footprint import footprint
from ...loop.table import Table
from ...statistics.intervals import difference, figure
from ..points import thinned
from ..table import Cell, Group, GroupedTable, Swatch, table
from .folder import Run

COLUMNS = 25  # generations of the table of all of them
STAGES = ("mix", "fit", "sample", "curate", "score")


def scores(cells: Table, run: Run, metrics: Sequence[str], colours: Mapping[str, str]) -> GroupedTable:
    """Every metric of every regime at its first and its last generation, with the paired change."""
    groups = []
    for metric in metrics:
        real = run.legend.score(metric, [draw.get(metric) for draw in run.baseline])
        heading = Cell(run.legend.figure(metric).heading, small=f"real rows {real}" if real.n else "")
        rows = [
            [Swatch(regime, colours[regime]), *_ends(metric, generations, run)] for regime, generations in cells.items()
        ]
        groups.append(Group(heading, rows))
    head = ["Regime", "First generation", "Last generation", "Change over the same seeds"]
    caption = "Means with 95 % intervals over seeds. A change is bold where its interval excludes 0."
    return GroupedTable(head, groups, caption)


def every(cells: Table, run: Run, metrics: Sequence[str], colours: Mapping[str, str]) -> GroupedTable:
    """Every metric of every regime at each generation; where there are many, at some of them, as the caption says."""
    reached = sorted({generation for generations in cells.values() for generation in generations})
    shown = thinned(reached, COLUMNS)
    groups = []
    for metric in metrics:
        rows = [
            [Swatch(regime, colours[regime]), *(_score(metric, generations.get(each), run) for each in shown)]
            for regime, generations in cells.items()
        ]
        groups.append(Group(run.legend.figure(metric).heading, rows))
    some = "" if len(shown) == len(reached) else f", for {len(shown)} of {len(reached)} generations"
    caption = f"Means with 95 % intervals over seeds at each generation{some}; generations.jsonl holds every seed"
    return GroupedTable(["Regime", *map(str, shown)], groups, caption)


def _score(metric: str, scores: Mapping[str, Mapping[int, float]] | None, run: Run) -> str:
    return str(run.legend.score(metric, scores.get(metric, {}).values())) if scores else ""


def _ends(metric: str, generations: dict[int, dict[str, dict[int, float]]], run: Run) -> list[Cell]:
    first, last = min(generations), max(generations)
    start, end = (generations[generation].get(metric, {}) for generation in (first, last))
    change = difference(end, start)
    return [
        Cell(str(run.legend.score(metric, start.values())), small=f"at\u00a0{first}"),
        Cell(str(run.legend.score(metric, end.values())), small=f"at\u00a0{last}"),
        Cell("one generation only") if first == last else Cell(str(change), bold=change.decided),
    ]


def timings(run: Run, colours: Mapping[str, str]) -> GroupedTable | None:
    """Seconds by stage and the highest memory of each regime, all generations and seeds together."""
    rows = []
    for regime in dict.fromkeys(line["regime"] for line in run.timings):
        lines = [line for line in run.timings if line["regime"] == regime]
        seconds = [sum(line["seconds"].get(stage) or 0.0 for line in lines) for stage in STAGES]
        peak = max((line["peak_mib"] for line in lines if line.get("peak_mib") is not None), default=math.nan)
        cells = [figure(spent) for spent in [*seconds, sum(seconds)]]
        memory = f"{peak:,.0f}" if math.isfinite(peak) else "unknown"
        rows.append([Swatch(regime, colours[regime]), *cells, memory])
    head = ["Regime", *(f"{stage.capitalize()}, s" for stage in STAGES), "All, s", "Peak, MiB"]
    return table(head, rows, "Wall-clock seconds of each stage, and the peak memory of the process") if rows else None


def dropped(run: Run, colours: Mapping[str, str]) -> GroupedTable | None:
    """The rows that curators dropped, all generations and seeds together; None where there was no curator."""
    counts: dict[str, dict[str, int]] = {}
    for line in run.lines:
        if isinstance(line.get("dropped"), dict):
            for curator, count in line["dropped"].items():
                there = counts.setdefault(line["regime"], {})
                there[curator] = there.get(curator, 0) + int(count or 0)
    curators = list(dict.fromkeys(curator for there in counts.values() for curator in there))
    if not curators:
        return None
    rows = [
        [Swatch(regime, colours[regime]), *(f"{there.get(curator, 0):,}" for curator in curators)]
        for regime, there in counts.items()
    ]
    return table(["Regime", *curators], rows, "Rows dropped by each curator")


def facts(run: Run) -> list[tuple[str, str]]:
    """The data, the versions and the machine, as terms and what they are; what is not known is left out."""
    data, environment = run.data, run.environment
    rows, versions = _mapping(data.get("rows")), _mapping(environment.get("versions"))
    pairs: list[tuple[str, Any]] = [
        ("Data", data.get("name")),
        ("Kind", data.get("kind")),
        ("Shape of a row", " × ".join(str(size) for size in data.get("shape") or [])),
        ("Rows", ", ".join(f"{name} {_count(count)}" for name, count in rows.items())),
        ("Unreadable rows", data.get("unreadable")),
        ("Digest", str(data.get("digest") or "")[:16]),
        ("Started", environment.get("started")),
        ("Processor", environment.get("processor")),
        ("Cores", environment.get("cores")),
        ("Memory, GiB", environment.get("memory_gib")),
        ("Energy", str(footprint(run.folder))),
        ("Commit", str(environment.get("commit") or "")[:12]),
        ("Versions", ", ".join(f"{name} {version}" for name, version in versions.items())),
    ]
    return [(term, str(value)) for term, value in pairs if value not in (None, "")]


def _count(count: Any) -> str:
    return f"{count:,}" if isinstance(count, int) else "without end" if count is None else str(count)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
