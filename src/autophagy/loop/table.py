"""The lines of a run as tables: regime, generation, metric, seed."""

from collections.abc import Iterable, Mapping
from typing import Any

from ..core.known import or_nan

Lines = Iterable[Mapping[str, Any]]
Table = dict[str, dict[int, dict[str, dict[int, float]]]]  # regime -> generation -> figure -> seed -> number


def tabulate(lines: Lines) -> Table:
    """The scores of generations.jsonl as regime -> generation -> metric -> seed -> number, NaN where null."""
    table: Table = {}
    for line in lines:
        cell = table.setdefault(line["regime"], {}).setdefault(line["generation"], {})
        for metric, value in line["scores"].items():
            cell.setdefault(metric, {})[line["seed"]] = or_nan(value)
    return {regime: dict(sorted(generations.items())) for regime, generations in table.items()}


def by_amount(lines: Lines) -> dict[int, dict[str, dict[int, float]]]:
    """The scores of generation 1 as rows imitated -> metric -> seed -> number; empty for a run without a teacher.

    Regimes whose generation 1 imitates as many rows are one amount, for their first generation is the same.
    """
    table: dict[int, dict[str, dict[int, float]]] = {}
    for line in lines:
        amount = int((line.get("mixture") or {}).get("teacher", 0))
        for metric, value in line["scores"].items() if amount and line["generation"] == 1 else ():
            # the first regime of an amount counts: its generation 1 is that of the others
            seeds = table.setdefault(amount, {}).setdefault(metric, {})
            seeds.setdefault(line["seed"], or_nan(value))
    return dict(sorted(table.items()))


def origins(regime: str, lines: Lines) -> dict[str, float | None]:
    """The shares of a regime's last training sets that are fixed real, fresh real, and real rows; None if unknown.

    Generation 1 learns from real rows alone under any regime, so that it tells nothing of them.
    """
    rows: dict[int, list[Mapping[str, Any]]] = {}
    for line in lines:
        if line["regime"] == regime and line["generation"] > 1 and isinstance(line.get("mixture"), Mapping):
            rows.setdefault(line["generation"], []).append(line["mixture"])
    last = rows[max(rows)] if rows else []
    fixed, fresh = (sum(float(mixture.get(name) or 0) for mixture in last) for name in ("fixed", "fresh"))
    every = sum(float(count or 0) for mixture in last for count in mixture.values())
    return {
        name: part / every if every else None
        for name, part in {"fixed": fixed, "fresh": fresh, "real": fixed + fresh}.items()
    }
