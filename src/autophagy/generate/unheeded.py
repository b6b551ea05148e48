"""What the server of the writer does not take, does not count, or calls by several names."""

from ..answering.language_model import RAW, LanguageModel
from ..text.plural import plural
from .calls import LETTERS, Ledger

WORDS = {RAW: "continuing a text outside a chat"}


def unheeded(model: LanguageModel) -> list[str]:
    """A sentence for the options that a server refused, none where it took all."""
    manners = getattr(model, "manners", None)  # what a served model has learnt about its server
    refused = sorted(manners.refused) if manners else []
    if not refused:
        return []
    told = ", ".join(WORDS.get(name, name) for name in refused)
    return [f"The server of {model.name} does not support {told}, so its replies were made without."]


def uncounted(ledger: Ledger) -> list[str]:
    """A sentence where replies came without a count of their tokens, none where all had one."""
    count = ledger.spent.uncounted
    if not count:
        return []
    rule = f"for the budget, {LETTERS} letters count as a token" if ledger.budget else "the sums leave them out"
    return [f"{ledger.model.name} gave no count of the tokens of {plural(count, 'reply', 'replies')}: {rule}."]


def several(ledger: Ledger) -> list[str]:
    """A sentence where the server said of its replies that they are of several models."""
    if len(+ledger.writers) < 2:
        return []
    told = ", ".join(f"{name} ({plural(count, 'call')})" for name, count in ledger.writers.most_common(4))
    return [f"The server of {ledger.model.name} answered as {told}: the rows come from several writers."]
