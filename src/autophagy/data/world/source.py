"""`world` as the name of documents, questions and a base model."""

from pathlib import Path

from ...core.errors import UsageError, must
from ...core.parts import Part
from .library import PEOPLE

WORLD = "world"


MOST_PEOPLE = 2_000  # a tenth of all names is kept back for them


BASE = Path(__file__).parent / "base"


def _people(part: Part) -> int:
    """The number of people of a world."""
    unknown = next((name for name in part.settings if name != "people"), None)
    if unknown:
        raise UsageError(f"the world has no setting {unknown!r}: it takes people.")
    people = part.settings.get("people", PEOPLE)
    good = isinstance(people, int) and not isinstance(people, bool) and 1 <= people <= MOST_PEOPLE
    must(good, "people", people, f"at least 1 and at most {MOST_PEOPLE}")
    return int(people)


def model_path(model: str) -> str:
    """The folder or hub id of a model; `world` is the base model that comes with the package."""
    return str(BASE) if model == WORLD and not Path(model).exists() else model
