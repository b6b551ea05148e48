"""The summary of a curation: what was kept, what was dropped and why, and a receipt for who asked for a removal."""

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from ..core.names import names_in
from ..core.parts import nearest
from ..curators.findings import described, labels
from ..curators.rights import asked_for, wanted
from ..curators.tally import Tallies
from ..data.stored.gather import Gathered
from .spec import CurateSpec


def summarise(
    spec: CurateSpec, gathered: Gathered, found: Tallies, kept: int, dropped: Mapping[str, int], files: Iterable[str]
) -> Any:
    """What summary.json says, the fields that scripts rely on first; `files` are those that were read."""
    return {
        "rows": gathered.rows,
        "kept": kept,
        "dropped": dict(dropped),
        "unreadable": gathered.unreadable,
        "notes": list(gathered.notes),
        "reasons": list(gathered.reasons),
        "findings": described(spec.parts, found, gathered.rows),
        "sources": _sources(found),
        "quality": _quality(spec.labels) if spec.labels else None,
        "receipt": _receipt(spec, found, {*found.sources, *_parts(files)}),
    }


def _quality(labels: str) -> dict[str, Any]:
    """What is known of the estimator that the labels taught."""
    from ..curators.quality.quality import estimated
    from ..curators.quality.report import report

    return report(estimated(labels)).json()


def _sources(found: Tallies) -> dict[str, Any]:
    """How many rows of each source there were, were kept, and were dropped by each curator."""
    sources = {}
    for name, rows in sorted(found.sources.items()):
        gone = {label: each.sources[name] for label, each in found.found.items() if each.sources[name]}
        sources[name] = {"rows": rows, "kept": rows - sum(gone.values()), "dropped": gone}
    return sources


def _receipt(spec: CurateSpec, found: Tallies, known: Set[str]) -> list[dict[str, Any]]:
    """Each request to have something removed or excluded, with the rows that went for it; some took none.

    `asks` says what a line of a file wants gone, and `meant` which of the `known` sources and files a name that took no
    row may stand for.
    """
    receipt = []
    for part, label in zip(spec.parts, labels(spec.parts), strict=True):
        if part.name == "removed":
            names, asks = asked_for(part.settings["files"]).tolist(), wanted(part.settings["files"])
        elif part.name == "excluded":
            names, asks = names_in(part.settings["sources"]), {}
        else:
            continue
        details = found.found[label].details
        for name in names:
            near = _meant(name, known) if part.name == "excluded" and not details[name] else None
            request = {"curator": part.name, "request": name, "rows": details[name]}
            receipt.append(request | {"asks": asks.get(name), "meant": near})
    return receipt


def _parts(files: Iterable[str]) -> Iterator[str]:
    """The names of files and of the folders that hold them."""
    return (part for file in files for part in Path(file).parts[-2:])


def _meant(name: str, known: Set[str]) -> str | None:
    """The one known name that is the same but for folders and endings, else the nearest; None where none is near."""
    same = [each for each in sorted(known) if _stem(each) == _stem(name)]
    return same[0] if len(same) == 1 else nearest(Path(name).name, sorted(known))


def _stem(name: str) -> str:
    return Path(name).name.partition(".")[0].casefold()
