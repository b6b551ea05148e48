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
    "a shorthand of size 0": "<p style='font: bold 0/1 Arial'>{}</p>",
    "a clear colour": "<p style='color:rgba(0, 0, 0, 0)'>{}</p>",
    "white by its hue": "<p style='color:hsl(0, 0%, 100%)'>{}</p>",
    "filled with nothing": "<p style='-webkit-text-fill-color:transparent'>{}</p>",
    "no height": "<p style='max-height:0;overflow:hidden'>{}</p>",
    "a scale of 0": "<p style='transform:scale(0)'>{}</p>",
    "a shift": "<p style='transform:translateX(-9999px)'>{}</p>",
    "a filter": "<p style='filter:opacity(0)'>{}</p>",
    "content-visibility": "<p style='content-visibility:hidden'>{}</p>",
    "a template": "<template>{}</template>",
    "no script": "<noscript>{}</noscript>",
    "a dialog": "<dialog>{}</dialog>",
    "a short title": "<a title='{} and one'>shown</a>",
    "a hidden field": "<input type=hidden value='{} and one'>",
    "a data attribute": "<p data-note='{} and one'>shown</p>",
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_hiding_is_found(way):
    found = hidden_in_html(f"<html><body><p>shown</p>{WAYS[way].replace('{}', SECRET)}<p>shown</p></body></html>")
    assert [text.removesuffix(" and one") for text, _ in found] == [SECRET]
    assert found[0].why


SHOWN = [
    "<p>plain</p>",
    "<div style='background:#000'><p style='color:#fff'>white on black</p></div>",
    "<p style='color:#333'>dark</p>",
    "<p style='opacity:.5'>pale</p>",
    "<p style='font-size:0.9em; text-indent:-20px'>small</p>",
    "<p style='background:url(dark.png); color:#fff'>on a picture</p>",
    "<img alt='a fat cat' title='a cat'>",
    "<dialog open>open</dialog>",
    "<p style='transform: scale(1.2.3) translate(-50%, -50%); font: 12px/1.5 Arial; color: #fffff'>shown</p>",
    "<h1 style='background: linear-gradient(red, blue); -webkit-text-fill-color: transparent'>bright</h1>",
    "<p style='color: hsl(0, 0%, 20%); filter: opacity(50%)'>grey</p>",
    "<style>p:hover { display: none } @media print { p { display: none } }</style><p>shown on a screen</p>",
    "<div style='display:none'> 12 &nbsp; </div>",
]


@pytest.mark.parametrize("page", SHOWN)
def test_what_is_shown_is_not_found(page):
    assert hidden_in_html(page) == []


def test_white_letters_whose_background_an_outer_sheet_may_set_are_told_apart():
    (found,) = hidden_in_html("<link rel=stylesheet href=x.css><p style='color:#fff'>white letters</p>")
    assert found.why == UNDECLARED


@given(st.text(alphabet="<>/='\"-!{}:;abcdisplay:none# \n", max_size=200))
def test_any_source_is_read(source):
    assert isinstance(hidden_in_html(source), list)
