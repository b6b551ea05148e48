"""Searchable words: a text as an index of words sees it, so that all ways to write a word are one."""

import itertools
import re
import unicodedata
from functools import cache

from .scripts import HANGUL, IDEOGRAPHS, MARKS, RUN, SOUTHEAST, clusters

HYPHEN = "-‐‑"
THOUSANDS = re.compile(r"(?<=\d)[,.'\u00a0\u202f](?=\d{3}(?!\d))")  # "1,000", "1'000": what parts thousands is left out
PARTED = re.compile(rf"(?<=[^\W\d_])[{HYPHEN}][ \t]*\r?\n[ \t]*(?=[^\W\d_])")  # a word parted at the end of a line
HYPHENED = re.compile(rf"[^\W_]+(?:[{HYPHEN}][^\W_]+)+")  # "state-of-the-art", found by its parts too
HUMP = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")  # where names of programs such as getUserById go on with a word
HUMPED = re.compile(r"[A-Za-z]+")
HUMPS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")  # "by" and "Id", but of PhD only one
LETTER = rf"[^\W_{IDEOGRAPHS}{HANGUL}{SOUTHEAST}][{MARKS}]*"
ASKED = re.compile(rf"\d+(?:[.,'’]\d+)+|{LETTER}(?:[{HYPHEN}'’]?{LETTER})*|{RUN.pattern}")
UNSEEN = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff\u061c\u200e\u200f\u0640"))  # soft hyphens and the like
JOINERS = dict.fromkeys(map(ord, "\u200c\u200d"))
ALIKE = str.maketrans("’‘ʼ`´øłđħıðŋىة", "'''''oldhidnيه") | {0xE6: "ae", 0x153: "oe", 0xFE: "th"}
UMLAUT = re.compile(r"\w*[äöü]\w*")  # a word that people also write with ae, oe and ue
SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
ATTACHED = re.compile(r"\b(?:[وفبكل]?ال|لل|[ובהלמשכ])(\w{3,})")  # the article and such, written onto the word behind it
ACCENTS = (0x0300, 0x036F)  # of Latin, Greek and Cyrillic
POINTS = (0x0591, 0x06FF)  # of Hebrew and Arabic
BREVE = "\u0306"
SHORT = re.compile(f"(?<![\u0400-\u04ff]){BREVE}")  # ă is a, but the Cyrillic й is no и


def compatible(text: str) -> str:
    """The text with plain letters for ligatures, other widths and letters with their marks, as embedders know them."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(UNSEEN)


def searchable(text: str, question: bool = False) -> str:
    """The text with one form for each word, and on further lines what else a word may be looked up by.

    Letters lose their accents, ligatures and widths, numbers the marks between thousands. A word with a hyphen is also
    there as one, a German word with an umlaut also with an e, an Arabic or Hebrew word also without its article, and
    getUserById also as its words. What is written without blanks, such as Chinese or Thai, becomes pairs of characters,
    as Lucene's CJK analyzer has them; of a text that is searched, also its single characters, since a question may be
    of one.
    """
    if text.isascii():
        return "\n".join([_plain(text), *_humps(text)])
    humps = _humps(unicodedata.normalize("NFC", text))
    text = unicodedata.normalize("NFKC", text.translate(ALIKE)).translate(UNSEEN | JOINERS).casefold().translate(ALIKE)
    spelt = [_bare(word.translate(SPELT)) for word in UMLAUT.findall(text)]
    text = _plain(_bare(text))
    more = [*spelt, *ATTACHED.findall(text), *humps]
    text = RUN.sub(lambda run: f" {_pairs(run[0], question)} ", text)
    return "\n".join([text, " ".join(more)]) if more else text


def asked(text: str) -> list[str]:
    """The words of a question as they are written, each once; where no blanks part them, pairs of characters."""
    found: list[str] = []
    for word in ASKED.findall(unicodedata.normalize("NFKC", text)):
        found += _pairs(word, True).split() if RUN.match(word) else [word]
    return list(dict.fromkeys(found))


def _plain(text: str) -> str:
    """The text with whole words at the ends of lines, plain numbers, and words with hyphens also as one word."""
    if not any(mark in text for mark in HYPHEN):
        return THOUSANDS.sub("", text)
    text = THOUSANDS.sub("", PARTED.sub("", text))
    whole = [re.sub(rf"[{HYPHEN}]", "", word) for word in HYPHENED.findall(text)]
    return "\n".join([text, " ".join(whole)]) if whole else text


def _humps(text: str) -> list[str]:
    """The words of names that are written together, as programs have them, in one line; none where there are none."""
    if not HUMP.search(text):
        return []
    names = [HUMPS.findall(name) for name in HUMPED.findall(text) if HUMP.search(name)]
    parts = [[part for part in name if len(part) > 1] for name in names]
    return [" ".join(part for name in parts if len(name) > 1 for part in name)]


def _bare(text: str) -> str:
    """The text without the accents, points and vowel signs that are left out where one types in a hurry."""
    parts = SHORT.sub("", unicodedata.normalize("NFD", text))
    kept = "".join(letter for letter in parts if not _is_accent(letter))
    return unicodedata.normalize("NFC", kept)


@cache
def _is_accent(letter: str) -> bool:
    """Whether a mark may be left out; those of Indic and Thai writing are vowels."""
    code = ord(letter)
    if ACCENTS[0] <= code <= ACCENTS[1]:
        return letter != BREVE
    return POINTS[0] <= code <= POINTS[1] and unicodedata.category(letter) == "Mn"


def _pairs(run: str, question: bool) -> str:
    """The pairs of neighbouring characters, and the single ones where they may be asked for."""
    single = clusters(run)
    pairs = [a + b for a, b in itertools.pairwise(single)]
    return " ".join(pairs if pairs and question else [*pairs, *single])
