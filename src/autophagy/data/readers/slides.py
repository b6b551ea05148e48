"""Slides of PowerPoint: their texts, tables, charts, diagrams and notes, by way of a page."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from ...core.errors import need
from .html import Page
from .office import add, opened, paged

LEFT = "Pictures, formulas, comments, headers and footers are not read."
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"


def read_slides(data: bytes, where: str) -> Page:
    """The title and the text of a .pptx file, a section a slide, with the notes below it."""
    pptx = need("pptx", "reading .pptx files")
    opened(data, where)
    body = Element("body")
    for slide in pptx.Presentation(BytesIO(data)).slides:
        _slide(slide, add(body, "section"))
    return paged(tostring(body, "unicode", method="html"), where, LEFT)


def _slide(slide: Any, section: Element) -> None:
    title = slide.shapes.title
    if title is not None and title.has_text_frame:
        add(section, "h2", title.text_frame.text)
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            _shape(shape, section)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        add(section, "p", slide.notes_slide.notes_text_frame.text)


def _shape(shape: Any, section: Element) -> None:
    for inner in getattr(shape, "shapes", ()):  # of a group
        _shape(inner, section)
    for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
        add(section, "p", paragraph.text)
    if getattr(shape, "has_table", False):
        _table([[cell.text for cell in row.cells] for row in shape.table.rows], section)
    if getattr(shape, "has_chart", False):
        _chart(shape.chart, section)
    for text in _diagram(shape):
        add(section, "p", text)


def _table(rows: list[list[str]], section: Element) -> None:
    table = add(section, "table")
    for row in rows:
        line = add(table, "tr")
        for cell in row:
            add(line, "td", cell)


def _chart(chart: Any, section: Element) -> None:
    """The title of a chart, and a table of its figures: a line for each category, a column for each series."""
    if chart.has_title and chart.chart_title.has_text_frame:
        add(section, "p", chart.chart_title.text_frame.text)
    for plot in chart.plots:
        series = list(plot.series)
        values = [list(one.values) for one in series]
        lines = [" ".join(labels) for labels in plot.categories.flattened_labels] if plot.categories else []
        height = max(map(len, [lines, *values]), default=0)
        columns = [[_at(column, place) for place in range(height)] for column in [lines, *values]]
        _table([["", *(one.name or "" for one in series)], *map(list, zip(*columns, strict=True))], section)


def _at(column: list[Any], place: int) -> str:
    cell = column[place] if place < len(column) else None
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)


def _diagram(shape: Any) -> Iterator[str]:
    """The words in a diagram of SmartArt, which stand in a part of their own."""
    for named in shape._element.iter(DIAGRAM):
        data = fromstring(shape.part.related_part(named.get(DATA)).blob)
        for paragraph in data.iter(f"{DRAWING}p"):
            text = "".join(run.text or "" for run in paragraph.iter(f"{DRAWING}t"))
            if text:
                yield text
