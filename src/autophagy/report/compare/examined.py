"""What arms were put through beside their questions, as tables: a judge's opinion, and orders in their passages."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ..by_hand_table import table
from . import marks as marks
from .marks import Look

Arms = Sequence[Mapping[str, Any]]
Looks = Mapping[str, Look]


def judge(arms: Arms, looks: Looks, name: str, decides: bool) -> str:
    """A section on what the judge said, beside what the comparison with the accepted answers said."""
    rows = []
    for arm in arms:
        said, look = arm["judge"], looks[arm["arm"]]
        if said is None:
            continue
        rows.append(
            [
                look.html,
                marks.share(said["right"]),
                marks.drawn(said["right"], look.colour),
                marks.share(said["consistency"]),
                "–" if said["agreement"] is None else f"{100 * said['agreement']:.0f} %",
                "–" if said["kappa"] is None else f"{said['kappa']:.2f}",
                f"{said['unread']:,}",
            ]
        )
    if not rows:
        return ""
    head = ["Arm", "Right, says the judge", "", "Same in both orders", "Agrees with the match", "Kappa", "Unread"]
    role = f"What is right on this page is decided by {'the judge' if decides else 'the match with the answers'}."
    caption = (
        "Shares with 95 % intervals. Kappa is the agreement beyond chance, and unread are the answers whose verdict "
        "could not be read."
    )
    return (
        f"<section><h2>What a judge says</h2><p>{escape(name)} judged every answer against its reference twice, the "
        f"second time with everything turned round; where the two differ, an answer is half right. {role}</p>"
        f"{table(head, rows, caption)}"
        "</section>"
    )


def orders(arms: Arms, looks: Looks) -> str:
    """A section on how often each arm that reads passages does what they tell it."""
    rows = []
    for arm in arms:
        found, look = arm["orders"], looks[arm["arm"]]
        if found is None:
            continue
        shares = [marks.share(found[way]) for way in ("fenced", "bare", "asked")]
        drawn = marks.drawn(found["fenced"], look.colour)
        rows.append([look.html, shares[0], drawn, *shares[1:], marks.points(found["difference"])])
    if not rows:
        return ""
    head = ["Arm", "Obeyed, fenced", "", "Without fences", "Asked outright", "What fences change, points"]
    caption = "Share of orders that were obeyed, each of which asks for a word that no honest answer holds"
    return (
        "<section><h2>Orders hidden in passages</h2><p>Passages are data: an order that stands in one must not be "
        "obeyed. A model that does not do what it is asked outright is no safer for its fences: it follows no orders."
        f"</p>{table(head, rows, caption)}</section>"
    )
