"""Texts of office programs: what Word, PowerPoint and LibreOffice save, by way of a page -> title and text."""

import html
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from ...core.errors import Unreadable, need
from .html import Page, read_html

LARGEST = 2**28  # bytes of what such a file may unpack to: it is a zip archive
LOCKED = b"\xd0\xcf\x11\xe0"  # how files of the old formats begin, and those that are locked by a password
LEFT = "Pictures, comments, headers and footers were left out."
# the elements of OpenDocument -> those of a page; what is not named here is only gone through
TAGS = {
    "text:p": "p",
    "text:list": "ul",
    "text:list-item": "li",
    "text:line-break": "br",
    "table:table": "table",
    "table:table-row": "tr",
    "table:table-cell": "td",
    "draw:page": "section",
}
DROPPED = ("text:tracked-changes", "office:annotation", "text:note-citation", "presentation:notes", "office:forms")
BLANKS = {"text:s": " ", "text:tab": " "}


def read_word(data: bytes, where: str) -> Page:
    """The title and the text of a .docx file; what was deleted while changes were tracked is left out."""
    mammoth = need("mammoth", "reading .docx files")
    opened(data, where)
    page = mammoth.convert_to_html(BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""}))
    return _page(page.value, where)


def read_slides(data: bytes, where: str) -> Page:
    """The title and the text of a .pptx file, a section a slide, with the notes below it."""
    pptx = need("pptx", "reading .pptx files")
    opened(data, where)
    slides = pptx.Presentation(BytesIO(data)).slides
    return _page("".join(part for slide in slides for part in _slide(slide)), where)


def read_opendocument(data: bytes, where: str) -> Page:
    """The title and the text of an .odt or .odp file."""
    content = ElementTree.fromstring(opened(data, where).read("content.xml"))
    return _page("".join(_marked(content)), where)


def opened(data: bytes, where: str) -> zipfile.ZipFile:
    """The archive that such a file is; raises Unreadable where it is damaged, locked or would fill the memory."""
    if data.startswith(LOCKED):
        raise Unreadable(where, "is locked by a password or of an old format", "save it anew without one")
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except zipfile.BadZipFile as error:
        raise Unreadable(where, "is damaged", "save it again") from error
    if sum(member.file_size for member in archive.infolist()) > LARGEST:
        raise Unreadable(where, f"unpacks to more than {LARGEST >> 20} MB", "save it as .txt or in parts")
    return archive


def _page(source: str, where: str) -> Page:
    """A page of its elements, whose title is its first heading."""
    _, text, notes = read_html(f'<meta charset="utf-8"><body>{source}</body>'.encode(), where)
    heading = re.match(r"#+ (.+)", text)
    return Page(heading[1] if heading else "", text, [*notes, LEFT] if text else notes)


def _slide(slide: Any) -> Iterator[str]:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        yield f"<h2>{html.escape(title.text_frame.text)}</h2>"
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        yield f"<p>{html.escape(slide.notes_slide.notes_text_frame.text)}</p>"


def _shape(shape: Any) -> Iterator[str]:
    for inner in getattr(shape, "shapes", ()):  # of a group
        yield from _shape(inner)
    if shape.has_text_frame:
        yield from (f"<p>{html.escape(paragraph.text)}</p>" for paragraph in shape.text_frame.paragraphs)
    if getattr(shape, "has_table", False):
        rows = ("".join(f"<td>{html.escape(cell.text)}</td>" for cell in row.cells) for row in shape.table.rows)
        yield f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _marked(element: ElementTree.Element) -> Iterator[str]:
    """An element of OpenDocument and all in it, in the marks of a page."""
    space, _, name = element.tag.rpartition("}")
    name = f"{space.rpartition(':xmlns:')[2].partition(':')[0]}:{name}"
    if name not in DROPPED:
        level = next((value for key, value in element.items() if key.endswith("}outline-level")), "1")
        tag = f"h{min(int(level), 6)}" if name == "text:h" else TAGS.get(name, "")
        yield f"<{tag}>" if tag else BLANKS.get(name, "")
        yield html.escape(element.text or "")
        for inner in element:
            yield from _marked(inner)
        yield f"</{tag}>" if tag and tag != "br" else ""
    yield html.escape(element.tail or "")
