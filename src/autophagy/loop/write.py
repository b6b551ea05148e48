"""How the rows and the figures of a generation, and those of real rows, are written to a run folder."""

from pathlib import Path

import numpy as np

from ..core.files import Line, write_json, writing
from ..core.known import or_null
from ..core.samples import Samples
from ..curators.curate import by_reason
from .loop import Generation
from .plan import LoopPlan
from .record import BASELINE, SAMPLES, Record
from .score import Evaluator

REAL_ROWS = 500  # of the reference, kept for the pictures of the report


def line_of(generation: Generation) -> Line:
    """One generation of one seed as generations.jsonl has it."""
    line: Line = {
        "regime": generation.regime,
        "seed": generation.seed,
        "generation": generation.index,
        "mixture": generation.mixture,
        "kept": len(generation.kept),
        "dropped": by_reason(generation.dropped),
        "scores": {name: or_null(value) for name, value in generation.scores.items()},
    }
    if generation.unknown:
        line["unknown"] = generation.unknown
    if generation.ended:
        line["ended"] = generation.ended
    if generation.histograms:
        line["histograms"] = {name: histogram.json() for name, histogram in generation.histograms.items()}
    return line


def write_samples(path: Path, samples: Samples) -> None:
    """Keep rows, with all their columns; texts as parquet beside the path, which NumPy could only pickle."""
    if samples.x.dtype.kind == "T":
        with writing(path.with_suffix(".parquet")) as file:
            samples.to_parquet(file)
    else:
        with writing(path) as file:
            np.savez(file, allow_pickle=False, **samples.columns())


def write_baseline(plan: LoopPlan, evaluator: Evaluator, record: Record) -> None:
    """Keep some real rows, and what real rows score; a second held-out set is there once, not once a seed."""
    write_samples(record.folder / SAMPLES / "real.npz", plan.reference.head(REAL_ROWS))
    draws = evaluator.baseline(plan, plan.spec.seeds if plan.control is None else 1)
    scores = [{name: or_null(value) for name, value in draw.scores.items()} for draw in draws]
    histograms = {name: histogram.json() for name, histogram in draws[0].histograms.items()}
    write_json(record.folder / BASELINE, {"scores": scores, "histograms": histograms})
