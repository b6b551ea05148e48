"""Autophagy: run, forecast, audit and measure generative models that feed on generated data."""

from typing import TYPE_CHECKING

from .core.lazy import lazily

if TYPE_CHECKING:  # the names below are imported when first used: type checkers and editors read them here
    from .ask.ask import Reply as Reply
    from .ask.ask import ask as ask
    from .audit.audit import audit as audit
    from .audit.spec import AuditSpec as AuditSpec
    from .compare.record import Comparison as Comparison
    from .compare.spec import CompareSpec as CompareSpec
    from .compare.summary import summarise as summarise
    from .core.decorators import arm as arm
    from .core.decorators import curator as curator
    from .core.decorators import grader as grader
    from .core.decorators import metric as metric
    from .core.decorators import model as model
    from .core.decorators import reading as reading
    from .core.decorators import recipe as recipe
    from .core.decorators import regime as regime
    from .core.decorators import suite as suite
    from .core.errors import AutophagyError as AutophagyError
    from .core.errors import DataError as DataError
    from .core.errors import Diverged as Diverged
    from .core.errors import FitError as FitError
    from .core.errors import MissingExtra as MissingExtra
    from .core.errors import NotEnoughRealData as NotEnoughRealData
    from .core.errors import RecordError as RecordError
    from .core.errors import Unreadable as Unreadable
    from .core.errors import UsageError as UsageError
    from .core.errors import WorkerKilled as WorkerKilled
    from .core.figures import Figure as Figure
    from .core.plugin import Fitted as Fitted
    from .core.plugin import Verdict as Verdict
    from .core.questions import Answer as Answer
    from .core.questions import Question as Question
    from .core.samples import Samples as Samples
    from .curate.curate import curate as curate
    from .curate.spec import CurateSpec as CurateSpec
    from .data.load import load as load
    from .diff.diff import diff as diff
    from .drift.drift import drift as drift
    from .drift.snapshot.spec import SnapshotSpec as SnapshotSpec
    from .drift.spec import DriftSpec as DriftSpec
    from .drift.watch.run import watch as watch
    from .features.features import Features as Features
    from .forecast import ForecastSpec as ForecastSpec
    from .forecast import family as family
    from .forecast import forecast as forecast
    from .generate.spec import GenerateSpec as GenerateSpec
    from .graders.inspect import inspect_scorer as inspect_scorer
    from .loop.loop import Generation as Generation
    from .loop.loop import loop as loop
    from .loop.spec import LoopSpec as LoopSpec
    from .regimes.numbers import History as History
    from .report import write_report as write_report
    from .results.result import Result as Result
    from .runs.open import open as open
    from .runs.run import run as run
    from .statistics.intervals import Score as Score
    from .text.instructions import instruction as instruction

__version__ = "0.1.0"

_HOME = {
    "Answer": "core.questions",
    "AuditSpec": "audit.spec",
    "AutophagyError": "core.errors",
    "CompareSpec": "compare.spec",
    "Comparison": "compare.record",
    "CurateSpec": "curate.spec",
    "DataError": "core.errors",
    "Diverged": "core.errors",
    "DriftSpec": "drift.spec",
    "Features": "features.features",
    "FitError": "core.errors",
    "Fitted": "core.plugin",
    "Figure": "core.figures",
    "ForecastSpec": "forecast",
    "GenerateSpec": "generate.spec",
    "Generation": "loop.loop",
    "History": "regimes.numbers",
    "LoopSpec": "loop.spec",
    "MissingExtra": "core.errors",
    "NotEnoughRealData": "core.errors",
    "Question": "core.questions",
    "RecordError": "core.errors",
    "Reply": "ask.ask",
    "Result": "results.result",
    "Samples": "core.samples",
    "Score": "statistics.intervals",
    "SnapshotSpec": "drift.snapshot.spec",
    "Unreadable": "core.errors",
    "UsageError": "core.errors",
    "Verdict": "core.plugin",
    "WorkerKilled": "core.errors",
    "arm": "core.decorators",
    "ask": "ask.ask",
    "audit": "audit.audit",
    "curate": "curate.curate",
    "curator": "core.decorators",
    "diff": "diff.diff",
    "drift": "drift.drift",
    "family": "forecast",
    "forecast": "forecast",
    "grader": "core.decorators",
    "inspect_scorer": "graders.inspect",
    "instruction": "text.instructions",
    "load": "data.load",
    "loop": "loop.loop",
    "metric": "core.decorators",
    "model": "core.decorators",
    "open": "runs.open",
    "reading": "core.decorators",
    "recipe": "core.decorators",
    "regime": "core.decorators",
    "run": "runs.run",
    "suite": "core.decorators",
    "summarise": "compare.summary",
    "watch": "drift.watch.run",
    "write_report": "report",
}
__all__ = lazily(__name__)
