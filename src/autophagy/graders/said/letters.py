"""Golds of a single letter, which may also be an article or a pronoun."""

import re

from ...text.values.token import Token, Tokens

WORDS = frozenset({"a", "i", "o"})


def stands(said: Tokens, place: int, gold: Token) -> bool:
    """Whether a letter stands for itself: in its own case, and as no article or pronoun before a word."""
    token = said[place]
    if token.text != gold.text or token.raw != gold.raw:
        return False
    if token.text not in WORDS:
        return True
    following = said[place + 1] if place + 1 < len(said) else None
    if following is None or re.search(r"[^\s]", following.before):
        return True
    opens = place == 0 or bool(re.search(r"[.!?\n:]", token.before))
    named = token.text == "a" or (place > 0 and said[place - 1].capital) or not following.raw.islower()
    return token.raw.isupper() and not opens and named
