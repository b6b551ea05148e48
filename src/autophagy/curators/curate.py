"""Curation: a batch goes in, what is kept and what is dropped come out, with score and reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..core.chunked import Batch
from ..core.errors import UsageError
from ..core.plugin import Verdict
from ..core.samples import Samples


@dataclass(frozen=True)
class Curated:
    """The rows kept, and the rows dropped with the columns `reason` and `score`; together all that came in."""

    kept: Samples
    dropped: Samples


def by_reason(dropped: Samples) -> dict[str, int]:
    """How many of the dropped rows each curator dropped."""
    if not len(dropped):
        return {}
    reasons, counts = np.unique(dropped.meta["reason"], return_counts=True)
    return {str(reason): int(count) for reason, count in zip(reasons, counts, strict=True)}


def judged(judge: Callable[..., Any], batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
    """The verdict on a batch in memory of a curator of either kind, of rows or of a whole corpus."""
    if getattr(getattr(judge, "func", judge), "over", "rows") == "rows":
        return judge(batch, reference, rng)
    (verdict,) = judge(Batch(batch), Batch(reference), rng)
    return verdict


def curate(
    batch: Samples,
    reference: Samples,
    rng: np.random.Generator,
    curators: Mapping[str, Callable[..., Any]],
) -> Curated:
    """Let each curator in turn judge the rows that the earlier ones kept, beside the real rows of `reference`.

    These must not be rows that are held out for measuring: what is chosen by them carries them into the training.
    Raises UsageError where a verdict does not speak of every row, or where no row is left.
    """
    kept, dropped = batch, []
    for label, judge in curators.items():
        verdict = checked(label, judged(judge, kept, reference, rng), len(kept))
        keep = verdict.keep
        out = kept.take(~keep)
        reasons = np.full(len(out), label)  # (dropped,) which curator dropped the row
        columns = {**out.meta, "reason": reasons, "score": verdict.score[~keep]}
        dropped.append(Samples(out.x, out.generation, out.source, columns))
        kept = kept.take(keep)
        if not len(kept):
            raise UsageError(f"the curator {label} kept none of {len(keep)} rows ({verdict.reason}): loosen it.")
    none = kept.take(slice(0, 0))
    return Curated(kept, Samples.concat(dropped) if dropped else none)


def checked(label: str, verdict: Any, rows: int) -> Verdict:
    """The verdict, with arrays for lists; raises UsageError where it is none, or does not speak of every row."""
    if not isinstance(verdict, Verdict):
        raise UsageError(
            f"the curator {label} returned {type(verdict).__name__}: let it return Verdict(keep, score, reason)."
        )
    verdict = replace(verdict, keep=np.asarray(verdict.keep, bool), score=np.asarray(verdict.score))
    if verdict.keep.shape != (rows,) or verdict.score.shape != (rows,):
        raise UsageError(
            f"the curator {label} judged {verdict.keep.shape} of {rows} rows: return keep and score for each."
        )
    return verdict
