"""Answers in which a letter's case, a last zero or the number of decimals is the answer: Co, -V, 3.10, 3.142."""

import re
from collections.abc import Sequence

VERSION = re.compile(r"\bversions?\b|\breleases?\b", re.IGNORECASE)
POINTED = re.compile(r"(?<![\d.])\d+\.\d+(?![\d]|\.\d)")
FLAG = re.compile(r"-[A-Za-z]|\\[a-zA-Z][+*?]?")  # -v and \d+
PATH = re.compile(r"~?(?:/[\w.+-]+)+")
CHEMISTRY = re.compile(r"\b(?:elements?|gas(?:es)?|compounds?|metals?|chemical|molecules?|symbols?|formulas?)\b", re.I)
SYMBOL = re.compile(r"[A-Z][A-Za-z]")  # Co and CO
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight")
DECIMALS = re.compile(rf"\bto\s+(?:(\d)|({'|'.join(_COUNTS)}))\s+decimals?\b", re.IGNORECASE)


def miswritten(question: str, golds: Sequence[str], text: str) -> bool:
    """Whether the text gives none of the golds as it must be written, but something that differs in that alone."""
    return bool(golds) and all(_another(question, gold.strip(), text) for gold in golds)


def _another(question: str, gold: str, text: str) -> bool:
    if FLAG.fullmatch(gold) or (SYMBOL.fullmatch(gold) and CHEMISTRY.search(question)):
        written = re.findall(rf"(?<![\w-]){re.escape(gold)}(?!\w)", text, re.IGNORECASE)
        return bool(written) and gold not in written
    if PATH.fullmatch(gold):
        return not re.search(rf"(?<![\w.-]){re.escape(gold)}(?![\w-]|\.\w)", text)
    pointed = POINTED.findall(text)
    if VERSION.search(f"{question} {gold}"):
        known = POINTED.findall(gold)
        return len(known) == 1 and bool(pointed) and known[0] not in pointed
    asked = DECIMALS.search(question)
    if not (asked and pointed and POINTED.fullmatch(gold)):
        return False
    places = int(asked[1]) if asked[1] else _COUNTS.index(asked[2].lower()) + 1
    return all(float(one) != float(gold) and len(one.partition(".")[2]) < places for one in pointed)
