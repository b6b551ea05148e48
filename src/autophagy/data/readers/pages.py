"""Files that hold one text each, and a title: their readers by the ending of the name."""

import zlib
from collections.abc import Callable
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from .epub import read_epub
from .html import Page
from .office import read_opendocument, read_word
from .pdf import read_pdf
from .slides import read_slides

# texts with marks for headings and the like, which are read as they stand
MARKUP = (".md", ".markdown", ".mdx", ".mkd", ".mdown", ".qmd", ".rmd", ".rst", ".rest")
PAGES: dict[str, Callable[[bytes, str], Page]] = {
    ".pdf": read_pdf,
    ".docx": read_word,
    ".pptx": read_slides,
    ".odt": read_opendocument,
    ".odp": read_opendocument,
    ".epub": read_epub,
}
ARCHIVES = frozenset(PAGES) - {".pdf"}  # which are zip archives of their own
BROKEN = (  # what the libraries raise where a file is damaged
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(BadZipFile, ExpatError, zlib.error),
)
