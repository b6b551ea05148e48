"""Whether what a node of a page declares leaves its text to be read, and if not, why."""

import colorsys
import re
from collections.abc import Mapping
from typing import Any

UNDECLARED = "white letters on a background that this page does not declare"
SMALL = "a scale of 0"
SHIFTED = "a shift off the screen"
NAMES = {"white": "ffffff", "black": "000000", "snow": "fffafa", "ivory": "fffff0", "whitesmoke": "f5f5f5"}
NEAR = 24  # the largest distance of a colour from its background, of 255 for red, green and blue, not to be read
TINY = 2.0  # pixels: smaller letters are not read
FAR = 500  # pixels: what is moved farther to the left or up is off the screen
FAINT = 0.05  # the least opacity that is seen, and the least scale
LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|vw|vh|)")  # "12px", "-9999em", "0"
UNIT = {"": 1.0, "px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16, "vw": 10.0, "vh": 10.0}  # to pixels
SHORTHAND = re.compile(r"(?:^|\s)((?:[\d.]+(?:px|pt|em|rem|%))|0)(?=[\s/])")  # the size in "bold 12px/1.5 Arial"
MOVED = re.compile(r"translate(?:x|y|3d)?\(([^)]*)\)")
SCALED = re.compile(r"scale(?:x|y|3d)?\(\s*([\d.]+)")
FILTERED = re.compile(r"opacity\(\s*([\d.]+%?)")
# "#fff", "rgb(...)", "hsl(...)", "white", "transparent"
COLOUR = re.compile(r"#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^)]*\)|\b(?:" + "|".join([*NAMES, "transparent"]) + r")\b")
CONCEALING = frozenset(
    (
        *(
            "display",
            "visibility",
            "content-visibility",
            "opacity",
            "filter",
            "transform",
            "font",
            "font-size",
            "color",
        ),
        *("-webkit-text-fill-color", "background", "background-color", "text-indent"),
        *("left", "right", "top", "bottom"),
        *("margin-left", "clip", "clip-path", "width", "height", "max-width", "max-height", "overflow", "position"),
    )
)

Style = Mapping[str, str]


def why_unseen(node: Any, style: Style) -> str:
    """Why the text of a node with such a style is not seen; "" where it is."""
    attributes = node.attributes
    if "hidden" in attributes:
        return "the attribute hidden"
    if style.get("display") == "none":
        return "display: none"
    if style.get("visibility") in ("hidden", "collapse") or style.get("content-visibility") == "hidden":
        return "visibility: hidden"
    filtered = FILTERED.search(style.get("filter", ""))
    if min(_size(style.get("opacity", ""), 1.0), _size(filtered[1], 1.0) if filtered else 1.0) < FAINT:
        return "opacity 0"
    shorthand = SHORTHAND.search(style.get("font", ""))
    size = style.get("font-size", shorthand[1] if shorthand else "")
    if _size(size, 16.0) < TINY:
        return f"letters of size {size}"
    if _is_clipped(style):
        return "clipped"
    turned = style.get("transform", "")
    if any(_size(scale, 1.0) < FAINT for scale in SCALED.findall(turned)):
        return SMALL
    shifts = [part.strip() for shift in MOVED.findall(turned) for part in shift.split(",")]
    if any(_size(value, 0.0) <= -FAR for value in (*shifts, style.get("bottom", ""))):
        return SHIFTED
    if _is_off_screen(style):
        return "a place off the screen"
    if unreadable := _unreadable(style):
        return unreadable
    return "aria-hidden" if attributes.get("aria-hidden") == "true" else ""


def _size(value: str, default: float) -> float:
    match = LENGTH.match(value)
    try:
        return float(match[1]) * UNIT[match[2]] if match else default
    except ValueError:
        return default


def _is_clipped(style: Style) -> bool:
    clip, path = style.get("clip", "").replace(" ", ""), style.get("clip-path", "")
    least = min(_size(style.get(name, ""), 99.0) for name in ("width", "height", "max-width", "max-height"))
    small = max(_size(style.get("width", ""), 99.0), _size(style.get("height", ""), 99.0)) <= 1
    return (
        clip.startswith(("rect(0", "rect(1px,1px,1px,1px"))
        or path.replace(" ", "") in ("inset(50%)", "inset(100%)", "circle(0)", "polygon(00,00,00,00)")
        or ((small or least == 0) and style.get("overflow") == "hidden")
    )


def _is_off_screen(style: Style) -> bool:
    moved = [style.get("text-indent", ""), style.get("margin-left", "")]
    if style.get("position") in ("absolute", "fixed", "relative"):
        moved += [style.get(side, "") for side in ("left", "top", "right")]
    return any(_size(value, 0.0) <= -FAR for value in moved)


def _unreadable(style: Style) -> str:
    """Why letters cannot be told from what they stand on; "" where they can."""
    colour = style.get("-webkit-text-fill-color", style.get("color", ""))
    own = style.get("background-color", style.get("background", ""))
    if "url(" in own or "gradient" in own or "text" in style.get("-webkit-background-clip", ""):
        return ""
    ground, letters = colour_of(own) or colour_of(style.get("ground", "")), colour_of(colour)
    if letters is None:
        return "transparent letters" if _is_clear(colour) else ""
    if max(abs(a - b) for a, b in zip(letters, ground or (255, 255, 255), strict=True)) > NEAR:
        return ""
    return "letters of the colour of their background" if ground else UNDECLARED


def _is_clear(colour: str) -> bool:
    """Whether a colour is see-through."""
    alpha = colour.rstrip(")").rpartition(",")[2].strip() if colour.count(",") == 3 else "1"
    return colour == "transparent" or _size(alpha, 1.0) < FAINT


def colour_of(value: str) -> tuple[int, int, int] | None:
    """Red, green and blue, 0 to 255; None where the value names no colour that is known or is see-through."""
    match = COLOUR.search(value)
    if not match or match[0] == "transparent":
        return None
    digits = NAMES.get(match[0], match[0].lstrip("#"))
    if digits.startswith(("rgb", "hsl")):
        parts = re.findall(r"[\d.]+", digits)
        if len(parts) < 3 or (len(parts) > 3 and float(parts[3]) < FAINT):
            return None
        first, second, third = (float(part) for part in parts[:3])
        if digits.startswith("hsl"):
            whole = colorsys.hls_to_rgb(first / 360 % 1, third / 100, second / 100)
            first, second, third = (255 * part for part in whole)
        red, green, blue = round(first), round(second), round(third)
        return red, green, blue
    digits = "".join(digit * 2 for digit in digits) if len(digits) in (3, 4) else digits
    return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) >= 6 else None
