"""What a recipe wished and the server of the writer does not take."""

from ..answering.language_model import RAW, LanguageModel
from ..answering.served import ServedModel

WORDS = {RAW: "going on with a text without a chat"}


def unheeded(model: LanguageModel) -> list[str]:
    """A sentence for the options that a server refused, none where it took all."""
    refused = sorted(model.manners.refused) if isinstance(model, ServedModel) else []
    if not refused:
        return []
    told = ", ".join(WORDS.get(name, name) for name in refused)
    return [f"The server of {model.name} does not take {told}: replies came without."]
