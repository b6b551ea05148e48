"""What an audit tells of the whole corpus, beside the rows that curators found."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

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
from ..data.stored.facts import in_json, of_json
from ..statistics.intervals import Score
from ..statistics.paired import UNKNOWN
from .spec import AuditSpec

BOILERPLATE, SIGNALS = "boilerplate", "signals"


def beside(spec: AuditSpec, session: Session) -> dict[str, Any]:
    """The shares of topics, languages, sources and machine text, boilerplate, and the test items that rows hold."""
    corpus = session.gathered.corpus
    looks = _Looks(Shares.of(corpus, session.reference, (), spec.seed), passages_in(session))
    found = list(replace(corpus, without=(), room="beside").spread("the whole corpus", looks.at, looks.jobs))
    passages, signs = of_json(found[0]), of_json(found[-1])
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
            return in_json(repeated(self.passages))
        if what == SIGNALS:
            signs = signals(self.rows.rows.x.tolist(), self.rows.known.x.tolist())
            return in_json([{**asdict(each), "title": each.title} for each in signs])
        return self.rows.share(what)


def _machine_share(spec: AuditSpec, session: Session) -> tuple[Score, dict[str, Any]]:
    """The share of machine text, and how far a law was off on examples of sources that it was not fitted on.

    Unknown where there are no examples to learn it from.
    """
    if spec.examples is None:
        return UNKNOWN, {}
    fitted = ShareLaw.fit(matched(read_examples(spec.examples)), spec.law)
    share = estimated_share(replace(session.gathered.corpus, room=f"machine share {spec.law}"), fitted)
    return share, {"law": spec.law, "held_out": fitted.held_out_by, "off": fitted.off}
