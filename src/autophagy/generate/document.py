"""The document of a run: what it came to, how varied the rows are, and what more of them would cost."""

from typing import Any

from ..answering.fitted import FittedWriter
from ..core.files import read_lines
from .answers.summary import answers_of, calls_of
from .estimate import estimate, told
from .making import USED_UP, Making
from .outlook import outlook_of
from .record import JUDGED
from .summary import summary
from .unheeded import several, uncounted, unheeded
from .variety.compared import variety
from .variety.map import map_of
from .variety.openings import openings
from .verdict import verdict


def document_of(making: Making) -> dict[str, Any]:
    """All that a run came to, as summary.json has it."""
    spec, inputs, tally, ledger = making.spec, making.inputs, making.tally, making.ledger
    further = calls_of(making.answering)
    if panel := inputs.verify.panel:
        further += panel.calls
    lines = [*read_lines(ledger.path), *read_lines(making.folder / JUDGED)]
    found = summary(tally, ledger, spec.rows, ledger.model.name, further, lines)
    found |= {"format": spec.format, "answers": answers_of(making.answering, tally.kept)}
    found |= {"verified": inputs.verify.document(), "fitted": isinstance(ledger.model, FittedWriter)}
    found |= variety(tally.kept, inputs.pool, spec.seed)
    found["outlook"] = outlook_of(tally, found["money"], further.total() - further["unsettled"])
    found |= {"map": map_of(tally.kept, inputs.pool, spec.seed), "openings": openings(tally.kept)}
    found["quotas"] = inputs.quotas.json(found["dropped"])
    found["notes"] = [*inputs.notes, *unheeded(ledger.model), *uncounted(ledger), *several(ledger)]
    sentences = verdict(found, making.ended, making.ended not in ("", USED_UP))
    if making.most_calls and len(tally.kept) < spec.rows:
        found["estimate"] = estimate([*tally.kept, *tally.dropped], lines, spec.rows, spec.seed)
        sentences[1:1] = told(found["estimate"], spec.rows)
    return found | {"verdict": sentences}
