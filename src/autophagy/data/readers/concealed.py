"""What a page says and does not show: text hidden in HTML from its readers, with the way in which it is hidden."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...core.errors import need
from .unshown import CONCEALING, SHIFTED, SMALL, UNDECLARED, Style, colour_of, why_unseen

ALIEN = frozenset(("head", "script", "style", "svg", "math", "iframe", "object", "canvas"))
WAITING = {"template": "a template", "noscript": "shown without scripts alone", "dialog": "a closed dialog"}
ATTRIBUTE = "an attribute"
TELLING = ("alt", "title", "aria-label", "aria-description", "placeholder", "content", "summary")
COMMON = frozenset(  # ways that pages use for menus, labels and notes; the others have no use but to deceive
    (
        *("display: none", "visibility: hidden", "the attribute hidden", "aria-hidden", "clipped", "a comment"),
        *(UNDECLARED, SMALL, SHIFTED, ATTRIBUTE, *WAITING.values()),
    )
)
SAID = 4  # words of an attribute: a shorter one says nothing to a model
RULES = re.compile(r"([^{}]+)\{([^{}]*)\}")  # "selector { declarations }" of a style sheet
LEFT_OUT = re.compile(
    r"/\*.*?\*/|@[^{};]*(?:;|\{(?:[^{}]*\{[^{}]*\})*[^{}]*\})", re.DOTALL
)  # remarks, rules under @media


class Concealed(NamedTuple):
    """A text that a page holds and does not show, and why it is not seen."""

    text: str
    why: str


def hidden_in_html(source: str) -> list[Concealed]:
    """The texts of a page that its readers do not see, each with the way in which it is hidden, in the page's order.

    Ways: display, visibility, opacity, the size and the colour of letters, places off the screen, clipping, transforms,
    the attributes hidden and aria-hidden, comments, templates and the like, and attributes of four words or more.
    Style sheets in the page count; outer ones and rules under a condition (@media) are not read, and a later rule wins
    over an earlier one. Raises MissingExtra without selectolax.
    """
    parser = need("selectolax.lexbor", "looking for hidden text in HTML").LexborHTMLParser(source)
    root = parser.root
    if root is None:
        return []
    styles = _sheets(parser)
    found = [each for node in parser.css("head meta[content]") for each in _in_attributes(node)]
    outer_sheets = parser.css_first("link[rel=stylesheet]") is not None
    stack: list[tuple[Any, Style]] = [(root, {"ground": "" if outer_sheets else "white"})]
    while stack:
        node, outer = stack.pop()
        if node.is_comment_node:
            found += _said(node.comment_content or "", "a comment")
        elif node.tag and node.tag[0] != "-" and node.tag not in ALIEN:
            style = {**_inherited(outer), **styles.get(node.mem_id, {}), **_own(node)}
            why = why_unseen(node, style) or _waits(node)
            if why:
                found += _said(_whole(node), why)
            else:
                found += _in_attributes(node)
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


def _waits(node: Any) -> str:
    """Why an element is not shown yet; "" where it is."""
    return "" if node.tag == "dialog" and "open" in node.attributes else WAITING.get(node.tag, "")


def _whole(node: Any) -> str:
    """The text of a node; that of a template, which is a page of its own, without its tags."""
    return re.sub(r"<[^>]*>", " ", node.html or "") if node.tag in WAITING else node.text(separator=" ")


def _in_attributes(node: Any) -> list[Concealed]:
    """What the attributes of a node say in words."""
    found = []
    for name, value in node.attributes.items():
        telling = name in TELLING or name.startswith("data-") or (name == "value" and node.tag == "input")
        if telling and len((value or "").split()) >= SAID:
            found += _said(value, ATTRIBUTE)
    return found


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
    return {**kept, "ground": ground if colour_of(ground) else style.get("ground", "")}
