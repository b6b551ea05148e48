"""Commas between numbers, where they part a list ("1,2"), and neither thousands (1,000) nor decimals (1,5)."""

import re

_ITEM = r"-?\d+(?:\.\d+)?(?:/\d+)?"
# [1,2,3], whose commas are not those of thousands
LIST = re.compile(rf"(?<=[\[({{])(?!-?\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?[\])}}]){_ITEM}(?:,{_ITEM})+(?=[\])}}])")
# "1,-2", "1.5,2.5" and "2,4,6" without brackets; but not 1,00,000
BARE_LIST = re.compile(
    rf"(?<![\w.,/-])(?:{_ITEM}(?:,{_ITEM})*,-{_ITEM[2:]}(?:,{_ITEM})*|-?\d+\.\d+(?:,-?\d+\.\d+)+|{_ITEM}(?:,{_ITEM})+,-?\d{{1,2}})(?![\w/]|[.,]\d)"
)
ALONE = re.compile(r"-?[\d./]+(?:,-?[\d./]+)+")  # "1,2": two numbers, or one with a decimal comma
THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
SEVERAL = re.compile(r"-?[\d./]+(?:,\s+(?:and\s+)?-?[\d./]+)+")


def lists_spaced(text: str) -> str:
    """The text with a blank behind the commas of its lists of numbers."""
    return BARE_LIST.sub(_spaced, LIST.sub(_spaced, text))


def may_be_list(text: str) -> bool:
    """Whether a text is numbers with commas and no blanks between them, and not one number with its thousands."""
    return ALONE.fullmatch(text) is not None and not THOUSANDS.fullmatch(text)


def is_list(text: str) -> bool:
    """Whether a text is nothing but a list of numbers with blanks behind its commas."""
    return SEVERAL.fullmatch(text) is not None


def _spaced(found: re.Match[str]) -> str:
    return found[0].replace(",", ", ")
