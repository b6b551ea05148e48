"""The marks between two tokens: which end a sentence, a clause or no more than a pause, and where a clause ends."""

import re

from ...text.values.token import Tokens

SENTENCE = re.compile(r"[.!?\n;]")
CLAUSE = re.compile(r"[.;:!?\n()—]|\s-+\s|\s--")
PAUSE = re.compile(r"[.,;:!?()\n]")


def end_of(mark: re.Pattern[str], said: Tokens, place: int) -> int:
    """The place of the first token from there on that such a mark stands before, or the end of the text."""
    return next((at for at in range(place, len(said)) if mark.search(said[at].before)), len(said))


def start_of(mark: re.Pattern[str], said: Tokens, place: int) -> int:
    """The place of the last token up to there that such a mark stands before, or the start of the text."""
    return next((at for at in range(place, 0, -1) if mark.search(said[at].before)), 0)
