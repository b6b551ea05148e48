"""Texts of office programs: what Word and LibreOffice save, by way of a page -> title and text."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from ...core.errors import Unreadable, need
from .html import Page, read_html

LARGEST = 2**28  # bytes of what such a file may unpack to: it is a zip archive
LOCKED = b"\xd0\xcf\x11\xe0"  # how files of the old formats begin, and those that are locked by a password
LEFT = "Pictures, charts, formulas, comments, headers and footers are not read."
BODY = "word/document.xml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALTERNATIVE, OLDER = (
    f"{{http://schemas.openxmlformats.org/markup-compatibility/2006}}{name}"
    for name in ("AlternateContent", "Fallback")
)
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
BLANKS = {"text:s": " ", "text:tab": " ", "text:note": " ["}


def read_word(data: bytes, where: str) -> Page:
    """The title and the text of a .docx file; what was deleted while changes were tracked is left out."""
    mammoth = need("mammoth", "reading .docx files")
    data = _unboxed(data, opened(data, where))
    page = mammoth.convert_to_html(BytesIO(data), convert_image=mammoth.images.img_element(lambda image: {"src": ""}))
    return paged(page.value, where, LEFT)


def _unboxed(data: bytes, archive: zipfile.ZipFile) -> bytes:
    """A .docx file whose drawn text boxes, which mammoth passes over, are paragraphs behind those that hold them.

    Word itself writes each such box a second time in an older form, which is read.
    """
    body = archive.read(BODY) if BODY in archive.namelist() else b""
    if b"txbxContent" not in body:
        return data
    root = fromstring(body)
    for parent in list(root.iter()):
        for place, paragraph in reversed(list(enumerate(parent))):
            if paragraph.tag == f"{WORD}p":
                boxes = [box for drawing in _drawings(paragraph) for box in drawing.iter(f"{WORD}txbxContent")]
                parent[place + 1 : place + 1] = [inner for box in boxes for inner in box]
                for box in boxes:
                    box[:] = []
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            copy.writestr(name, tostring(root) if name == BODY else archive.read(name))
    return made.getvalue()


def _drawings(element: Element) -> Iterator[Element]:
    """The drawings in an element, but for those with an older form beside them and those in paragraphs within it."""
    for inner in element:
        older = inner.tag == ALTERNATIVE and any(
            True for each in inner.iter(OLDER) for _ in each.iter(f"{WORD}txbxContent")
        )
        if inner.tag == f"{WORD}drawing":
            yield inner
        elif not older and inner.tag != f"{WORD}p":
            yield from _drawings(inner)


def read_opendocument(data: bytes, where: str) -> Page:
    """The title and the text of an .odt or .odp file."""
    body = Element("body")
    _translated(fromstring(opened(data, where).read("content.xml")), body)
    return paged(tostring(body, "unicode", method="html"), where, LEFT)


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


def paged(source: str, where: str, left: str) -> Page:
    """A page of its elements, whose title is its first heading, and what of it is `left` out."""
    _, text, notes = read_html(f"\ufeff{source}".encode(), where)
    heading = re.match(r"#+ (.+)", text)
    return Page(heading[1] if heading else "", text, [*notes, left] if text else notes)


def add(parent: Element, tag: str, text: str = "") -> Element:
    """A new element of a page within another."""
    made = SubElement(parent, tag)
    made.text = text.replace("\v", " ")  # how PowerPoint breaks a line within a paragraph
    return made


def _translated(element: Element, parent: Element, inline: bool = False) -> None:
    """Put an element of OpenDocument and all in it into an element of a page; a note stands in brackets in its line."""
    space, _, name = element.tag.rpartition("}")
    name = f"{space.rpartition(':xmlns:')[2].partition(':')[0]}:{name}"
    if name in DROPPED:
        return
    note = name == "text:note"
    made = add(parent, "span" if inline or note else _tag(name, element), BLANKS.get(name, element.text or ""))
    for inner in element:
        _translated(inner, made, inline or note)
        add(made, "span", inner.tail or "")
    if note:
        add(made, "span", "]")


def _tag(name: str, element: Element) -> str:
    """The element of a page that an element of OpenDocument becomes."""
    told = {key.rpartition("}")[2]: value for key, value in element.items()}
    if name == "text:h":
        return f"h{min(int(told.get('outline-level', 1)), 6)}"
    return "h1" if name == "text:p" and told.get("style-name") == "Title" else TAGS.get(name, "span")
