"""Homoglyphs: words in which letters of another script stand for the Latin ones that they look like."""

import re
import unicodedata
from collections.abc import Iterator

import numpy as np

from ...core.decorators import curator
from ...core.plugin import Verdict
from ...core.samples import Samples
from ...text.column import column, rows_beyond_ascii
from ...text.gate import rows_with
from ..found import Place, verdict_of

CYRILLIC = dict(zip("АВСЕНІЈКМОРԚЅТԜХУавсеһіјорԛѕԝхуԁ", "ABCEHIJKMOPQSTWXYabcehijopqswxyd", strict=True))
GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιοτυνκρ", "ABEZHIKMNOPTYXaiotuvkp", strict=True))
LATIN = {**CYRILLIC, **GREEK}  # letter -> the Latin one that it looks like
WORDS = re.compile(r"[^\W\d_]{3,}")  # three letters and more
MIXED = "[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]"
NATIVE = re.compile("[\u0370-\u03ff]{4,}|[\u0400-\u052f]{4,}")  # a word of one of these scripts alone


@curator(
    "homoglyphs",
    of="text",
    title="Look-alike letters",
    says="hold words with letters of another script that look alike",
    advice="Put the Latin letters back, or drop the rows: such words slip past filters and teach false spellings.",
    audits=True,
)
def homoglyphs(batch: Samples, reference: Samples, rng: np.random.Generator) -> Verdict:
    """Find words of Latin and of Cyrillic or Greek letters that look alike, such as "pаypаl" with a Cyrillic "а".

    Every letter of the rarer script must look like one of the other. No finding are: words of two letters (µm, Δx),
    small Greek letters at the start or end of a Latin word and after a capital (PPARα, hν, NFκB), Cyrillic endings
    in a text that has Cyrillic words (iPhoneа), and words with a letter that looks like no other.

    Source: Unicode Technical Standard 39, Unicode Security Mechanisms, mixed-script confusables.
    """
    whole = column(batch.x)
    rows = rows_beyond_ascii(whole)
    mixed = [int(rows[number]) for number in rows_with(whole.take(rows), MIXED)]
    return verdict_of({row: list(_spoofed(str(batch.x[row]))) for row in mixed}, len(batch), "holds look-alike letters")


def _spoofed(text: str) -> Iterator[Place]:
    native = bool(NATIVE.search(text))
    for match in WORDS.finditer(text):
        word = match[0]
        scripts = [_script(char) for char in word]
        latin, foreign = scripts.count("L"), len(word) - scripts.count("L") - scripts.count("")
        if not latin or not foreign or len({*scripts} - {"L", ""}) > 1:
            continue
        plain = "".join(LATIN.get(char, char) for char in word)
        if (plain.isascii() and _stands_inside(word, scripts, native)) or _is_reversed(word, scripts, latin, foreign):
            rare = "L" if latin < foreign else max(scripts, key="CG".find)
            names = [unicodedata.name(char) for char, script in zip(word, scripts, strict=True) if script == rare]
            marked = ", ".join(dict.fromkeys(names))
            yield Place(*match.span(), f'"{word}" is spelt with {marked}')


def _script(char: str) -> str:
    if char.isascii() or "\xc0" <= char <= "\u024f":
        return "L"
    return "G" if "\u0370" <= char <= "\u03ff" else "C" if "\u0400" <= char <= "\u052f" else ""


def _stands_inside(word: str, scripts: list[str], native: bool) -> bool:
    """Whether letters of the other script stand where they are neither a symbol nor an ending of it."""
    inside = "".join(scripts)
    if "G" in inside:  # a symbol is a small letter at an end or after a capital: TGFβ, αSyn, NFκB
        ends = (0, len(word) - 1)
        return any(
            script == "G" and not (word[i].islower() and (i in ends or word[i - 1].isupper()))
            for i, script in enumerate(scripts)
        )
    return "C" in (inside.rstrip("C") if native else inside)


def _is_reversed(word: str, scripts: list[str], latin: int, foreign: int) -> bool:
    """Whether a few Latin letters stand in a longer word of the other script, all of which look like its own."""
    looks = set(CYRILLIC.values()) if "C" in scripts else set(GREEK.values())
    own = [char for char, script in zip(word, scripts, strict=True) if script == "L"]
    return foreign > 2 * latin and all(char in looks for char in own)
