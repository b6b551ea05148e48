"""The model that verifiers ask: its calls have a ledger, so that none is sent twice and all count for the budget."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..core.parts import Part
from ..core.recipe import Request
from ..verifiers.asking import LONGEST
from .calls import Call, Ledger

ASKED = Part("verify")
TRIED = "try"  # begins the ids of calls about rows that verifiers are tried on, which follow no call of the run


@dataclass
class Panel:
    """Replies to the prompts of verifiers, at temperature 0; `calls` counts them by their state."""

    ledger: Ledger
    calls: Counter[str] = field(default_factory=Counter)

    def __call__(self, homes: Mapping[str, str], prompts: Sequence[str]) -> list[str | None]:
        """The replies, None where none came; `homes` has the id of the row that each prompt is about."""
        calls = {prompt: _call(homes[prompt], prompt) for prompt in dict.fromkeys(prompts)}
        replies = self.ledger.ask(list(calls.values()))
        found: dict[str, str | None] = {}
        for prompt, call in calls.items():
            reply = replies.get(call.id)
            self.calls["unsettled" if reply is None else "failed" if reply.error else "settled"] += 1
            found[prompt] = None if reply is None or reply.error else reply.text
        return [found[prompt] for prompt in prompts]


def _call(home: str, prompt: str) -> Call:
    digest = hashlib.sha256(prompt.encode("utf-8", "replace")).hexdigest()[:10]
    return Call(f"{home.replace('/', '.')}v{digest}", ASKED, Request(prompt, LONGEST, 0.0))
