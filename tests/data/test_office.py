"""Documents of office programs and e-books: Word, PowerPoint, OpenDocument and EPUB, whole, damaged and locked."""

import zipfile
from io import BytesIO

import pytest

from autophagy import curate
from autophagy.core.errors import DataError
from autophagy.data.documents import read_documents
from autophagy.data.load import load
from autophagy.data.readers import office

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f"""<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
</w:style></w:styles>"""
KINDS = "http://schemas.openxmlformats.org/package/2006"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BODY = f"""<w:document xmlns:w="{WORD}"><w:body>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Leave &amp; pay</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Everybody has </w:t></w:r>
<w:del w:id="1"><w:r><w:delText>twenty</w:delText></w:r></w:del>
<w:ins w:id="2"><w:r><w:t>thirty</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> days.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Grade</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Days</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>31</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"""
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
CONTENT = f"""<office:document-content xmlns:office="{OPEN}:office:1.0" xmlns:text="{OPEN}:text:1.0"
 xmlns:table="{OPEN}:table:1.0" xmlns:draw="{OPEN}:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body>
<text:tracked-changes><text:p>twenty</text:p></text:tracked-changes>
<text:p text:style-name="Title">Leave &amp; pay</text:p><text:h text:outline-level="2">Days</text:h>
<text:p>Everybody<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Not guests.</text:p>
</text:note-body></text:note> has<text:s/>thirty <text:span>days</text:span>.<office:annotation>
<text:p>Really?</text:p></office:annotation></text:p><table:table><table:table-row><table:table-cell><text:p>A</text:p>
</table:table-cell><table:table-cell><text:p>31</text:p></table:table-cell></table:table-row></table:table>
</office:body></office:document-content>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>The nets</dc:title></metadata><manifest><item id="b" href="two%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="text/one.xhtml" media-type="application/xhtml+xml"/><item id="c" href="a.css" media-type="text/css"/>
</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
CONTAINER = '<c xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfile full-path="OEBPS/book.opf"/></c>'
TABLE = "| Grade | Days\n| A | 31"


def packed(**files):
    """A zip archive of texts by name."""
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, text in {"mimetype": "application/zip", **files}.items():
            archive.writestr(name, text)
    return memory.getvalue()


def word(body=BODY):
    types = f'<Types xmlns="{KINDS}/content-types"><Default Extension="xml" ContentType="a/xml"/></Types>'
    parts = {
        "_rels/.rels": ("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": ("styles", "styles.xml"),
    }
    related = {
        name: f'<Relationships xmlns="{KINDS}/relationships"><Relationship Id="r" Type="{RELATED}/{kind}" '
        f'Target="{target}"/></Relationships>'
        for name, (kind, target) in parts.items()
    }
    return packed(**{"[Content_Types].xml": types, "word/document.xml": body, "word/styles.xml": STYLES, **related})


def book(**more):
    pages = {name: f"<html><body><h1>{name}</h1><p>Words of {name}.</p></body></html>" for name in ("one", "two")}
    return packed(**{
        "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": PACKAGE,
        "OEBPS/text/one.xhtml": pages["one"], "OEBPS/two b.xhtml": pages["two"], **more,
    })  # fmt: skip


def slides():
    pptx = pytest.importorskip("pptx", reason="slides need python-pptx")
    deck, memory = pptx.Presentation(), BytesIO()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "Leave & pay", "Everybody has\vthirty days."
    table = slide.shapes.add_table(2, 2, 0, 0, 100, 100).table
    for place, words in enumerate(("Grade", "Days", "A", "31")):
        table.cell(place // 2, place % 2).text = words
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 10, 10).text_frame.text = "In a group."
    slide.notes_slide.notes_text_frame.text = "Say it slowly."
    deck.save(memory)
    return memory.getvalue()


def read(folder, name, data):
    (folder / name).write_bytes(data)
    rows = read_documents(folder / name)
    return rows.samples.x.tolist(), rows.samples.meta["title"].tolist(), rows.notes


def test_word_is_read_as_it_would_print(tmp_path):
    """Deleted words are gone, those put in stay, and a table has a line a row."""
    pytest.importorskip("mammoth", reason=".docx files need mammoth")
    texts, titles, notes = read(tmp_path, "a.docx", word())
    assert texts == [f"# Leave & pay\n\nEverybody has thirty days.\n\n{TABLE}"]
    assert titles == ["Leave & pay"]
    assert notes == [f"a.docx: {office.LEFT}"]


@pytest.mark.parametrize("name", ["a.odt", "a.odp"])
def test_opendocument_is_read_without_changes_and_comments(tmp_path, name):
    texts, titles, notes = read(tmp_path, name, packed(**{"content.xml": CONTENT}))
    assert texts == ["# Leave & pay\n\n## Days\n\nEverybody [Not guests. ] has thirty days.\n\n| A | 31"]
    assert titles == ["Leave & pay"]
    assert notes == [f"{name}: {office.LEFT}"]


def test_slides_are_read_with_their_tables_groups_and_notes(tmp_path):
    texts, titles, _ = read(tmp_path, "a.pptx", slides())
    assert texts == [f"## Leave & pay\n\nEverybody has thirty days.\n\n{TABLE}\n\nIn a group.\n\nSay it slowly."]
    assert titles == ["Leave & pay"]


def test_charts_are_tables_of_their_figures(tmp_path):
    """The slides hold what a chart shows: python-pptx writes them, and charts of Excel have the same form."""
    pptx = pytest.importorskip("pptx", reason="slides need python-pptx")
    from pptx.chart.data import CategoryChartData, XyChartData
    from pptx.enum.chart import XL_CHART_TYPE

    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    bars, dots = CategoryChartData(), XyChartData()
    bars.categories = ["East", "West"]
    bars.add_series("2024", (19.2, 21))
    bars.add_series("2025", (20, None))
    dots.add_series("Seen").add_data_point(1, 2.5)
    for kind, data in ((XL_CHART_TYPE.COLUMN_CLUSTERED, bars), (XL_CHART_TYPE.XY_SCATTER, dots)):
        slide.shapes.add_chart(kind, 0, 0, 100, 100, data)
    slide.shapes[0].chart.chart_title.text_frame.text = "Sales by region"
    deck.save(tmp_path / "a.pptx")
    (text,) = read_documents(tmp_path / "a.pptx").samples.x.tolist()
    assert text == "Sales by region\n\n|  | 2024 | 2025\n| East | 19.2 | 20\n| West | 21 |\n\n|  | Seen\n|  | 2.5"


def test_the_words_of_a_diagram_are_read(tmp_path):
    """SmartArt keeps its words in a part of its own, to which the slide points."""
    pptx = pytest.importorskip("pptx", reason="slides need python-pptx")
    from pptx.opc.package import Part
    from pptx.opc.packuri import PackURI
    from pptx.oxml import parse_xml

    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    frame = slide.shapes.add_table(1, 1, 0, 0, 100, 100)._element
    main, diagram = (f"http://schemas.openxmlformats.org/drawingml/2006/{name}" for name in ("main", "diagram"))
    words = "".join(f"<a:p><a:r><a:t>{word}</a:t></a:r></a:p>" for word in ("Plan", "Do", "Check"))
    part = Part(PackURI("/ppt/diagrams/data1.xml"), "a/xml", deck.part.package)
    part._blob = f'<d:m xmlns:d="{diagram}" xmlns:a="{main}">{words}</d:m>'.encode()
    key = slide.part.relate_to(part, f"{RELATED}/diagramData")
    data = frame.graphic.graphicData
    data.set("uri", diagram)
    data[0].getparent().replace(data[0], parse_xml(f'<d:relIds xmlns:d="{diagram}" xmlns:r="{RELATED}" r:dm="{key}"/>'))
    deck.save(tmp_path / "a.pptx")
    assert read_documents(tmp_path / "a.pptx").samples.x.tolist() == ["Plan\n\nDo\n\nCheck"]


def test_a_book_is_read_in_the_order_of_its_spine(tmp_path):
    fonts = {"META-INF/encryption.xml": '<e><Cipher URI="OEBPS/font.otf"/></e>'}  # hidden, as shops do it
    texts, titles, _ = read(tmp_path, "a.epub", book(**fonts))
    assert texts == ["# one\n\nWords of one.\n\n# two\n\nWords of two."]
    assert titles == ["The nets"]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"PK\x03\x04 cut", "is damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "is locked by a password or of an old format"),
        ("a.docx", word(BODY[:300]), "cannot be read"),
        ("a.odt", packed(**{"content.xml": CONTENT[:200]}), "cannot be read"),
        ("a.odt", packed(other="x"), "cannot be read"),
        ("a.epub", packed(other="x"), "cannot be read"),
        ("a.epub", book(**{"META-INF/encryption.xml": '<e><Cipher URI="OEBPS/two%20b.xhtml"/></e>'}), "is locked"),
        ("a.pptx", packed(other="x"), "cannot be read"),
        ("a.odp", packed(**{"content.xml": "<a/>"}), "holds no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(tmp_path, name, data, said):
    (tmp_path / "b.txt").write_text("Words.")
    (tmp_path / name).write_bytes(data)
    rows = read_documents(tmp_path)
    assert rows.samples.x.tolist() == ["Words."]
    assert len(rows.notes) == 1
    assert f"{name} ({said}" in rows.notes[0]


def test_what_would_fill_the_memory_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "LARGEST", 100)
    with pytest.raises(DataError, match="unpacks to more than 0 MB"):
        read(tmp_path, "a.odt", packed(**{"content.xml": CONTENT}))


def test_an_audit_and_a_curation_read_them_as_well(tmp_path):
    pytest.importorskip("mammoth", reason=".docx files need mammoth")
    folder = tmp_path / "rows"
    folder.mkdir()
    files = {
        "a.docx": word(),
        "b.odt": packed(**{"content.xml": CONTENT}),
        "c.epub": book(),
        "d.docx": b"PK\x03\x04 cut",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    result = curate(folder, out=tmp_path / "out", workers=1)
    assert sorted(result.kept.column("title").to_pylist()) == ["Leave & pay", "Leave & pay", "The nets"]
    assert "d.docx" in (tmp_path / "out" / "summary.json").read_text()


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.pptx", "a.odp", "a.epub"])
def test_a_loop_says_how_to_save_them(tmp_path, name):
    (tmp_path / name).write_bytes(book())
    with pytest.raises(DataError, match=r"loops read plain text, so save it as \.txt"):
        load(str(tmp_path / name))
