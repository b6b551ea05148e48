"""Injections: passages that give orders to whatever model reads them."""

import numpy as np

from ...core.decorators import curator
from ...core.plugin import Verdict
from ...core.samples import Samples
from ..found import verdict_of
from .instructions import instructions


@curator(
    "injection",
    also=("injections", "prompt-injection"),
    of="text",
    title="Prompt injection",
    says="give orders to a model or hold tokens of a chat template",
    advice="Read them in place: a text about prompts is harmless, an order in a page about something else is not.",
    audits=True,
)
def injection(batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
    """Find passages that tell a model to drop its instructions, play a role, send data, and tokens of chat templates.

    The kinds and their patterns stand in curators.poison.instructions: overrides in thirteen languages, roles, the
    lifting of limits, requests for the system prompt, orders about the answer (Yi et al. 2023), images whose address
    takes data out, orders to use code, and the tokens that part the turns of a chat. The score is the number of places.
    """
    return verdict_of(instructions(batch.x), len(batch), "gives orders to a model")
