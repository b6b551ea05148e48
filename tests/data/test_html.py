"""Pages as browsers forgive them: the words come out, in order, whatever the tags around them do."""

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("selectolax", reason="reading HTML needs selectolax")

from autophagy.core.errors import Unreadable
from autophagy.data.documents import read_documents
from autophagy.data.readers.html import read_html

EXAMPLES = int(os.environ.get("AUTOPHAGY_EXAMPLES", "200"))
WORD = st.text("abcdefghijklmnopqrstuvwxyzäöüé", min_size=3, max_size=8).map("w{}".format)
FAULTS = (  # what a browser passes over
    "<![foo bar]>", "<!-- note -->", "<!>", "</p>", "</nothing>", "<?php echo 1 ?>", "<![if !mso]>", "<b>", "<i>",
    "<p>", "<div>", "<br>", "<script>var x = '<p>no</p>';</script>", "<style>p {}</style>", "<p hidden>no</p>",
    "<div style='display: none'>no</div>", "<nav>no</nav>", "<table><tr><td>", "</table>", "<ul><li>", "<font size=",
    "<a href='x' href=\"y\">", "<custom-tag>", "<td>", "<o:p></o:p>", "<h2>", "&nbsp;", "&#0;", "\0", "<img alt=x>",
)  # fmt: skip


@st.composite
def pages(draw):
    """A page with such faults, and the words that it shows."""
    parts, words = [], []
    for word in draw(st.lists(WORD, min_size=1, max_size=12)):
        fault = draw(st.sampled_from(FAULTS))
        after = ">" if fault == "<font size=" else ""
        style = draw(
            st.sampled_from(["{}", "<p>{}</p>", "<td>{}", "<li>{}", "<![CDATA[{}]]>", "<b>{}</i>", "&lt;{}&gt;"])
        )
        parts.append(f" {fault}{after} {style.format(word)} ")
        words.append(word)
    head = draw(st.sampled_from(["", "<!doctype html>", "<title>T</title>", "<html><body>", "<!DOCTYPE broken ["]))
    return head + ">" * (head[-1:] == "[") + "".join(parts), words


@settings(max_examples=EXAMPLES)
@given(pages())
def test_every_word_of_a_page_comes_out_in_order_whatever_is_wrong_with_its_tags(page):
    source, words = page
    assert sorted(re.findall(r"w\w{3,}", read_html(source.encode(), "page").text)) == sorted(words)


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=300))
def test_no_bytes_are_too_odd_for_a_page(data):
    read_html(b"<p>" + data, "page")


def test_one_bad_page_does_not_end_the_folder(tmp_path):
    (tmp_path / "bad.html").write_text("<body><p>Start.</p><![foo bar]><p>End.</p></body>")
    (tmp_path / "frames.html").write_text("<frameset><frame src=a.html></frameset>")
    (tmp_path / "empty.html").write_text("<script>only()</script>")
    (tmp_path / "archive.html").write_text(
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n<p>x"
    )
    table = read_documents(tmp_path)
    assert table.samples.x.tolist() == ["Start.\n\nEnd."]
    assert table.notes == [
        "3 of 4 documents were set aside: archive.html (is a web archive (MHTML)), empty.html (holds no text), "
        "frames.html (shows other pages in frames and has no words of its own)."
    ]


def test_the_cells_of_a_row_stand_on_one_line():
    page = "<table><tr><th>Plan<th>Price<tr><td><p>Gold</p><p>plus</p></td><td>40</table>after"
    assert read_html(page.encode(), "page").text == "| Plan | Price\n| Gold plus | 40\n\nafter"
    layout = "<table><tr><td><table><tr><td>a<td>b</table><td>menu</table>"
    assert read_html(layout.encode(), "page").text == "| a | b\n\n| menu"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<ul><li><p>one</p></li><li>two<ul><li>three</ul></ul>", "- one\n\n- two\n\n- three"),
        ("<pre>a  = 1\n  b</pre>", "a  = 1\n  b"),
        ("Ur\xadlaubs&shy;tag", "Urlaubstag"),
        ("<ruby>休<rt>きゅう</rt>暇<rt>か</rt></ruby>", "休暇"),
        ("<body style='display:none'><p>shown by a script", "shown by a script"),
        (
            "<?xml version='1.0'?><html><head><title/><script src='x'/></head><body>one<br/>two</body></html>",
            "one\ntwo",
        ),
        ("<p>1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("rose<sup><a href='#1'>1</a></sup> to 10<sup>6</sup><a href='#2'><sup>[2]</sup></a>", "rose [1] to 10⁶ [2]"),
        ("<div>" * 2_000 + "deep", "deep"),
        ("<p>x<!-- never closed", "x"),
    ],
    ids=[
        "lists",
        "code",
        "soft hyphens",
        "ruby",
        "hidden body",
        "xhtml",
        "bare signs",
        "notes",
        "deep",
        "open comment",
    ],
)
def test_what_a_browser_shows_is_read(page, text):
    assert read_html(page.encode(), "page").text == text


def test_a_page_of_frames_is_one_sentence():
    with pytest.raises(Unreadable, match="shows other pages in frames"):
        read_html(b"<frameset><frame src=a></frameset>", "page")


BEFORE, AFTER = "The ferry leaves at nine.", "It returns at five."


@pytest.mark.parametrize(
    ("head", "tag"),
    [
        ("<style>.note { display: none; }</style>", "div class='big note'"),
        ("<style>#draft{visibility:hidden}</style>", "p id=draft"),
        ("<style>a {} p.note, .x { color: red; display:none !important }</style>", "p class=note"),
        ("<style media=screen>.note{display:none}</style>", "span class=note"),
        ("<style>.note{display:none}</style><script type='application/ld+json'>{}</script>", "div class=note"),
    ],
)
def test_what_the_pages_own_sheet_hides_for_good_is_left_out(head, tag):
    page = f"<html><head>{head}</head><body><p>{BEFORE}</p><{tag}>The budget was cut.</{tag.split()[0]}><p>{AFTER}</p>"
    assert read_html(page.encode(), "a.html").text == f"{BEFORE}\n\n{AFTER}"


@pytest.mark.parametrize(
    "head",
    [
        "<style>.note{display:none} .note.open{display:block}</style>",  # a tab
        "<style>.note{display:none} .note:target{display:block}</style>",
        "<style>.note{display:none} #more:checked ~ .note{display:block}</style>",
        "<style>.note{display:none}</style><script>show('.note')</script>",
        "<style>.note{display:none}</style><script src=tabs.js></script>",
        "<style>@media print { .note{display:none} }</style>",
        "<style media=print>.note{display:none}</style>",
        "<style>nav .note{display:none}</style>",
        "<style>.other{display:none}</style>",
        "<style>.note{display:none</style>",
        "",
    ],
)
def test_what_a_reader_may_unfold_or_see_stays(head):
    page = f"<html><head>{head}</head><body><p>{BEFORE}</p><div class=note>{AFTER}</div>"
    assert read_html(page.encode(), "a.html").text == f"{BEFORE}\n\n{AFTER}"


def test_a_page_laid_out_in_a_table_keeps_its_headings_and_paragraphs():
    page = f"<table><tr><td><a href=/>Home</a></td><td><h1>Ferry</h1><p>{BEFORE}<p>{AFTER}</td></tr></table>"
    assert read_html(page.encode(), "a.html").text == f"| Home\n\n# Ferry\n\n{BEFORE}\n\n{AFTER}"
    rows = "<table><tr><td><p>a</p><p>b</p></td><td><h3>c</h3></td></tr></table>"
    assert read_html(rows.encode(), "a.html").text == "| a b | ### c"


def test_buttons_stand_apart_and_blanks_are_one_as_in_a_browser():  # jsoup 2105, ReadabiliPy 39
    page = b"<p>Mail <button>Reply</button><button> ReplyToAll</button>or call</p>"
    page += b"<p>a <b> c</b>, <i>d</i>.<pre>x  <b> y</b></pre>"
    assert read_html(page, "a").text == "Mail Reply ReplyToAll or call\n\na c, d.\n\nx   y"
    assert read_html(b"<label>Name</label><input><label>Town</label>", "a").text == "Name Town"


def test_what_a_button_shows_is_read_and_what_none_does_is_not():  # SingleFile 878, milo 6703
    page = (
        b'<button aria-controls="a b">Price?</button><div id=a hidden>Forty guilders.</div>'
        b'<p id=b style="display:none">Ships on Monday.</p>'
        b'<a data-bs-target="#c">More</a><div id=c hidden>The ferry.</div>'
        b"<div id=d hidden>SECRET</div><div hidden>SECRET</div>"
    )
    parts = ("Forty guilders.", "Ships on Monday.", "The ferry.", "SECRET")
    assert [part in read_html(page, "a").text for part in parts] == [True, True, True, False]
