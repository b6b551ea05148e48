"""What a page says and does not show: text hidden in HTML from its readers, with the way in which it is hidden."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...core.errors import need

ALIEN = frozenset(("head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "canvas"))
UNDECLARED = "white letters on a background that this page does not declare"
COMMON = frozenset(  # ways that pages use for menus, labels and notes; the others have no use but to deceive
    ("display: none", "visibility: hidden", "the attribute hidden", "aria-hidden", "clipped", "a comment", UNDECLARED)
)
NAMES = {"white": "ffffff", "black": "000000", "snow": "fffafa", "ivory": "fffff0", "whitesmoke": "f5f5f5"}
NEAR = (
    24  # the largest distance of a colour from its background, of 255 for each of red, green and blue, not to be read
)
STUFFED = 25  # words: what describes a picture is shorter
TINY = 2.0  # pixels: smaller letters are not read
FAR = 500  # pixels: what is moved farther to the left or up is off the screen
RULES = re.compile(r"([^{}]+)\{([^{}]*)\}")  # "selector { declarations }" of a style sheet
LEFT_OUT = re.compile(
    r"/\*.*?\*/|@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", re.DOTALL
)  # remarks, rules under @media
LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|vw|vh|)")  # "12px", "-9999em", "0"
UNIT = {"": 1.0, "px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16, "vw": 10.0, "vh": 10.0}  # to pixels
# "#fff", "rgb(...)", "white", "transparent"
COLOUR = re.compile(r"#[0-9a-f]{3,8}|rgba?\([^)]*\)|\b(?:" + "|".join([*NAMES, "transparent"]) + r")\b")

Style = Mapping[str, str]


class Concealed(NamedTuple):
    """A text that a page holds and does not show, and why it is not seen."""

    text: str
    why: str


def hidden_in_html(source: str) -> list[Concealed]:
    """The texts of a page that its readers do not see, each with the way in which it is hidden, in the page's order.

    Ways: display, visibility, opacity, the size and the colour of letters, places off the screen, clipping, the
    attributes hidden and aria-hidden, comments, and alternative texts and titles of more than 25 words. Style sheets in
    the page count; outer ones and rules under a condition (@media) are not read, and a later rule wins over an earlier
    one. Raises MissingExtra without selectolax.
    """
    parser = need("selectolax.lexbor", "looking for hidden text in HTML").LexborHTMLParser(source)
    root = parser.root
    if root is None:
        return []
    styles = _sheets(parser)
    found: list[Concealed] = []
    outer_sheets = parser.css_first("link[rel=stylesheet]") is not None
    stack: list[tuple[Any, Style]] = [(root, {"ground": "" if outer_sheets else "white"})]
    while stack:
        node, outer = stack.pop()
        if node.is_comment_node:
            found += _said(node.comment_content or "", "a comment")
        elif node.tag and node.tag[0] != "-" and node.tag not in ALIEN:
            style = {**_inherited(outer), **styles.get(node.mem_id, {}), **_own(node)}
            why = _why(node, style)
            if why:
                found += _said(node.text(separator=" "), why)
            else:
                found += _stuffed(node)
                stack += [(child, style) for child in reversed(list(_children(node)))]
    return found


def _children(node: Any) -> Iterator[Any]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _said(text: str, why: str) -> list[Concealed]:
    plain = " ".join(text.split())
    return [Concealed(plain, why)] if any(map(str.isalpha, plain)) else []


def _stuffed(node: Any) -> list[Concealed]:
    texts = [(node.attributes.get(name) or "", name) for name in ("alt", "title")]
    return [
        Concealed(" ".join(text.split()), f"the attribute {name}")
        for text, name in texts
        if len(text.split()) > STUFFED
    ]


def _sheets(parser: Any) -> Mapping[int, Style]:
    """The declarations of the page's own style sheets for each node, by its identity."""
    styles: dict[int, dict[str, str]] = {}
    for sheet in parser.css("style"):
        for selectors, declared in RULES.findall(LEFT_OUT.sub("", sheet.text())):
            style = _declarations(declared)
            if style.keys() & CONCEALING and ":" not in selectors:
                for node in _matching(parser, selectors.strip()):
                    styles.setdefault(node.mem_id, {}).update(style)
    return styles


CONCEALING = frozenset(
    (
        *("display", "visibility", "opacity", "font-size", "color", "background", "background-color", "text-indent"),
        *("left", "right", "top", "margin-left", "clip", "clip-path", "width", "height", "overflow", "position"),
    )
)


def _matching(parser: Any, selectors: str) -> list[Any]:
    try:
        return list(parser.css(selectors))
    except need("selectolax.lexbor", "looking for hidden text in HTML").SelectolaxError:
        return []  # a selector that the parser does not know matches nothing


def _declarations(declared: str) -> dict[str, str]:
    pairs = (each.partition(":") for each in declared.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, colon, value in pairs if colon}


def _own(node: Any) -> dict[str, str]:
    """What a node's own attributes declare, those of older pages too."""
    attributes = node.attributes
    old = {"color": attributes.get("color") if node.tag == "font" else None, "background": attributes.get("bgcolor")}
    declared = _declarations(attributes.get("style") or "")
    return {**{name: value.lower() for name, value in old.items() if value}, **declared}


def _inherited(style: Style) -> Style:
    """What a node takes from the one above it; a background is not inherited, but it is what its texts stand on."""
    kept = {name: style[name] for name in ("color", "font-size") if name in style}
    ground = style.get("background-color", style.get("background", style.get("ground", "")))
    return {**kept, "ground": ground if _colour(ground) else style.get("ground", "")}


def _why(node: Any, style: Style) -> str:
    attributes = node.attributes
    if "hidden" in attributes:
        return "the attribute hidden"
    if style.get("display") == "none":
        return "display: none"
    if style.get("visibility") in ("hidden", "collapse"):
        return "visibility: hidden"
    if _size(style.get("opacity", ""), 1.0) < 0.05:
        return "opacity 0"
    if _size(style.get("font-size", ""), 16.0) < TINY:
        return f"letters of size {style['font-size']}"
    if _is_clipped(style):
        return "clipped"
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
    small = max(_size(style.get("width", ""), 99.0), _size(style.get("height", ""), 99.0)) <= 1
    flat = min(_size(style.get("width", ""), 99.0), _size(style.get("height", ""), 99.0)) == 0
    return (
        clip.startswith(("rect(0", "rect(1px,1px,1px,1px"))
        or path.replace(" ", "") in ("inset(50%)", "inset(100%)", "circle(0)", "polygon(00,00,00,00)")
        or ((small or flat) and style.get("overflow") == "hidden")
    )


def _is_off_screen(style: Style) -> bool:
    moved = [style.get("text-indent", ""), style.get("margin-left", "")]
    if style.get("position") in ("absolute", "fixed", "relative"):
        moved += [style.get("left", ""), style.get("top", ""), style.get("right", "")]
    return any(_size(value, 0.0) <= -FAR for value in moved)


def _unreadable(style: Style) -> str:
    """Why letters cannot be told from what they stand on; "" where they can."""
    colour, own = style.get("color", ""), style.get("background-color", style.get("background", ""))
    if "url(" in own or "gradient" in own:
        return ""
    ground, letters = _colour(own) or _colour(style.get("ground", "")), _colour(colour)
    if letters is None:
        return "transparent letters" if colour == "transparent" else ""
    if max(abs(a - b) for a, b in zip(letters, ground or (255, 255, 255), strict=True)) > NEAR:
        return ""
    return "letters of the colour of their background" if ground else UNDECLARED


def _colour(value: str) -> tuple[int, int, int] | None:
    """Red, green and blue, 0 to 255; None where the value names no colour that is known or is see-through."""
    match = COLOUR.search(value)
    if not match or match[0] == "transparent":
        return None
    digits = NAMES.get(match[0], match[0].lstrip("#"))
    if digits.startswith("rgb"):
        parts = re.findall(r"[\d.]+", digits)
        if len(parts) < 3 or (len(parts) > 3 and float(parts[3]) < 0.05):
            return None
        red, green, blue = (round(float(part)) for part in parts[:3])
        return red, green, blue
    digits = "".join(digit * 2 for digit in digits) if len(digits) in (3, 4) else digits
    return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) >= 6 else None
