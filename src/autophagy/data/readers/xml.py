"""XML: the words of its elements, those of each on a line of their own."""

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from xml.etree.ElementTree import Element, ParseError, fromstring

from ...core.errors import Unreadable
from .charset import read_charset
from .html import DIGITS, LIFTED, Page, is_page, read_html

TITLE = "title"
DECLARED = re.compile(r"\s*<\?xml[^>]*\?>")
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
OWN = ("amp", "lt", "gt", "quot", "apos")  # which XML knows
# what feeds and notes write a page into, and the tags that show that it is one
_PAGED = "description summary content encoded subtitle tagline abstract body html fulltext comment en-note"
PAGED = frozenset(_PAGED.split())
_TAGS = "p|br|div|a|ul|ol|li|b|i|em|strong|img|h[1-6]|table|span|blockquote|pre|figure|en-note"
TAG = re.compile(rf"<(?:{_TAGS})\b[^<>]*>", re.IGNORECASE)


def read_xml(data: bytes, where: str) -> Page:
    """The words of a file of XML, and the first title in it; a page of the web under that name is read as one.

    An element within a sentence stays in its line. What is no XML by its own rules is read as browsers forgive it.
    """
    root, notes = _root(data)
    if root is None:
        return read_html(data, where)
    if _called(root) == "html" or is_page(data):
        return read_html(data, where)
    title = next((" ".join("".join(each.itertext()).split()) for each in root.iter() if _called(each) == TITLE), "")
    text = "\n".join(_lines(root))
    if not text:
        raise Unreadable(where, "holds no words", "give the file that does")
    told = "Of its XML the words were read, those of each element on a line, and no attributes."
    return Page(title, text, [told, *notes])


def _root(data: bytes) -> tuple[Element | None, list[str]]:
    """The root of a file of XML, also where expat does not know its encoding, or signs that HTML has names for."""
    try:
        return fromstring(data), []
    except (ParseError, ValueError, LookupError):
        text, notes = read_charset(data)
    try:
        return fromstring(NAMED.sub(_numbered, DECLARED.sub("", text, count=1))), notes
    except (ParseError, ValueError, LookupError):
        return None, []


def _numbered(found: re.Match[str]) -> str:
    """A sign by its number, which XML knows, such as &#233; for &eacute;."""
    name = found[1]
    return f"&#{name2codepoint[name]};" if name in name2codepoint and name not in OWN else found[0]


def _called(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _lines(element: Element) -> Iterator[str]:
    """The lines of an element: one where words stand among its elements or there are none, or else those of each."""
    said = [element.text, *(inner.tail for inner in element)]
    if len(element) and not any(text and text.strip() for text in said):
        for inner in element:
            yield from _lines(inner)
    elif words := "".join(_words(element)).strip():
        yield from _shown(words) if _called(element) in PAGED and TAG.search(words) else [words]


def _shown(page: str) -> Iterator[str]:
    """What a page shows that stands in an element as a text, as in a feed."""
    text = read_html(page.encode(), "").text
    if text:
        yield text


def _words(element: Element) -> Iterator[str]:
    """All that an element says, digits that stand above or below the line as such."""
    text, letters = element.text or "", LIFTED.get(_called(element))
    yield text.translate(letters) if letters and DIGITS.fullmatch(text) else text
    for inner in element:
        yield from _words(inner)
        yield inner.tail or ""
