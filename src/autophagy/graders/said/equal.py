"""Whether two texts say the same and nothing else."""

import re

from ...text.values.tokens import bare, tokens
from .places import spans

# "Sure, ", "Answer: ", in front of the phrase
OPENERS = re.compile(r"^(?:sure|certainly|of course|okay|ok|great question)[!,.]\s+|^(?:a|ans|answer)\s*[:=]\s*", re.I)


def opened(text: str) -> str:
    """The text without politeness or a label in front."""
    return OPENERS.sub("", text.strip())


def equal(gold: str, said: str) -> bool:
    """Whether two texts say the same, token for token, articles and marks aside."""
    one, other = tokens(gold), tokens(opened(said))
    if all(token.kind == "symbol" for token in one):
        return bare(gold) == bare(said)
    if len(one) == 1 and one[0].kind == "word" and (one[0].article or len(one[0].text) == 1):
        return [token.text for token in other] == [one[0].text]
    first = next((place for place, token in enumerate(other) if not token.article), 0)
    return any(start <= first and end == len(other) for start, end in spans(other, one))
