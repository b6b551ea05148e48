"""The writer of a generation: a language model, or one of the loop's models, which is fitted on the seeds first."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..answering.find import find_model
from ..answering.fitted import FittedWriter
from ..answering.language_model import LanguageModel
from ..core.errors import DataError, UsageError
from ..core.parts import Part, did_you_mean
from ..core.recipe import PoolRow, passages
from ..core.registry import build, entries
from ..core.samples import Samples
from ..core.streams import stream
from ..gguf.find import SMOLLM2
from ..scale.threads import threads
from .spec import GenerateSpec


def find_writer(
    spec: GenerateSpec, seeds: Sequence[PoolRow], folder: Path, limits: Mapping[str, Any] = MappingProxyType({})
) -> LanguageModel:
    """The model that a spec names; one of the loop's is fitted once and kept in `folder`.

    The name of a model goes before a file of that name, which `./name` reaches. Raises UsageError where it makes no
    texts, or a recipe cannot work with it, FitError where it cannot learn the seeds, and what `find_model` raises.
    """
    name = spec.model.partition(":")[0].strip()
    models = entries("model")
    if spec.base_url:
        return find_model(spec.model, spec.base_url, one_line=False, limits=limits)
    if name not in models:
        return _found(spec.model, did_you_mean(name, [*models, SMOLLM2]))
    if models[name].of not in ("text", "any"):
        known = ", ".join(each for each, entry in models.items() if entry.of in ("text", "any"))
        raise UsageError(f"the model {name} makes numbers, and rows are texts: choose {known}, or a language model.")
    if spec.answers:
        raise UsageError(
            f"--answers needs a writer that follows instructions, and {name} only continues texts: leave it out."
        )
    part = Part.parse(spec.model)
    model: Any = build("model", part)
    texts = [text for recipe in spec.recipes for text in passages(recipe.name, build("recipe", recipe), seeds)]
    if not folder.exists():
        with threads(1):
            fitted = model.fit(Samples.of(texts), stream(spec.seed, "writer"))
        if not hasattr(fitted, "complete"):
            raise UsageError(f"the model {name} cannot continue a text (it lacks `complete`): choose another.")
        _keep(fitted, folder)
    return FittedWriter(str(part), model.load(folder))


def _found(name: str, guess: str) -> LanguageModel:
    """A language model by its name; where there is none, and one has nearly that name, the error says so."""
    try:
        return find_model(name, one_line=False)
    except DataError as error:
        if not guess:
            raise
        raise DataError(f"there is no model {name!r}{guess}: check the name, or give the path of a model.") from error


def _keep(fitted: Any, folder: Path) -> None:
    """Save a fitted model whole or not at all."""
    begun = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir()
    fitted.save(begun)
    begun.rename(folder)
