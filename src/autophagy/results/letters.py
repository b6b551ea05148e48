"""Letters that the figure's font lacks: those of another font of this machine, else written out as U+4E2D, and told."""

import re
import warnings
from functools import cache
from typing import Any

OWN = "DejaVu Sans"  # which comes with matplotlib, so every machine has it
OTHERS = (  # families that systems bring for what it lacks, in the order in which they are asked
    "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
    "Droid Sans Fallback", "PingFang SC", "Hiragino Sans", "Apple SD Gothic Neo", "Microsoft YaHei", "Yu Gothic",
    "Malgun Gothic", "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Thai", "Nirmala UI", "Noto Emoji",
    "Segoe UI Symbol", "Arial Unicode MS", "Unifont",
)  # fmt: skip
TOLD = "no font of this machine has some letters of the figure, which stand as U+4E2D: an .svg keeps them."
LOOKS = re.compile(r"\s|[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f]")  # what needs no glyph


def spell_out(figure: Any) -> None:
    """Give the words of a matplotlib figure letters that can be drawn; warn where some are written out as numbers."""
    from matplotlib.text import Text

    figure.draw_without_rendering()  # which makes the words at the ticks
    found = False
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        words = [label.get_text() for label in axis.get_ticklabels()]
        if _lacking("".join(words)):
            found |= any(_spelled(word) != word for word in words)
            axis.set_ticks(axis.get_ticklocs(), [_spelled(word) for word in words])
            axis.set_tick_params(labelfontfamily=_families())
    for text in figure.findobj(Text):
        word = text.get_text()
        if _lacking(word):
            found |= _spelled(word) != word
            text.set(text=_spelled(word), fontfamily=_families())
    if found:
        warnings.warn(TOLD, stacklevel=2)


def _lacking(words: str) -> set[str]:
    """The letters that matplotlib's own font lacks."""
    return {letter for letter in words if not LOOKS.match(letter) and not _has(OWN, letter)}


def _spelled(word: str) -> str:
    """The word with each letter that no font has as its number."""
    lacking = _lacking(word)
    known = {letter for letter in lacking if any(_has(family, letter) for family in _families())}
    return "".join(f"U+{ord(letter):04X}" if letter in lacking - known else letter for letter in word)


@cache
def _families() -> list[str]:
    """The fonts that are asked for a letter, matplotlib's own first."""
    from matplotlib.font_manager import get_font_names

    there = set(get_font_names())
    return [OWN, *(name for name in OTHERS if name in there)]


@cache
def _has(family: str, letter: str) -> bool:
    from matplotlib.font_manager import findfont, get_font

    return bool(get_font(findfont(family)).get_char_index(ord(letter)))
