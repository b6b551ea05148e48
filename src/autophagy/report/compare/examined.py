"""What arms were put through beside their questions, as tables: a judge's opinion, and injections in their passages."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ..table import table
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


def injections(arms: Arms, looks: Looks) -> str:
    """A section on how often an injection in a passage succeeds, for each arm that reads passages."""
    rows = []
    for arm in arms:
        found, look = arm["injections"], looks[arm["arm"]]
        if found is None:
            continue
        shares = [marks.share(found[way]) for way in ("fenced", "bare", "asked")]
        drawn = marks.drawn(found["fenced"], look.colour)
        rows.append([look.html, shares[0], drawn, *shares[1:], marks.points(found["difference"])])
    if not rows:
        return ""
    head = ["Arm", "Attack success rate, fenced", "", "Without fences", "Asked directly", "What fences change, points"]
    caption = "Share of injections that succeeded; each asks for a word that no honest answer contains"
    return (
        "<section><h2>Prompt injection</h2><p>Passages are data: a model must not follow instructions in them. A model "
        "that does not even follow an injection that is asked directly is not made safe by the fences."
        f"</p>{table(head, rows, caption)}</section>"
    )
