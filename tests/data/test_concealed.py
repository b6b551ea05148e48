"""What a page hides: each way is found, what is shown is not, and any bytes are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.data.readers.concealed import UNDECLARED, hidden_in_html

SECRET = "the hidden words"
WAYS = {
    "display: none": "<p style='display:none'>{}</p>",
    "display: none, by a class": "<style>/* x */ .menu { display: none !important }</style><p class=menu>{}</p>",
    "visibility": "<p style='visibility: hidden'>{}</p>",
    "opacity": "<p style='opacity:0'>{}</p>",
    "letters of size 0": "<p style='font-size:0px'>{}</p>",
    "letters of size 1": "<div style='font-size:1px'><p>{}</p></div>",
    "white on white": "<p style='color:#fff'>{}</p>",
    "nearly white": "<p style='color: rgb(250, 251, 252)'>{}</p>",
    "black on black": "<div style='background:#000'><p style='color:black'>{}</p></div>",
    "old white": "<font color=white>{}</font>",
    "a cell of its own colour": "<table><tr><td bgcolor=#ff0000><font color=#fe0000>{}</font></td></tr></table>",
    "transparent": "<p style='color:transparent'>{}</p>",
    "off the screen": "<p style='position:absolute; left:-9999px'>{}</p>",
    "an indent": "<p style='text-indent:-9999px'>{}</p>",
    "clipped": "<p style='clip: rect(0, 0, 0, 0)'>{}</p>",
    "no room": "<p style='height:0;overflow:hidden'>{}</p>",
    "hidden": "<p hidden>{}</p>",
    "aria-hidden": "<p aria-hidden=true>{}</p>",
    "a comment": "<p>shown</p><!-- {} -->",
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_hiding_is_found(way):
    found = hidden_in_html(f"<html><body><p>shown</p>{WAYS[way].replace('{}', SECRET)}<p>shown</p></body></html>")
    assert [text for text, _ in found] == [SECRET]
    assert found[0].why


SHOWN = [
    "<p>plain</p>",
    "<div style='background:#000'><p style='color:#fff'>white on black</p></div>",
    "<p style='color:#333'>dark</p>",
    "<p style='opacity:.5'>pale</p>",
    "<p style='font-size:0.9em; text-indent:-20px'>small</p>",
    "<p style='background:url(dark.png); color:#fff'>on a picture</p>",
    "<img alt='a cat on a mat' title='a cat'>",
    "<style>p:hover { display: none } @media print { p { display: none } }</style><p>shown on a screen</p>",
    "<div style='display:none'> 12 &nbsp; </div>",
]


@pytest.mark.parametrize("page", SHOWN)
def test_what_is_shown_is_not_found(page):
    assert hidden_in_html(page) == []


def test_white_letters_whose_background_an_outer_sheet_may_set_are_told_apart():
    (found,) = hidden_in_html("<link rel=stylesheet href=x.css><p style='color:#fff'>white letters</p>")
    assert found.why == UNDECLARED


def test_a_stuffed_title_is_found():
    (found,) = hidden_in_html(f"<img alt='{'word ' * 40}'>")
    assert found.why == "the attribute alt"


@given(st.text(alphabet="<>/='\"-!{}:;abcdisplay:none# \n", max_size=200))
def test_any_source_is_read(source):
    assert isinstance(hidden_in_html(source), list)
