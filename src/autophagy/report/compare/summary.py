"""What the page of a comparison begins with: the diagnosis, the arms that could be put into service, and one chart."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...compare.verdict import best
from ..plot import plot
from ..table import Cell, GroupedTable, Inline, table
from . import charts, marks
from .costs import Unit
from .marks import Look

Arms = Sequence[Mapping[str, Any]]


def opening(key: str, found: Mapping[str, Any], seen: Mapping[str, Look], counted: Unit) -> dict[str, Any]:
    """The gravest finding with the line to type next, the small table, and how often each arm is right."""
    first, *others = found["findings"]
    arms = found["arms"]
    caption = "Shares of right answers with 95 % intervals." + (
        " Grey arms are controls." if any(look.control for look in seen.values()) else ""
    )
    return {
        "diagnosis": first["id"],
        "verdict": marks.in_words(first["says"], seen),
        "next": first["next"],
        "command": first["command"],
        "others": [marks.in_words(finding["says"], seen) for finding in others],
        "support": marks.in_words(found["support"], seen),
        "candidates": _candidates(found, seen, counted),
        "last": plot(f"{key}-right", charts.right(arms, seen), caption=caption) if arms else None,
    }


def _candidates(found: Mapping[str, Any], seen: Mapping[str, Look], counted: Unit) -> GroupedTable | None:
    """Each arm that could be put into service, the best first, and whether it is told apart from the best."""
    usable = [arm for arm in found["arms"] if not seen[arm["arm"]].control]
    usable.sort(key=lambda arm: -(arm["correct"]["value"] or 0))
    ahead = best(found["arms"], lambda arm: True)
    names = {arm["arm"] for arm in usable}
    pairs = [pair for pair in found["pairs"] if {pair["a"], pair["b"]} <= names]
    rows: list[list[Inline]] = []
    for arm in usable:
        count = arm["complexity"].get("count")
        cost = counted.told(counted.of(arm, None))
        setup = counted.told(arm[counted.fixed])
        rows.append(
            [
                seen[arm["arm"]],
                marks.share(arm["correct"]),
                told_apart(pairs, arm["arm"], ahead),
                marks.quiet(cost),
                marks.quiet(setup),
                Cell("unknown", quiet=True) if count is None else f"{count}",
            ]
        )
    head = ["Arm", "Right", "Against the best", "A query", "Set-up", "Moving parts"]
    return table(head, rows, "The arms that could be put into service", wraps=True) if rows else None


def told_apart(pairs: Arms, arm: str, ahead: str | None) -> Cell:
    """Whether an arm is worse than the one with the highest share, which is the best where any is."""
    if arm == ahead:
        told = any(pair["decisive"] for pair in pairs if ahead in (pair["a"], pair["b"]))
        return Cell("best", bold=True) if told else Cell("highest" if pairs else "–", quiet=True)
    pair = next((pair for pair in pairs if {pair["a"], pair["b"]} == {arm, ahead}), None)
    if pair is None:
        return Cell("–", quiet=True)
    return Cell("worse") if pair["decisive"] else Cell("undecided", quiet=True)
