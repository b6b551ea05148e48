"""Record any spec: the spec names the verb that runs it, so nothing here knows a verb by name."""

from importlib import import_module
from pathlib import Path
from typing import Any

from .spec import Spec


def run(spec: Spec, out: str | Path, *, resume: bool = False, **options: Any) -> Any:
    """Run a spec of any verb, record it in the folder `out` and return its Result, which `autophagy.open` reads again.

    With `resume`, go on with what is there. `options` are what the verb's own `run` takes more, such as `workers` and
    `progress` of a loop. Raises AutophagyError; whatever was finished stays in the folder.
    """
    return import_module(spec.runner).run(spec, out, resume=resume, **options).result()
