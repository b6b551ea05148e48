"""The rows of a column in which a pattern is found: by Hyperscan where it is installed, by RE2 where it is not.

Both take time that is linear in what they read: RE2 some 7 ms a megabyte, Hyperscan one. Hyperscan first makes an
automaton for up to a third of a second, so it is asked once a process has searched PAYS bytes for the same patterns.
Patterns are written for RE2; those that mean something else to Hyperscan are put into its words, or left to RE2.
"""

import re
import threading
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import Any

from .column import content

PAYS = 8 << 20
TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?:|\(\?|.", re.DOTALL)
BLANK = r"\t\n\f\r "  # what RE2 knows as \s; Hyperscan adds the vertical tab
FOLDED = "\u017f\u212a"  # the long s and the Kelvin sign, which are s and k to RE2 where case does not count
KNOWN = "\u024f"  # the last letter of which both know the other case: Hyperscan's Unicode is the older one
_searched: Counter[tuple[str, ...]] = Counter()  # bytes, by patterns
_scratch = threading.local()  # the memory that each thread scans with, by database


def rows_with(known: Any, pattern: str) -> list[int]:
    """The numbers of the texts of a column (see text.column) in which the pattern is found."""
    found = at_once(known, (pattern,))
    return found[pattern] if pattern in found else by_re2(known, pattern)


def by_re2(known: Any, pattern: str) -> list[int]:
    """The same of a column by RE2 alone, for texts too few to make Hyperscan's automaton for."""
    import pyarrow.compute as pc

    if not len(known):  # it would make its automaton of the pattern all the same
        return []
    found: list[int] = pc.indices_nonzero(pc.match_substring_regex(known, pattern)).to_pylist()
    return found  # its to_numpy would import pandas


def at_once(known: Any, patterns: tuple[str, ...]) -> dict[str, list[int]]:
    """By pattern the numbers of the texts of a column in which it is found, in one pass over them.

    Nothing is returned where RE2 is the one to ask, to which each pattern is a pass of its own.
    """
    if not len(known):
        return {}
    data, ends = content(known)
    _searched[patterns] += len(data)
    database = _database(patterns) if _searched[patterns] >= PAYS else None
    if database is None:
        return {}
    found: list[list[int]] = [[] for _ in patterns]

    def seen(pattern: int, begin: int, end: int, flags: int, row: int) -> None:
        found[pattern].append(row)

    whole, scratch = data.data, _own_scratch(database)
    for row, (begin, end) in enumerate(pairwise(ends.tolist())):
        database.scan(whole[begin:end], seen, 0, row, scratch)
    return dict(zip(patterns, found, strict=True))


@cache
def _database(patterns: tuple[str, ...]) -> Any:
    """What Hyperscan made of the patterns; None where it is not installed or does not know all of them."""
    try:
        import hyperscan
    except ImportError:
        return None
    plain = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SINGLEMATCH
    flags = [plain | hyperscan.HS_FLAG_CASELESS * pattern.startswith("(?i)") for pattern in patterns]
    database = hyperscan.Database()
    try:
        parts = [(part, number) for number, pattern in enumerate(patterns) for part in alternatives(pattern)]
        database.compile(
            [part.encode() for part, _ in parts], [number for _, number in parts], flags=[flags[n] for _, n in parts]
        )
    except (ValueError, hyperscan.error):
        return None
    return database


def _own_scratch(database: Any) -> Any:
    import hyperscan

    held = _scratch.__dict__
    if database not in held:
        held[database] = hyperscan.Scratch(database)
    return held[database]


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern of RE2 in the words of Hyperscan, which is quicker where it has them one by one.

    Raises ValueError where the two could differ.
    """
    caseless = pattern.startswith("(?i)")
    parts, depth = [""], 0
    for token in TOKEN.findall(pattern.removeprefix("(?i)")):
        if token == "|" and not depth:
            parts.append("")
            continue
        depth += (token[0] == "(") - (token == ")")
        parts[-1] += _in_its_words(token, caseless)
    return parts


def _in_its_words(token: str, caseless: bool) -> str:
    if token == "(?" or (caseless and any(letter > KNOWN and letter.lower() != letter.upper() for letter in token)):
        raise ValueError(f"{token} is not the same to Hyperscan")
    if token[0] == "[":
        return re.sub(r"\[:|\\.", lambda part: _in_class(part[0], caseless), token)
    if token[0] == "\\" and token[1].isalnum() and token[1] not in "dDwWsSbBAztnfr":
        raise ValueError(f"{token} is not the same to Hyperscan")
    words = {"$": r"\z", r"\s": f"[{BLANK}]", r"\S": f"[^{BLANK}]"}
    folded = {r"\w": rf"[\w{FOLDED}]", r"\W": rf"[^\w{FOLDED}]"} if caseless else {}
    return {**words, **folded}.get(token, token)


def _in_class(part: str, caseless: bool) -> str:
    letter = part[1]
    if part == "[:" or (letter.isalnum() and letter not in "dDstnfr" + ("" if caseless else "wW")):
        raise ValueError(f"[{part}] is not the same to Hyperscan")
    return BLANK if part == r"\s" else part
