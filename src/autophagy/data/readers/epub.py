"""Electronic books: the pages of an EPUB in the order in which they are read -> title and text."""

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element, fromstring

from ...core.errors import Unreadable
from .html import Page, read_html
from .office import opened

CONTAINER, LOCKS = "META-INF/container.xml", "META-INF/encryption.xml"


def read_epub(data: bytes, where: str) -> Page:
    """The title and the text of a book; raises Unreadable where it is damaged or locked."""
    archive = opened(data, where)
    container = fromstring(archive.read(CONTAINER))
    place = next(str(each.get("full-path")) for each in container.iter() if each.tag.endswith("}rootfile"))
    package = fromstring(archive.read(place))
    title = next((each.text or "" for each in package.iter() if each.tag.endswith("}title")), "")
    names, locked = list(_pages(package, posixpath.dirname(place))), unquote(_text_of(archive, LOCKS))
    if any(name in locked for name in names):  # fonts alone may be, in a book that everybody can read
        raise Unreadable(where, "is locked", "give a book without digital rights management")
    pages = [read_html(archive.read(name), where) for name in names]
    notes = list(dict.fromkeys(note for page in pages for note in page.notes))
    return Page(title.strip(), "\n\n".join(page.text for page in pages if page.text), notes)


def _pages(package: Element, folder: str) -> Iterator[str]:
    """The names of the pages in the order of the book's spine."""
    items = {each.get("id"): each for each in package.iter() if each.tag.endswith("}item")}
    spine = [items.get(each.get("idref")) for each in package.iter() if each.tag.endswith("}itemref")]
    for item in spine:
        if item is not None and "html" in item.get("media-type", ""):
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))


def _text_of(archive: zipfile.ZipFile, name: str) -> str:
    return archive.read(name).decode(errors="replace") if name in archive.namelist() else ""
