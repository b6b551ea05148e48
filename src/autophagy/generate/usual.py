"""The recipe of a run that names none: what its writer does best with what it begins with."""

from pathlib import Path


def usual_recipe(model: str, *, served: bool, seeds: bool) -> str:
    """The name of the recipe for a writer, behind an address or not, that is given seeds, or documents alone.

    A model of the loop goes on with texts and takes no orders. A GGUF file is most often a small model, which goes on
    with a list of tasks better than it does as it is told: SmolLM2 brought no row of 20 calls of alpaca, and 40 of 11
    of self_instruct with what followed from them.
    """
    from ..core.registry import entries  # both load what the help of a verb does not need
    from ..gguf.find import SMOLLM2

    if not served and model.partition(":")[0].strip() in entries("model"):
        return "continue"
    if not seeds:
        return "questions"
    local = not served and (model == SMOLLM2 or Path(model).suffix.lower() == ".gguf")
    return "self_instruct" if local else "alpaca"
