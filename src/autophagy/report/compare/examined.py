"""What arms were put through beside their questions, as tables: a judge's opinion, and orders in their passages."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..table import GroupedTable, table
from . import marks
from .marks import Look

Arms = Sequence[Mapping[str, Any]]
Looks = Mapping[str, Look]


def judge(arms: Arms, looks: Looks) -> GroupedTable | None:
    """What the judge said, beside what the comparison with the accepted answers said; None where none was asked."""
    rows = []
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
                "–" if opinion["agreement"] is None else f"{100 * opinion['agreement']:.0f} %",
                "–" if opinion["kappa"] is None else f"{opinion['kappa']:.2f}",
                f"{opinion['unread']:,}",
            ]
        )
    head = ["Arm", "Right (judge)", "", "Same in both orders", "Agrees with the match", "Kappa", "Unread"]
    caption = (
        "Shares with 95 % intervals. Kappa is the agreement beyond chance. Unread counts the answers whose verdict "
        "could not be read."
    )
    return table(head, rows, caption) if rows else None


def orders(arms: Arms, looks: Looks) -> GroupedTable | None:
    """How often each arm that reads passages does what they tell it; None where no orders were hidden."""
    rows = []
    for arm in arms:
        obeyed, look = arm["orders"], looks[arm["arm"]]
        if obeyed is None:
            continue
        shares = [marks.share(obeyed[way]) for way in ("fenced", "bare", "asked")]
        drawn = marks.drawn(obeyed["fenced"], look.colour)
        rows.append([look, shares[0], drawn, *shares[1:], marks.points(obeyed["difference"])])
    head = ["Arm", "Obeyed, fenced", "", "Without fences", "Asked directly", "What fences change, points"]
    caption = "The share of the instructions that were obeyed. Each asks for a word that no honest answer contains."
    return table(head, rows, caption) if rows else None
