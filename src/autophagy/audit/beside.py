"""What an audit tells of the whole corpus, beside the rows that curators found."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from ..core.parts import Part
from ..curators.contamination import contaminated_items
from ..curators.machine.examples import read_examples
from ..curators.machine.share import machine_share
from ..curators.machine.signals import signals
from ..curators.passages import boilerplate
from ..curators.quality.quality import estimated
from ..curators.quality.report import report
from ..curators.session import Session
from ..curators.shares import drawn, shares
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN
from .spec import AuditSpec

ITEMS = 50  # of evaluation sets that are listed


def beside(spec: AuditSpec, session: Session) -> dict[str, Any]:
    """The shares of topics, languages, sources and machine text, boilerplate, and the test items that rows hold."""
    corpus, found = session.gathered.corpus, session.found.found
    parts = dict(zip(session.bench.labels, spec.parts, strict=True))
    rows = drawn(corpus, spec.seed)[0].x.tolist()
    real = drawn(session.reference, spec.seed)[0].x.tolist() if session.reference else []
    repeated = "passages" in found and found["passages"].count > 0
    return {
        "shares": shares(corpus, session.reference, spec.seed),
        "machine_share": _machine_share(spec, session).json(),
        "signals": [{**asdict(each), "title": each.title} for each in signals(rows, real)],
        "boilerplate": _boilerplate(session, parts["passages"]) if repeated else [],
        "quality": report(estimated(spec.labels)).json() if spec.labels else None,
        "evaluation": _evaluation(session, parts["contamination"]) if "contamination" in parts else None,
    }


def _machine_share(spec: AuditSpec, session: Session) -> Score:
    """The share of machine text; unknown where there are no examples to learn it from."""
    if spec.examples is None:
        return UNKNOWN
    examples = read_examples(spec.examples)
    human, machine = (examples.texts[examples.machine == flag].tolist() for flag in (False, True))
    return machine_share(replace(session.gathered.corpus, room="machine share"), human, machine)


def _boilerplate(session: Session, part: Part) -> list[dict[str, Any]]:
    """The passages that stand in most rows, with the sources of these."""
    words = {name: value for name, value in part.settings.items() if name == "words"}
    return [asdict(each) for each in boilerplate(replace(session.gathered.corpus, room="passages"), **words)]


def _evaluation(session: Session, part: Part) -> Mapping[str, Any]:
    """How many items of the evaluation sets were looked for, and those that rows hold."""
    corpus = replace(session.gathered.corpus, room="evaluation")
    settings = {name: value for name, value in part.settings.items() if name in ("against", "words", "near")}
    found, looked_for = contaminated_items(corpus, **settings)
    return {"looked_for": looked_for, "found": len(found), "items": [asdict(each) for each in found[:ITEMS]]}
