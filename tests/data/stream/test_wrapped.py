"""Feeds, letters, subtitles and notebooks: an audit reads their words, as questions about them do."""

import json

import pytest

from autophagy.data.documents import read_documents
from autophagy.data.stream.faults import Faults
from autophagy.data.stream.readers import READERS
from autophagy.data.stream.sources import sources
from autophagy.data.stream.stretches import Stretch

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Lights</title><item><title>One</title>
<description>&lt;p&gt;A &lt;a href="http://a.b/c"&gt;tall&lt;/a&gt; tower &amp;amp; a lamp.&lt;/p&gt;</description>
</item><item><title>Two</title><description><![CDATA[<img src="x.png"/>]]></description></item></channel></rss>"""
CODE = "<book><programlisting>&lt;p&gt;shown&lt;/p&gt;</programlisting></book>"
LETTER = "From: a@b.c\nSubject: {}\nDate: Mon, 1 Jan 2024 10:00:00 +0000\nContent-Type: text/plain\n\n{}\n"
MAIL = LETTER.format("Lamp", "It is out.")
BOX = "\n".join(f"From a@b.c Mon Jan  1 10:00:00 2024\n{LETTER.format(*two)}" for two in (("A", "One."), ("B", "Two.")))
BOOK = json.dumps({"cells": [{"cell_type": "markdown", "source": ["# A"]}, {"cell_type": "code", "source": "x = 1"}]})


def read(path):
    (source,) = sources([path]).sources
    faults = Faults()
    pieces = [*READERS[source.format](Stretch(0, source), faults, None, 100)]
    return [text for piece in pieces for text in piece.texts.to_pylist()], faults


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.xml", FEED, ["Lights\nOne\nA tall tower & a lamp.\nTwo"]),
        ("a.rss", FEED, ["Lights\nOne\nA tall tower & a lamp.\nTwo"]),
        ("a.xml", CODE, ["<p>shown</p>"]),
        ("a.srt", "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Look</i> there\r\n", ["Look there"]),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nLook there\n", ["Look there"]),
        ("a.eml", MAIL, ["It is out."]),
        ("a.mbox", BOX, ["One.", "Two."]),
        ("a.ipynb", BOOK, ["# A\n\n```\nx = 1\n```"]),
    ],
)
def test_an_audit_and_a_question_read_the_same_words(tmp_path, name, text, said):
    path = tmp_path / name
    path.write_bytes(text.encode())
    texts, faults = read(path)
    assert texts == said
    assert [*read_documents(path).samples.x] == said
    assert faults.notes


@pytest.mark.parametrize(("name", "text"), [("a.xml", "<a b='c'/>"), ("a.ipynb", "{}"), ("a.eml", "")])
def test_what_holds_no_words_is_a_fault_or_no_row(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    texts, faults = read(path)
    assert texts == []
    assert faults.count == bool(text)


@pytest.mark.parametrize(
    ("text", "charset", "said"),
    [
        ("<rss><title>Caf&eacute; &amp; bar</title><item><title>Two</title></item></rss>", "utf-8", "Café & bar\nTwo"),
        ("<rss><title>灯塔很高</title><item><title>第二</title></item></rss>", "gb2312", "灯塔很高\n第二"),
        ("<rss><title>등대가 높다</title><item><title>둘</title></item></rss>", "euc-kr", "등대가 높다\n둘"),
    ],
)
def test_feeds_with_signs_of_html_or_in_other_encodings_keep_their_titles(tmp_path, text, charset, said):
    path = tmp_path / "a.xml"
    path.write_bytes(f'<?xml version="1.0" encoding="{charset}"?>\n{text}'.encode(charset))
    assert read(path)[0] == [said]
