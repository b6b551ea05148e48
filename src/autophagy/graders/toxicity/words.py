"""Words: a short list of our own, in English, so that there is a scorer where no model is.

What it covers: profanity, insults, threats, dehumanising words, and the slurs that mean nothing else. What it does not:
everything that is said without such words. Its recall is unknown, since no labelled sample came with the project; lists
of words are known to miss most of what people call toxic. Words for groups of people are not on it.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from ...core.errors import DataError
from .scorer import digest_of

PROFANITY = (
    "fuck motherfuck fuckwit shit bullshit bitch bastard asshole arsehole dumbass jackass dickhead cunt twat wanker "
    "cocksuck whore slut douchebag"
)
INSULTS = "idiot moron imbecile scumbag halfwit dimwit retard crybaby lowlife"
DEHUMANISING = "subhuman untermensch"
SLURS = "nigger nigga faggot kike gook wetback raghead towelhead"
DISGUISED = {"a": "a@4", "e": "e3", "i": "i1!*", "o": "o0*", "u": "uv*", "s": "s$5", "c": "c*", "t": "t7"}
REPEATS = 6  # of one letter, so that a long row of signs takes no longer than it is long
ENDINGS = "(?:s|es|z|er|ers|in|ing|ed|y|ish|ic|face|faces|head|heads)?"
PHRASES = (
    r"\b(?:i(?:'ll| will| am going to|'m going to|'m gonna)|(?:we|they)(?:'ll| will)|someone should|somebody should)\s+"
    r"(?:kill|murder|stab|shoot|rape|hang|strangle|burn|beat)\s+(?:you|him|her|them)\b",
    r"\b(?:go\s+)?(?:kill|hang|shoot)\s+yoursel(?:f|ves)\b|\bkys\b|\b(?:you|they)\s+(?:should|deserve\s+to|ought\s+to|all\s+"
    r"deserve\s+to)\s+(?:all\s+)?(?:die|rot|burn|suffer)\b|\bgo\s+(?:die|to\s+hell)\b|\b(?:drop|rot)\s+(?:dead|in\s+hell)\b",
    r"\b(?:you(?:'re|\s+are)|your\s+kind\s+(?:is|are))\s+(?:all\s+)?(?:(?:such|so|just|nothing\s+but|really|a|an|the)\s+){0,3}"
    r"(?:stupid|pathetic|worthless|disgusting|ugly|dumb|useless|trash|garbage|filth|vermin|scum|loser|losers|joke)\b",
    r"\b(?:they|these\s+people|those\s+people)(?:'re|\s+are)\s+(?:all\s+)?(?:nothing\s+but\s+)?"
    r"(?:vermin|filth|scum|trash|garbage|parasites|cockroaches|savages)\b|\bshut\s+the\s+hell\s+up\b",
)


class WordScorer:
    """Counts listed words and phrases, also where letters are repeated or disguised: n of them score 1 - 2^-n.

    `path` is a file of the user's own words, one a line, in place of the list. One word scores .5.
    """

    def __init__(self, path: str = "") -> None:
        self.path = path

    def __call__(self, texts: Sequence[str]) -> list[float]:
        """The score of each text."""
        return [1 - 2.0 ** -sum(len(each.findall(text)) for each in self._patterns) for text in texts]

    @cached_property
    def digest(self) -> str:
        """Of the words."""
        return digest_of("words", *(each.pattern for each in self._patterns))

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        if self.path:
            return [_pattern(_listed(Path(self.path)))]
        words = " ".join((PROFANITY, INSULTS, DEHUMANISING, SLURS)).split()
        return [_pattern(words), *(re.compile(phrase, re.IGNORECASE) for phrase in PHRASES)]


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_disguised, words))}){ENDINGS}(?!\w)", re.IGNORECASE)


def _disguised(word: str) -> str:
    """A word, each of whose letters may be repeated or another sign that looks like it."""
    return "".join(rf"[{re.escape(DISGUISED.get(letter, letter))}]{{1,{REPEATS}}}" for letter in word.lower())


def _listed(path: Path) -> list[str]:
    try:
        words = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"the list of words {path} cannot be read ({error}): name a file of text.") from error
    if not any(words):
        raise DataError(f"the list of words {path} is empty: write one word a line.")
    return [word for word in words if word]
