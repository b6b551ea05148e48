"""Autophagy: run, forecast, audit and measure generative models that feed on generated data."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the names below are imported when first used: type checkers and editors read them here
    from .compare.record import Comparison as Comparison
    from .compare.spec import CompareSpec as CompareSpec
    from .compare.summary import summarise as summarise
    from .core.errors import AutophagyError as AutophagyError
    from .core.errors import DataError as DataError
    from .core.errors import Diverged as Diverged
    from .core.errors import FitError as FitError
    from .core.errors import MissingExtra as MissingExtra
    from .core.errors import NotEnoughRealData as NotEnoughRealData
    from .core.errors import RecordError as RecordError
    from .core.errors import UsageError as UsageError
    from .core.questions import Answer as Answer
    from .core.questions import Question as Question
    from .core.registry import Fitted as Fitted
    from .core.registry import Verdict as Verdict
    from .core.registry import arm as arm
    from .core.registry import curator as curator
    from .core.registry import metric as metric
    from .core.registry import model as model
    from .core.registry import regime as regime
    from .core.run import run as run
    from .core.samples import Samples as Samples
    from .data.load import load as load
    from .features.features import Features as Features
    from .forecast import forecast as forecast
    from .loop.loop import Generation as Generation
    from .loop.loop import loop as loop
    from .loop.spec import LoopSpec as LoopSpec
    from .regimes.numbers import History as History
    from .report import write_report as write_report
    from .statistics.intervals import Score as Score

_HOME = {
    "Answer": "core.questions",
    "AutophagyError": "core.errors",
    "CompareSpec": "compare.spec",
    "Comparison": "compare.record",
    "DataError": "core.errors",
    "Diverged": "core.errors",
    "Features": "features.features",
    "FitError": "core.errors",
    "Fitted": "core.registry",
    "Generation": "loop.loop",
    "History": "regimes.numbers",
    "LoopSpec": "loop.spec",
    "MissingExtra": "core.errors",
    "NotEnoughRealData": "core.errors",
    "Question": "core.questions",
    "RecordError": "core.errors",
    "Samples": "core.samples",
    "Score": "statistics.intervals",
    "UsageError": "core.errors",
    "Verdict": "core.registry",
    "arm": "core.registry",
    "curator": "core.registry",
    "forecast": "forecast",
    "load": "data.load",
    "loop": "loop.loop",
    "metric": "core.registry",
    "model": "core.registry",
    "regime": "core.registry",
    "run": "core.run",
    "summarise": "compare.summary",
    "write_report": "report",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    """The public names, each imported when it is first used, so that `autophagy --help` is quick."""
    if name not in _HOME:
        raise AttributeError(f"module 'autophagy' has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """Keeps `autophagy.loop` and `autophagy.forecast` the functions when the folders of these names are imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _HOME or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
