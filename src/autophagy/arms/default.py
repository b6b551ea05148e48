"""The arms of a comparison that names none."""

from ..core.parts import Part
from ..core.registry import build

ARMS = (
    Part("closed"),
    Part("context"),
    Part("oracle"),
    Part("random"),
    Part("full", {"rewritings": 0}),
    Part("full", {"rewritings": 10}),
    Part("full+context", {"rewritings": 10}),
    Part("lora", {"rewritings": 10}),
    Part("format", {"rewritings": 10}),
)


def default_arms(lacks: frozenset[str]) -> tuple[Part, ...]:
    """Those arms that need nothing of what the model and the documents lack."""
    return tuple(part for part in ARMS if not lacks & build("arm", part).needs)
