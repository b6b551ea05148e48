"""Names as their first letters, and first letters as the name: NYC, NATO, WW2."""

import re
from collections.abc import Iterator

from ...text.values.numbers import numeral
from ...text.values.token import Token, Tokens
from .marks import PAUSE

SMALL_WORDS = frozenset({"of", "and", "for", "the", "in", "on"})
SHORT = 8  # words of an answer that is hardly more than a name
FIGURES = frozenset("0123456789IVX")  # with which a short form with a number ends
LONGEST = 4  # words of a name that ends in a number


def acronyms(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where a name of several words stands as its first letters, or first letters as the name: NYC, United Kingdom."""
    names, short = _meant(gold), _letters(gold[0]) if len(gold) == 1 else ""
    if len(names) > 1:
        first = "".join(token.raw[0] for token in names).upper()
        usual = {first, *({"USA"} if [token.text for token in names] == ["united", "states"] else ())}
        usual = usual if all(token.capital for token in names) else set()
        for place, letters in enumerate(map(_letters, said)):
            if letters in usual or (len(said) <= SHORT and _abbreviates(letters, names)):
                yield place, place + 1
    for start in range(len(said) if len(short) > 1 else 0):
        end = _spelt_out(said, start, short) if said[start].capital else None
        # at the end of a text alone: any three words in a row begin with some three letters
        if end is None and len(said) - start <= 2 * len(short) and _abbreviates(short, _meant(said[start:])):
            end = len(said)
        if end is not None:
            yield start, end


def numbered(said: Tokens, gold: Tokens) -> Iterator[tuple[int, int]]:
    """Where a name that ends in a number stands as its letters with it, or the other way round: WW2, World War II."""
    if not any(token.kind == "number" or token.raw[-1:] in FIGURES for token in gold):
        return
    for start in range(len(said)):
        for end in range(start + 1, min(len(said), start + LONGEST) + 1):
            held = said[start:end]
            if _with_number(held, gold) if len(held) < len(gold) else _with_number(gold, held):
                yield start, end
                break


def _with_number(short: Tokens, full: Tokens) -> bool:
    """Whether words in capitals and a number are shortened to their letters and the number."""
    *names, number = full
    if not 1 < len(full) > len(short) or number.kind != "number" or not all(token.capital for token in names):
        return False
    letters, written = "".join(token.raw[0] for token in names), "".join(token.raw for token in short)
    figure = written[len(letters) :]
    return written.startswith(letters) and (figure == number.text or numeral(figure) == number.values[0])


def _meant(found: Tokens) -> list[Token]:
    """The words of a name that have a letter in its short form."""
    return [token for token in found if not (token.article or token.text in SMALL_WORDS)]


def _letters(token: Token) -> str:
    """The capitals of a short form, U.S. or NATO; empty for any other word."""
    letters = token.raw.replace(".", "")
    return letters if token.kind == "word" and letters.isalpha() and letters.isupper() else ""


def _spelt_out(said: Tokens, start: int, letters: str) -> int | None:
    """The end of the run of capitalised words that begin with these letters, small words between them aside."""
    place, wanted = start, list(letters)
    while place < len(said) and wanted:
        token = said[place]
        if place > start and PAUSE.search(token.before):
            return None
        if token.capital and token.raw[0].upper() == wanted[0]:
            wanted.pop(0)
        elif not (token.article or token.text in SMALL_WORDS) or place == start:
            return None
        place += 1
    return None if wanted or place - start < 2 else place


def _abbreviates(letters: str, words: Tokens) -> bool:
    """Whether letters are the first ones of words, or of a name perhaps more of each: Hypertext Transfer Protocol."""
    if len(letters) < 3 or not 2 <= len(words) <= len(letters) or any(token.kind != "word" for token in words):
        return False
    low = letters.lower()
    if [token.text[0] for token in words] == [*low]:
        return True
    each = "".join(f"{re.escape(token.text[0])}[{re.escape(token.text)}]*" for token in words)
    in_order = re.search(".*".join(map(re.escape, low)), "".join(token.text for token in words))
    return all(token.capital for token in words) and bool(re.fullmatch(each, low) and in_order)
