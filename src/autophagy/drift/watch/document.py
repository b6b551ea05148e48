"""What all looks come to, as JSON has it: the figures of each stream, and the looks one by one."""

from typing import Any

from ...core.files import Line
from .looks import Looks
from .standing import Standing


def document(looks: Looks) -> dict[str, Any]:
    """Everything of the newest look and of its stream; the probabilities hold however often one looked."""
    last = looks.last
    alarmed = looks.alarmed(last["alpha"])
    adjusted = looks.adjusted()
    streams = [
        {
            "task": task,
            "of": kind,
            **_figures(standing),
            "p": looks.p((task, kind)),
            "p_holm": adjusted[task, kind],
            "changed": adjusted[task, kind] <= last["alpha"],
        }
        for (task, kind), standing in looks.standings.items()
    ]
    told = ("date", "design", "alpha", "tolerance", "stream", "days_left", "smallest", "reason", "notes")
    return {
        **{name: last[name] for name in told},
        "looks": len(looks.lines),
        "looks_of_stream": len(looks.current),
        "first": looks.current[0]["date"],
        "changed": bool(alarmed),
        "seen": alarmed or None,
        "log_evidence": last["evidence"],
        "p": looks.p(),
        "streams": streams,
        "history": [_look(line) for line in looks.lines],
    }


def _figures(standing: Standing) -> dict[str, Any]:
    """The figures of a stream; its change has the interval that holds at all looks together."""
    cells = standing.json()
    ends = {name: cells[name] if standing.n else None for name in ("low", "high")}
    change = {"value": cells["change"], **ends, "n": standing.n}
    return {
        "answers": standing.n,
        "recorded": cells["recorded"],
        "now": cells["now"],
        "change": change,
        "since": standing.since or None,
        "log_evidence": standing.evidence,
    }


def _look(line: Line) -> dict[str, Any]:
    """A look of the history."""
    return {
        "date": line["date"],
        "stream": line["stream"],
        "answers": sum(len(cells["used"]) for cells in line["tasks"].values()),
        "log_evidence": line["evidence"],
        "reason": line["reason"],
        "notes": line["notes"],
        "found": line["found"],
    }
