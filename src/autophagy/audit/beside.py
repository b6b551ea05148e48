"""What an audit tells of the whole corpus, beside the rows that curators found."""

from dataclasses import asdict, replace
from typing import Any

from ..curators.machine.examples import matched, read_examples
from ..curators.machine.share import ShareLaw
from ..curators.machine.share import estimated as estimated_share
from ..curators.machine.signals import signals
from ..curators.quality.quality import estimated
from ..curators.quality.report import report
from ..curators.session import Session
from ..curators.shares import drawn, shares
from ..curators.whole import whole
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN
from .spec import AuditSpec


def beside(spec: AuditSpec, session: Session) -> dict[str, Any]:
    """The shares of topics, languages, sources and machine text, boilerplate, and the test items that rows hold."""
    corpus = session.gathered.corpus
    rows = drawn(corpus, spec.seed)[0].x.tolist()
    real = drawn(session.reference, spec.seed)[0].x.tolist() if session.reference else []
    share, law = _machine_share(spec, session)
    return {
        "shares": shares(corpus, session.reference, spec.seed),
        "machine_share": share.json(),
        "machine_law": law,
        "signals": [{**asdict(each), "title": each.title} for each in signals(rows, real)],
        "quality": report(estimated(spec.labels)).json() if spec.labels else None,
        **whole(session),
    }


def _machine_share(spec: AuditSpec, session: Session) -> tuple[Score, dict[str, Any]]:
    """The share of machine text, and how far a law was off on examples of sources that it was not fitted on.

    Unknown where there are no examples to learn it from.
    """
    if spec.examples is None:
        return UNKNOWN, {}
    fitted = ShareLaw.fit(matched(read_examples(spec.examples)), spec.law)
    share = estimated_share(replace(session.gathered.corpus, room=f"machine share {spec.law}"), fitted)
    return share, {"law": spec.law, "held_out": fitted.held_out_by, "off": fitted.off}
