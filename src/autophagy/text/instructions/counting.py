"""Counting: the words, the sentences and the paragraphs of a text, and how many of something are asked for."""

import re
from abc import abstractmethod
from dataclasses import dataclass

from ...core.errors import UsageError
from ..plural import plural
from ..scripts import CLUSTER, IDEOGRAPHS, MARKS, SOUTHEAST
from .instruction import Instruction

LETTER = rf"[^\W_{IDEOGRAPHS}{SOUTHEAST}][{MARKS}]*"
# Apostrophes, hyphens and the points and commas of a number stand within a word. Where no blanks part words, each
# character is one.
WORD = re.compile(rf"[{IDEOGRAPHS}][{MARKS}]*|{CLUSTER}|(?:{LETTER})+(?:(?:['’‑-]|(?<=\d)[.,](?=\d))(?:{LETTER})+)*")
ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+")  # "- ", "1. "
HEADING = re.compile(r"\s*#{1,6}[ \t].*")  # "## Title"
# where a paragraph ends: a blank line, a list or a heading
BLOCK = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+•]|\d{1,3}[.)]|#{1,6})[ \t])|(?<=\n)(?=[ \t]*#{1,6}[ \t])")
# which end no sentence
_BEFORE_NAMES = """
mr mrs ms dr prof st capt lt col maj sgt adm gen gov sen rep rev hon e.g i.e vs no vol fig approx dept
"""
_AT_ENDS = "etc inc ltd co corp jr sr est"  # which end one before a capital
_STARTERS = "the a an he she it they we i you but however this that these there in if when his her its"
BEFORE_NAMES, AT_ENDS = frozenset(_BEFORE_NAMES.split()), frozenset(_AT_ENDS.split())
STARTERS = frozenset(_STARTERS.split())
GOING_ON = re.compile(r"[ \t]*(?:&|\[(?:1[89]|20)\d\d[a-z]?\])")  # "Com. & Adm.", "Yan et al. [2004]"
ET_AL = re.compile(r"\bet al$")
# where a sentence ends, with the quotation marks and footnotes behind it
END = re.compile(r"(?:[.!?…]+[\"'”’)\]*_]*(?:\[[\w?]{1,4}\])*(?=\s|$))|[。！？｡]+[」』”’）]*|[।۔؟։]+")


def words(text: str) -> list[str]:
    """The words of a text: "don't", "well-known" and "3.5" are one each, and so is a Chinese character."""
    return WORD.findall(text)


def sentences(text: str) -> int:
    """The number of sentences.

    A sentence ends with a full stop, an exclamation or a question mark before white space, unless the stop ends an
    abbreviation or an initial. What has no such mark counts as one where it is a paragraph or an item of a list; what
    ends with a colon goes on, and headings of Markdown are none.
    """
    return sum(map(_within, BLOCK.split(text)))


def _within(block: str) -> int:
    """The sentences of a paragraph, or of an item of a list."""
    return in_running_text(ITEM.sub("", HEADING.sub("", block, count=1), count=1))


def in_running_text(block: str) -> int:
    """The sentences of a text in which neither lists nor headings nor paragraphs play a part."""
    ends = [match for match in END.finditer(block) if not _shortens(block, match)]
    rest = block[ends[-1].end() :] if ends else block
    starts = [0, *(match.end() for match in ends[:-1])]
    said = sum(bool(words(block[start : match.end()])) for start, match in zip(starts, ends, strict=False))
    return said + (bool(words(rest)) and not rest.rstrip("*_ \n\t").endswith(":"))


def _shortens(block: str, end: "re.Match[str]") -> bool:
    """Whether a full stop ends an abbreviation or an initial, and the sentence goes on behind it."""
    if end[0][0] != "." or end[0].startswith(".."):
        return False
    if GOING_ON.match(block, end.end()):
        return True
    word = re.split(r"[\s(\"“*_]", block[: end.start()])[-1]
    behind = re.match(r"\W*(\w*)", block[end.end() :])
    following = behind[1] if behind else ""
    if not following:
        return False
    if word.lower() in AT_ENDS:
        return following[0].islower()
    if ET_AL.search(block, max(0, end.start() - 6), end.start()):
        return not following[0].isupper()
    initial = len(word) == 1 and word.isupper() and word != "I"
    dotted = "." in word and not word.startswith(".") and word.lower() not in BEFORE_NAMES
    return word.lower() in BEFORE_NAMES or ((initial or dotted) and following.lower() not in STARTERS)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which blank lines part."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


@dataclass(frozen=True)
class Amount(Instruction):
    """How many of something there must be: at least, at most or exactly so many."""

    least: int | None = None
    most: int | None = None
    exactly: int | None = None

    def __post_init__(self) -> None:
        given = (self.least, self.most, self.exactly)
        if given == (None, None, None):
            raise UsageError(
                f"the instruction {self.name} says no number: write {self.name}:least=3, most=3 or exactly=3."
            )
        if self.exactly is not None and given[:2] != (None, None):
            raise UsageError(
                f"the instruction {self.name} says exactly and another bound: give exactly, or least and most."
            )
        if self.least is not None and self.most is not None and self.least > self.most:
            raise UsageError(
                f"the instruction {self.name} asks for at least {self.least} and at most {self.most}: swap them."
            )

    @abstractmethod
    def count(self, text: str) -> int:
        """How many there are in a text."""

    def follows(self, text: str) -> bool:
        """Whether there are as many as are asked for."""
        return self.meets(self.count(text))

    def meets(self, count: int) -> bool:
        """Whether that is as many as are asked for."""
        if self.exactly is not None:
            return count == self.exactly
        return (self.least or 0) <= count and (self.most is None or count <= self.most)

    def asked(self, thing: str, things: str = "") -> str:
        """The number in words, such as "at least 3 words"."""
        if self.exactly is not None:
            return f"exactly {plural(self.exactly, thing, things)}"
        if self.least is None:
            return f"at most {plural(self.most or 0, thing, things)}"
        if self.most is None:
            return f"at least {plural(self.least, thing, things)}"
        return f"between {self.least:,} and {plural(self.most, thing, things)}"
