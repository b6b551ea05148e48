"""Pages: HTML as browsers read it -> its title and its text, with headings marked as in Markdown."""

import html
import re
from typing import Any, NamedTuple

from ...core.errors import Unreadable, need
from .charset import read_charset
from .sheets import hidden_by_sheet

HIDDEN = frozenset(
    (
        *("head", "script", "style", "template", "noscript", "nav", "footer", "svg", "iframe", "object"),
        *("select", "datalist", "audio", "video", "canvas", "noframes", "rt", "rp", "title", "annotation"),
    )
)
BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "aside", "blockquote", "pre", "figure", "figcaption"),
        *("table", "caption", "ul", "ol", "dl", "dt", "dd", "hr", "form", "fieldset", "address", "details", "summary"),
        *("center", "body", "menu", "dir", "textarea"),
    )
)
HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
CONTROLS = frozenset(("button", "input", "meter", "progress"))  # boxes that stand between the words of a line
VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
SHOWS = ("aria-controls", "data-target", "data-bs-target")  # attributes that name what a button shows
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)  # styles that hide what they are of
CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)  # text that XML takes as it stands
CLOSED = re.compile(rf"<(?!(?:{'|'.join(VOID)})\b)([A-Za-z][\w:-]*)((?:\s[^<>]*?)?)/>")  # as XML alone closes a tag
XML = re.compile(r"\s*<\?xml|[^<]{0,200}<!DOCTYPE[^>]*XHTML", re.IGNORECASE)  # a page that is XHTML
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
# a page saved with its pictures (MHTML)
ARCHIVE = re.compile(rb"^MIME-Version:.{0,2000}?multipart/related", re.IGNORECASE | re.MULTILINE | re.DOTALL)
DIGITS = re.compile(r"[-+−]?\d{1,4}|[+−-]|n")  # also the charge of an ion
LIFTED = {
    "sup": str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ"),
    "sub": str.maketrans("0123456789+-−n", "₀₁₂₃₄₅₆₇₈₉₊₋₋ₙ"),
}
SOFT_HYPHEN = "\xad"
SECTION = re.compile(r"^#{1,6} .+\n\s*\S", re.MULTILINE)  # a heading with a text below it
CELL = 400  # characters: a longer cell is no cell of a table but a part of the page's layout


class Page(NamedTuple):
    """The title and the text of a page or a PDF, and what has to be told of it."""

    title: str
    text: str
    notes: list[str]


def is_page(data: bytes) -> bool:
    """Whether the bytes begin as a page does, whatever the file is called."""
    return PAGE.match(data) is not None


def read_html(data: bytes, where: str) -> Page:
    """The title and the text of a page, paragraphs parted by blank lines; scripts, menus and the like are left out.

    The tree is that of the HTML standard, which says for any bytes at all how a browser reads them. The cells of a row
    of a table stand on one line, a bar before each. Raises Unreadable where there is no page of its own.
    """
    parser = need("selectolax.lexbor", "reading HTML").LexborHTMLParser
    if ARCHIVE.search(data[:4096]):
        raise Unreadable(where, "is a web archive (MHTML)", "save the page as HTML")
    source, notes = read_charset(data)
    source = CDATA.sub(lambda section: html.escape(section[1]), source)
    if XML.match(source):
        source = CLOSED.sub(r"<\1\2></\1>", source)
    tree = parser(source.encode("utf-8", "replace").decode())
    root = tree.root
    if root is None:
        return Page("", "", notes)
    title = root.css_first("head > title") or root.css_first("body > title")
    text = _text(root, hidden_by_sheet(tree), _behind_buttons(root))
    if not text and root.css_first("frameset, iframe"):
        raise Unreadable(where, "shows other pages in frames and has no words of its own", "give those pages")
    return Page(" ".join((title.text() if title else "").replace(SOFT_HYPHEN, "").split()), text, notes)


def _behind_buttons(root: Any) -> frozenset[int]:
    """The nodes that a button or a tab says that it shows: a reader sees their text, though they begin hidden."""
    names = {node.attributes.get(name) for name in SHOWS for node in root.css(f"[{name}]")}
    wanted = {part.removeprefix("#") for name in names if name for part in name.split()}
    named = root.css("[id]") if wanted else []
    return frozenset(node.mem_id for node in named if node.attributes.get("id") in wanted)


def _text(root: Any, hidden: frozenset[int] = frozenset(), shown: frozenset[int] = frozenset()) -> str:
    """The text of a tree without the nodes that are `hidden`; those that are `shown` are not.

    The walk holds its own stack, for a page may be nested without end.
    """
    parts: list[str] = []
    cells: list[int] = []  # where the open cells start among the parts, the outermost first
    pre = 0
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag
        if leaving:
            parts.append(_flowed(" ", parts) if tag in CONTROLS else _end(tag))
            pre -= tag == "pre"
            if tag in ("td", "th"):
                _close(parts, cells.pop())
        elif tag == "-text":
            content = (node.text_content or "").replace(SOFT_HYPHEN, "")
            parts.append(content if pre else _raised(_flowed(content, parts), node.parent))
        elif tag and tag[0] != "-" and tag not in HIDDEN and (node.mem_id in shown or not _is_unseen(node, hidden)):
            parts.append(_flowed(" ", parts) if tag in CONTROLS else _start(tag))
            pre += tag == "pre"
            if tag in ("td", "th"):
                cells.append(len(parts))
            stack.append((node, True))
            stack += [(child, False) for child in reversed(list(node.iter(include_text=True)))]
    return _tidy("".join(parts))


def _raised(content: str, parent: Any) -> str:
    """Digits that stand above or below the line as such, as in 10 to the 6th, and links to notes in brackets."""
    letters = LIFTED.get(parent.tag if parent else "", {})
    above = parent.parent if parent else None
    if "sup" in (parent.tag, above.tag if above else "") and "a" in (parent.tag, above.tag if above else ""):
        return f" [{content.strip('[] ')}]" if content.strip("[] ") else ""
    return content.translate(letters) if letters and DIGITS.fullmatch(content) else content


def _flowed(content: str, parts: list[str]) -> str:
    """A text with single blanks, and none at the start of a line or behind another, as browsers flow it."""
    text = re.sub(r"\s+", " ", content)
    before = next((part for part in reversed(parts) if part), "\n")
    return text.lstrip() if before.endswith(("\n", " ")) else text


def _is_unseen(node: Any, hidden: frozenset[int]) -> bool:
    attributes = node.attributes
    return node.tag not in ("html", "body") and (
        "hidden" in attributes or bool(UNSEEN.search(attributes.get("style") or "")) or node.mem_id in hidden
    )


def _start(tag: str) -> str:
    if tag in HEADINGS:
        return f"\n\n{HEADINGS[tag]} "
    if tag in ("td", "th"):
        return " | "
    return {"br": "\n", "li": "\n- ", "tr": "\n"}.get(tag, "\n\n" if tag in BLOCKS else "")


def _end(tag: str) -> str:
    return "\n\n" if tag in BLOCKS or tag in HEADINGS else ""


def _close(parts: list[str], start: int) -> None:
    """End a cell, whose text becomes one line unless it holds a table, a section, or more than a cell does."""
    text = "".join(parts[start:])
    line = " ".join(text.split())
    if len(line) <= CELL and " | " not in text and not SECTION.search(text):
        parts[start:] = [line]
    else:
        parts[start - 1 :] = ["\n\n", text, "\n\n"]


def _tidy(text: str) -> str:
    """Paragraphs parted by one blank line, without blanks at the end of a line."""
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"(?m)^ \| ", "| ", text))
    return re.sub(r"(?m)^- *\n+(?=[^\n-])", "- ", text).strip()
