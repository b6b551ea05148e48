"""What is told of a whole corpus beside the rows that curators found: the test items in it, and its boilerplate."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from ..core.chunked import Batch, pick
from ..data.stored.corpus import FOUND, StoredCorpus
from ..data.stored.found import place, read_found
from .personal.mask import concealed
from .session import Session

ITEMS = 50  # of evaluation sets that are listed
Passages = tuple[StoredCorpus, dict[str, Any]]  # the rows, and the setting that says how long a passage is


def whole(session: Session) -> dict[str, Any]:
    """The test items that rows hold, None where none were looked for, and the passages that stand in most rows."""
    return {"boilerplate": repeated(passages_in(session)), "evaluation": evaluation(session)}


def passages_in(session: Session) -> Passages | None:
    """The rows among which passages were found, None where none were; another process can look at them."""
    at = _place(session, "passages")
    if at is None or not session.found.found[session.bench.labels[at]].count:
        return None
    seen = session.bench.seen(session.gathered.corpus, at)
    words = {name: value for name, value in session.bench.parts[at].settings.items() if name == "words"}
    return seen, words


def repeated(passages: Passages | None) -> list[dict[str, Any]]:
    """The passages that stand in most rows, with the sources of these; nothing where none were found."""
    from .boilerplate import boilerplate

    if passages is None:
        return []
    seen, words = passages
    found = boilerplate(seen, **words)
    shown = concealed([each.text for each in found])
    return [asdict(each) | {"text": text} for each, text in zip(found, shown, strict=True)]


def evaluation(session: Session) -> Mapping[str, Any] | None:
    """How many items of the evaluation sets were looked for, and those that rows hold; only rows found are read."""
    at = _place(session, "contamination")
    if at is None:
        return None
    from .contamination import contaminated_items

    settings = session.bench.parts[at].settings
    known = {name: value for name, value in settings.items() if name in ("against", "words", "near")}
    found, looked_for = contaminated_items(Batch(pick(*_rows(session, session.bench.labels[at]))), **known)
    return {"looked_for": looked_for, "found": len(found), "items": [asdict(each) for each in found[:ITEMS]]}


def _place(session: Session, curator: str) -> int | None:
    return next((at for at, part in enumerate(session.bench.parts) if part.name == curator), None)


def _rows(session: Session, label: str) -> tuple[Any, Any]:
    """The corpus, and the numbers of the rows that a curator found."""
    every = replace(session.gathered.corpus, without=())
    firsts = np.cumsum(every.counts) - every.counts
    found = [read_found(place(every.folder / FOUND, label, number)).rows for number in range(len(every.files))]
    return every, np.concatenate(
        [np.zeros(0, np.int64), *(rows + first for rows, first in zip(found, firsts, strict=True))]
    )
