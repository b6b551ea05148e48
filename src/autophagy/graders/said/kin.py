"""Whether a word could stand where the gold does: a number for a number, a name for a name."""

import math

from ...text.values.token import Token, Tokens

EXACT = ("number", "date", "time", "code")


def kin(token: Token, gold: Tokens) -> bool:
    """Whether a token could stand where the gold does: a number for a number, a name for a name."""
    head = next((one for one in gold if not one.article), gold[0])
    if head.kind in EXACT:
        return token.kind in EXACT and not _converted(token, head)
    return token.capital if head.capital else token.kind == "word"


def _converted(token: Token, head: Token) -> bool:
    """Whether a number says another in a unit of its own: 15 mL or 0.5 fluid ounces, but not 30 days or 30 hours."""
    if not (token.unit and head.unit) or token.unit == head.unit:
        return False
    if token.unit[0] != head.unit[0]:
        return token.values[0] != head.values[0]
    return math.isclose(token.values[0] * token.unit[1], head.values[0] * head.unit[1], rel_tol=0.05)
