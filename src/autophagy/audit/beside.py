"""What an audit tells of the whole corpus, beside the rows that curators found."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from ..core.chunked import Facts
from ..curators.machine.examples import matched, read_examples
from ..curators.machine.share import ShareLaw
from ..curators.machine.share import estimated as estimated_share
from ..curators.machine.signals import signals
from ..curators.quality.quality import estimated
from ..curators.quality.report import report
from ..curators.session import Session
from ..curators.shares import Shares
from ..curators.whole import Passages, evaluation, passages_in, repeated
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN
from .spec import AuditSpec

BOILERPLATE, SIGNALS = "boilerplate", "signals"


def beside(spec: AuditSpec, session: Session) -> dict[str, Any]:
    """The shares of topics, languages, sources and machine text, boilerplate, and the test items that rows hold."""
    corpus = session.gathered.corpus
    looks = _Looks(Shares.of(corpus, session.reference, (), spec.seed), passages_in(session))
    found = list(replace(corpus, without=(), room="beside").spread("the whole corpus", looks.at, looks.jobs))
    passages, signs = (json.loads(str(facts["json"][0])) for facts in (found[0], found[-1]))
    share, law = _machine_share(spec, session)
    return {
        "shares": Shares.read(found[1:-1]),
        "machine_share": share.json(),
        "machine_law": law,
        "signals": signs,
        "quality": report(estimated(spec.labels)).json() if spec.labels else None,
        "boilerplate": passages,
        "evaluation": evaluation(session),
    }


@dataclass(frozen=True)
class _Looks:
    """What other processes look at: rows drawn at random, and those among which passages were found."""

    rows: Shares
    passages: Passages | None

    @property
    def jobs(self) -> Sequence[str]:
        """What to look for, the longest first."""
        return [BOILERPLATE, *self.rows.by, SIGNALS]

    def at(self, what: str) -> Facts:
        """What was looked for, as JSON."""
        if what == BOILERPLATE:
            found = repeated(self.passages)
        elif what == SIGNALS:
            signs = signals(self.rows.rows.x.tolist(), self.rows.known.x.tolist())
            found = [{**asdict(each), "title": each.title} for each in signs]
        else:
            return self.rows.share(what)
        return {"json": np.array([json.dumps(found, allow_nan=False)], dtype=np.dtypes.StringDType())}


def _machine_share(spec: AuditSpec, session: Session) -> tuple[Score, dict[str, Any]]:
    """The share of machine text, and how far a law was off on examples of sources that it was not fitted on.

    Unknown where there are no examples to learn it from.
    """
    if spec.examples is None:
        return UNKNOWN, {}
    fitted = ShareLaw.fit(matched(read_examples(spec.examples)), spec.law)
    share = estimated_share(replace(session.gathered.corpus, room=f"machine share {spec.law}"), fitted)
    return share, {"law": spec.law, "held_out": fitted.held_out_by, "off": fitted.off}
