"""Verifiers that ask a model: what they ask of a row, and what its replies say of the row, need none to be tested."""

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from ..core.plugin import Verdict
from ..core.samples import Samples
from ..graders.judge import Ask
from .answered import AnsweredRow, RowRuling, Unknown, rows_of, verdict_of

LONGEST = 256  # tokens of a reply
UNASKED = "no reply"


@runtime_checkable
class AskingVerifier(Protocol):
    """A curator of rows with an answer that asks a model, of which it is told with `dataclasses.replace`."""

    @property
    def ask(self) -> Ask:
        """Replies to prompts, None where none came."""

    def prompts(self, row: AnsweredRow) -> list[str]:
        """What to ask of a row; nothing where that would be no use."""

    def rule(self, row: AnsweredRow, replies: Sequence[str]) -> RowRuling:
        """What the replies to these prompts say of the row."""


def nobody(prompts: Sequence[str]) -> list[None]:
    """A model that never replies, so that nothing is known of any row."""
    return [None] * len(prompts)


def ruled_by(verifier: AskingVerifier, batch: Samples, unknown: Unknown, reason: str) -> Verdict:
    """The verdict of such a verifier on a batch; rows without a reply to each prompt are unknown."""
    rows = rows_of(batch)
    asked = [verifier.prompts(row) for row in rows]
    replies = iter(verifier.ask([prompt for some in asked for prompt in some]))
    rulings = []
    for row, prompts in zip(rows, asked, strict=True):
        came: list[Any] = [next(replies) for _ in prompts]
        if not prompts:
            rulings.append(RowRuling.unknown("nothing to ask about"))
        elif None in came:
            rulings.append(RowRuling.unknown(UNASKED))
        else:
            rulings.append(verifier.rule(row, came))
    return verdict_of(rulings, unknown, reason)
