"""Scripts: which characters are written without blanks between words, and which belong to the letter before them."""

import re

IDEOGRAPHS = (  # Chinese and Japanese, as a class of a pattern
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
HANGUL = "\u1100-\u11ff\uac00-\ud7a3"  # which has blanks, but writes its particles onto its words
SOUTHEAST = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0eae\u0eb0-\u0ecd\u1000-\u103f\u1050-\u109f\u1780-\u17d3"  # Thai to Khmer
)
MARKS = (  # that stand on, under or behind a letter, and the joiners within words
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0900-\u0963\u0971-\u0dff\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f\u200c\u200d"
)
BEFORE = "\u0e40-\u0e44\u0ec0-\u0ec4"  # vowels that are written before their consonant
BEHIND = (
    "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u1056-\u1059\u105e-\u1060\u17b6-\u17d1"
)
# A consonant with all that is written around it; in Khmer also those that are stacked under it.
CLUSTER = rf"[{BEFORE}]?[{SOUTHEAST}](?:[{BEHIND}]|\u17d2[\u1780-\u17b3])*"
PUNCTUATION = "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"

UNSPACED = re.compile(rf"[{IDEOGRAPHS}{SOUTHEAST}]")
RUN = re.compile(rf"[{IDEOGRAPHS}{HANGUL}]+|(?:{CLUSTER})+")
ONE = re.compile(rf"{CLUSTER}|.", re.DOTALL)


def clusters(run: str) -> list[str]:
    """The characters of a run of one of these scripts, each with the marks around it."""
    return ONE.findall(run)
