"""Pages: HTML -> its title and its text, with headings marked as in Markdown."""

import re
from html.parser import HTMLParser

from ...core.errors import Unreadable

HIDDEN = frozenset(
    ("head", "script", "style", "template", "noscript", "nav", "footer", "svg", "math", "iframe", "object", "select")
)
BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "aside", "blockquote", "pre", "figure", "figcaption"),
        *("table", "caption", "tr", "ul", "ol", "dl", "dt", "dd", "hr", "form", "address", "details", "summary"),
    )
)
HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


def read_html(data: bytes, where: str) -> tuple[str, str]:
    """The title and the text of a page, paragraphs parted by blank lines; scripts, menus and the like are left out.

    Raises DataError where its characters are not in the encoding that it names, which is UTF-8 if it names none.
    """
    named = CHARSET.search(data[:4096])
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if wide else named[1].decode() if named else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Unreadable(where, f"is not text in {encoding}", "save it as UTF-8") from error
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.title(), reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._title: list[str] = []
        self._hidden: list[str] = []  # the open elements that are left out, the outermost first
        self._in_title = False
        self._pre = 0

    def title(self) -> str:
        """What stands in its <title>."""
        return " ".join("".join(self._title).split())

    def text(self) -> str:
        """The paragraphs, parted by blank lines."""
        return re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n\n", "".join(self._parts)).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._in_title = True
        elif tag in HIDDEN:
            self._hidden.append(tag)
        elif tag == "body":
            self._hidden.clear()  # a head that was never closed
        elif not self._hidden:
            self._parts.append(_opening(tag))
            self._pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]
        elif not self._hidden:
            self._parts.append("\n\n" if tag in BLOCKS or tag in HEADINGS else "")
            self._pre -= tag == "pre" and self._pre > 0

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self._title.append(data)
        elif not self._hidden:
            self._parts.append(data if self._pre else re.sub(r"\s+", " ", data))


def _opening(tag: str) -> str:
    if tag in HEADINGS:
        return f"\n\n{HEADINGS[tag]} "
    if tag in ("td", "th"):
        return " | "
    return {"br": "\n", "li": "\n- "}.get(tag, "\n\n" if tag in BLOCKS else "")
