"""`world` as the name of documents, questions and a base model."""

from pathlib import Path

from ...core.errors import UsageError, must
from ...core.parts import Part
from ..dataset import Dataset
from .dataset import PEOPLE, make_dataset

WORLD = "world"
BASE = Path(__file__).parent / "base"
MOST_PEOPLE = 2_000  # a tenth of all names is kept back for them


def is_world(name: str) -> bool:
    """Whether a name stands for the invented world, with settings or without, and for no file or folder."""
    return name.partition(":")[0] == WORLD and not Path(name).exists()


def world(name: str = WORLD, seed: int = 0) -> Dataset:
    """The data of the world of that name, such as `world:people=4`; raises UsageError for a setting that it lacks."""
    return make_dataset(_people(Part.parse(name)), seed)


def model_path(model: str) -> str:
    """The folder or hub id of a model; `world` is the base model that comes with the package."""
    return str(BASE) if model == WORLD and not Path(model).exists() else model


def _people(part: Part) -> int:
    unknown = next((name for name in part.settings if name != "people"), None)
    if unknown:
        raise UsageError(f"the world has no setting {unknown!r}: its only setting is people.")
    people = part.settings.get("people", PEOPLE)
    good = isinstance(people, int) and not isinstance(people, bool) and 1 <= people <= MOST_PEOPLE
    must(good, "people", people, f"at least 1 and at most {MOST_PEOPLE}")
    return int(people)
