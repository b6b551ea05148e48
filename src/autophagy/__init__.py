"""Autophagy: run, forecast, audit and measure generative models that feed on generated data."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the names below are imported when first used: type checkers and editors read them here
    from .compare_record import Comparison as Comparison
    from .compare_record import run_comparison as run_comparison
    from .compare_spec import CompareSpec as CompareSpec
    from .comparison import summarise as summarise
    from .data import load as load
    from .errors import AutophagyError as AutophagyError
    from .features import Features as Features
    from .forecast import forecast as forecast
    from .loop import Generation as Generation
    from .loop import loop as loop
    from .questions import Answer as Answer
    from .questions import Question as Question
    from .regimes import History as History
    from .registry import Fitted as Fitted
    from .registry import Verdict as Verdict
    from .registry import arm as arm
    from .registry import curator as curator
    from .registry import metric as metric
    from .registry import model as model
    from .registry import regime as regime
    from .report import write_report as write_report
    from .run import run as run
    from .samples import Samples as Samples
    from .spec import LoopSpec as LoopSpec
    from .stats import Score as Score

_HOME = {
    "Answer": "questions",
    "AutophagyError": "errors",
    "CompareSpec": "compare_spec",
    "Comparison": "compare_record",
    "Features": "features",
    "Fitted": "registry",
    "Generation": "loop",
    "History": "regimes",
    "LoopSpec": "spec",
    "Question": "questions",
    "Samples": "samples",
    "Score": "stats",
    "Verdict": "registry",
    "arm": "registry",
    "curator": "registry",
    "forecast": "forecast",
    "load": "data",
    "loop": "loop",
    "metric": "registry",
    "model": "registry",
    "regime": "registry",
    "run": "run",
    "run_comparison": "compare_record",
    "summarise": "comparison",
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
    """Keeps `autophagy.loop` and `autophagy.run` the functions when the modules of these names are imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _HOME or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
