"""A figure as SVG: small, the same bytes each time, without ids, and safe inside a page."""

import io
import re
from collections.abc import Mapping
from itertools import cycle, pairwise
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ..core.errors import need

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SPACE, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")  # a coordinate, which is rounded
OURS = re.compile(r"(?:c\d+ )?[a-z]+")  # groups that we named; matplotlib's own have numbers behind an underscore
KEPT = ("fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "opacity",
        "text-anchor", "font-size", "font-weight")  # fmt: skip
MARKER = 12.0  # units; what reaches further from 0 is no marker


def to_svg(figure: "Figure", colours: Mapping[str, str] | None = None) -> str:
    """A figure as an `svg` element without ids and without a style of its own.

    Groups that have a gid get it as their class. `colours` replace colours, as `#0a7cc4` by `var(--s0)`.
    """
    matplotlib: Any = need("matplotlib", "a chart")
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    file = io.StringIO()
    canvas: Any = FigureCanvasSVG(figure)
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "autophagy"}):
        canvas.print_svg(file, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = ElementTree.fromstring(file.getvalue())  # matplotlib's own text, in which it has escaped every word
    shapes = {node.get("id", ""): node.get("d", "") for node in root.iter(f"{SPACE}path") if node.get("id")}
    box = root.get("viewBox", "0 0 1 1")
    whole = Element("svg", {"viewBox": box, "xmlns": SPACE.strip("{}"), "class": "plot"})
    whole.extend(merged([part for child in root for part in _cleaned(child, shapes, colours or {})]))
    return ElementTree.tostring(whole, encoding="unicode")


def _cleaned(node: Element, shapes: Mapping[str, str], colours: Mapping[str, str]) -> list[Element]:
    """What is kept of an element: itself, or what it holds."""
    tag = node.tag.removeprefix(SPACE)
    if tag in ("metadata", "style", "defs"):
        return []
    style = _style(node, colours)
    if tag == "path":
        drawn = style.get("fill") != "none" or "stroke" in style
        return [Element("path", {**style, "d": rounded(node.get("d", ""))})] if drawn else []
    if tag == "use":
        shape = shapes[node.get(LINK, "")[1:]]
        where = placed(shape, float(node.get("x", "0")), float(node.get("y", "0")))
        return [Element("path", {**style, "d": where})]
    if tag == "text":
        text = Element("text", {**style, "x": _short(node.get("x", "0")), "y": _short(node.get("y", "0"))})
        text.text = node.text
        return [text]
    if tag == "image":
        kept = {name: node.get(name, "") for name in ("x", "y", "width", "height", "transform") if node.get(name)}
        return [Element("image", {**kept, "href": node.get(LINK, ""), "preserveAspectRatio": "none"})]
    inside = merged([part for child in node for part in _cleaned(child, shapes, colours)])
    name = node.get("id", "")
    if not OURS.fullmatch(name) or not inside:
        return inside
    if len(inside) == 1 and not inside[0].get("class"):
        inside[0].set("class", name)
        return inside
    group = Element("g", {"class": name})
    group.extend(inside)
    return [group]


def _style(node: Element, colours: Mapping[str, str]) -> dict[str, str]:
    pairs = (part.split(":", 1) for part in node.get("style", "").split(";") if ":" in part)
    style = {name.strip(): value.strip() for name, value in pairs}
    kept = {name: _short(style[name].removesuffix("px")) for name in KEPT if name in style}
    return {name: colours.get(value, value) for name, value in kept.items()}


def _short(text: str) -> str:
    """A number with one digit behind the point, or two where it is small; other words, such as a colour, stay."""
    return f"{round(float(text), 2 if abs(float(text)) < 2 else 1):g}" if NUMBER.fullmatch(text) else text


def rounded(path: str) -> str:
    """A path with a tenth of a unit as its smallest step, and no more spaces than it takes."""
    short = NUMBER.sub(lambda found: f"{float(found.group()):.1f}".removesuffix(".0"), " ".join(path.split()))
    return re.sub(r" ?([A-Za-z]) ?", r"\1", short).replace("-0 ", "0 ")


def placed(shape: str, x: float, y: float) -> str:
    """A shape around 0 as it stands at (x, y): a marker as steps from there, a circle as arcs."""
    numbers = [float(found) for found in NUMBER.findall(shape)]
    reach = max(map(abs, numbers))
    if reach > MARKER:
        shift = cycle((x, y))
        return rounded(NUMBER.sub(lambda found: f"{float(found.group()) + next(shift)}", shape))
    if "C" in shape:
        steps = f"m-{reach:g} 0a{reach:g} {reach:g} 0 1 0 {2 * reach:g} 0a{reach:g} {reach:g} 0 1 0 -{2 * reach:g} 0z"
    else:
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        walk = [points[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))]
        words = [f"{round(dx, 1) + 0:g} {round(dy, 1) + 0:g}" for dx, dy in walk]
        steps = f"m{words[0]}l{' '.join(words[1:])}" + ("z" if "z" in shape else "")
    return f"M{x:.1f} {y:.1f}{steps}"


def merged(parts: list[Element]) -> list[Element]:
    """Paths that follow each other and look alike become one."""
    kept: list[Element] = []
    for part in parts:
        if kept and part.tag == "path" == kept[-1].tag and _look(part) == _look(kept[-1]):
            kept[-1].set("d", kept[-1].get("d", "") + part.get("d", ""))
        else:
            kept.append(part)
    return kept


def _look(part: Element) -> dict[str, str]:
    return {name: value for name, value in part.attrib.items() if name != "d"}
