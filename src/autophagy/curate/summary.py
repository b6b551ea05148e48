"""The summary of a curation: what was kept, what was dropped and why, and a receipt for who asked for a removal."""

from collections.abc import Mapping
from typing import Any

from ..curators.asked import names_in
from ..curators.findings import described, labels
from ..curators.quality.quality import estimated
from ..curators.quality.report import report
from ..curators.rights import asked_for
from ..curators.tally import Tallies
from ..data.stored.gather import Gathered
from .spec import CurateSpec


def summarise(spec: CurateSpec, gathered: Gathered, found: Tallies, kept: int, dropped: Mapping[str, int]) -> Any:
    """What summary.json says, the fields that scripts rely on first."""
    return {
        "rows": gathered.rows,
        "kept": kept,
        "dropped": dict(dropped),
        "unreadable": gathered.unreadable,
        "notes": list(gathered.notes),
        "reasons": list(gathered.reasons),
        "findings": described(spec.parts, found, gathered.rows),
        "sources": _sources(found),
        "quality": report(estimated(spec.labels)).json() if spec.labels else None,
        "receipt": _receipt(spec, found),
    }


def _sources(found: Tallies) -> dict[str, Any]:
    """How many rows of each source there were, were kept, and were dropped by each curator."""
    sources = {}
    for name, rows in sorted(found.sources.items()):
        gone = {label: each.sources[name] for label, each in found.found.items() if each.sources[name]}
        sources[name] = {"rows": rows, "kept": rows - sum(gone.values()), "dropped": gone}
    return sources


def _receipt(spec: CurateSpec, found: Tallies) -> list[dict[str, Any]]:
    """Each request to have something removed or excluded, with the rows that went for it; some took none."""
    receipt = []
    for part, label in zip(spec.parts, labels(spec.parts), strict=True):
        if part.name == "removed":
            names = asked_for(part.settings["files"]).tolist()
        elif part.name == "excluded":
            names = names_in(part.settings["sources"])
        else:
            continue
        details = found.found[label].details
        receipt += [{"curator": part.name, "request": name, "rows": details[name]} for name in names]
    return receipt
