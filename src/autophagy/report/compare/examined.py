"""What arms were put through beside their questions, as tables: a judge's opinion, and injections in their passages."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...text.percent import percent
from ..table import GroupedTable, Inline, table
from . import marks
from .marks import Look

Arms = Sequence[Mapping[str, Any]]
Looks = Mapping[str, Look]


def judge(arms: Arms, looks: Looks) -> GroupedTable | None:
    """What the judge said, beside what the comparison with the accepted answers said; None where none was asked."""
    rows: list[list[Inline]] = []
    again = any(arm["judge"] and arm["judge"]["repeatability"]["n"] for arm in arms)
    for arm in arms:
        opinion, look = arm["judge"], looks[arm["arm"]]
        if opinion is None:
            continue
        rows.append(
            [
                look,
                marks.share(opinion["right"]),
                marks.drawn(opinion["right"], look.colour),
                marks.share(opinion["consistency"]),
                *([marks.share(opinion["repeatability"])] if again else []),
                "–" if opinion["agreement"] is None else percent(opinion["agreement"], 0),
                "–" if opinion["kappa"] is None else f"{opinion['kappa']:.2f}",
                f"{opinion['unread']:,}",
            ]
        )
    head = ["Arm", "Right (judge)", "Interval", "Same in both orders", *["Same again"] * again]
    head += ["Agrees with the match", "Kappa", "Unread"]
    caption = (
        "Shares with 95 % intervals. Kappa is the agreement beyond chance. Unread counts the answers whose verdict "
        "could not be read."
    )
    return table(head, rows, caption) if rows else None


def injections(arms: Arms, looks: Looks) -> GroupedTable | None:
    """How often an injection succeeds in each arm that reads passages; None where none was hidden."""
    rows = []
    for arm in arms:
        success, look = arm["injections"], looks[arm["arm"]]
        if success is None:
            continue
        shares = [marks.share(success[way]) for way in ("fenced", "bare", "asked")]
        drawn = marks.drawn(success["fenced"], look.colour)
        rows.append([look, shares[0], drawn, *shares[1:], marks.points(success["difference"])])
    head = [
        "Arm",
        "Attack success, fenced",
        "Interval",
        "Without fences",
        "Asked directly",
        "What fences change, points",
    ]
    caption = "The attack success rate. Each injection asks for a word that no honest answer contains."
    return table(head, rows, caption) if rows else None
