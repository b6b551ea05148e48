"""Nouns, verbs and adjectives to draw from: those of a file, or those that stand where such words stand in texts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from ..core.errors import DataError, UsageError

KINDS = ("noun", "verb", "adjective")
NOUN_FOLLOWS = "a an the my your his her its our their this that some every each"
VERB_FOLLOWS = "to can could will would must should may might did does do not i you he she we they"
ADJECTIVE_FOLLOWS = "very so too quite really"
BEFORE_NOUNS, BEFORE_VERBS, BEFORE_ADJECTIVES = (
    frozenset(words.split()) for words in (NOUN_FOLLOWS, VERB_FOLLOWS, ADJECTIVE_FOLLOWS)
)
REST = """
and or but if of in on at by for with from as than then is are was were be been being am has have had it him me us them
there here what which who whom whose where when why how no any all both more most much many few other another such only
own same just also about into over under after before again once one two three up down out off
"""
SMALL = BEFORE_NOUNS | BEFORE_VERBS | BEFORE_ADJECTIVES | frozenset(REST.split())
SHORTEST = 3  # letters
ENOUGH = 20  # words that are met twice, so that those that are met once are not needed


def read_vocabulary(path: str) -> dict[str, list[str]]:
    """The words of a file with lines such as "noun: boat, river"; each kind may have several lines.

    Raises DataError where it cannot be read, or a line is none, or a kind has no word.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"the vocabulary {path} cannot be read as UTF-8 text: give the path of a text file.") from error
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for number, line in enumerate(lines, 1):
        kind, colon, words = line.partition(":")
        kind = kind.strip().lower().removesuffix("s")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not colon or kind not in KINDS:
            raise DataError(
                f"line {number} of the vocabulary {path} names no kind of word: write lines such as "
                "'noun: boat, river', with noun, verb or adjective."
            )
        found[kind] += [word for each in words.split(",") if (word := " ".join(each.split()).lower())]
    return _whole({kind: list(dict.fromkeys(words)) for kind, words in found.items()}, f"the vocabulary {path}")


def words_of(texts: Iterable[str]) -> dict[str, list[str]]:
    """The nouns, verbs and adjectives of texts, in the order of the alphabet, told by the words before and after them.

    A noun ends what an article begins, and what stands between is an adjective; a verb follows "to", a pronoun or an
    auxiliary, or begins a text, as instructions do. It is a rule of thumb for prompts, not a tagger: a word is of the
    kind that it is met as most often. Raises UsageError where a kind is met nowhere.
    """
    seen = {kind: Counter[str]() for kind in KINDS}
    for text in texts:
        clauses = [part.split() for part in re.split(r"[^\w\s'’-]+|\n", text.lower())]
        told = chain([("verb", word) for word in clauses[0][:1]], chain.from_iterable(map(_told, clauses)))
        for kind, word in told:
            if len(word) >= SHORTEST and word.isalpha() and word not in SMALL and not word.endswith("ly"):
                seen[kind][word] += 1
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for word in sorted(set().union(*seen.values())):
        counts = [seen[kind][word] for kind in KINDS]
        found[KINDS[counts.index(max(counts))]].append(word)
    for kind, words in found.items():  # what is met once may be met by accident
        often = [word for word in words if seen[kind][word] > 1]
        found[kind] = often if len(often) >= ENOUGH else words
    return _whole(found, "the seeds")


def _told(words: list[str]) -> Iterator[tuple[str, str]]:
    """What kind the words of a clause are, of those whose place tells it."""
    for place, word in enumerate(words[:-1]):
        after = words[place + 1]
        if word in BEFORE_VERBS:
            yield "verb", after
        elif word in BEFORE_ADJECTIVES:
            yield "adjective", after
        elif word in BEFORE_NOUNS:
            rest = words[place + 1 :]
            length = next((n for n, each in enumerate(rest) if each in SMALL), len(rest))
            if 1 <= length <= 3:  # longer ones run on into a verb
                yield "noun", rest[length - 1]
                yield from (("adjective", each) for each in rest[: length - 1])


def _whole(found: Mapping[str, list[str]], where: str) -> dict[str, list[str]]:
    for kind, words in found.items():
        if not words:
            raise UsageError(
                f"words finds no {kind} in {where}: give vocabulary=PATH with lines such as '{kind}: ...'."
            )
    return dict(found)
