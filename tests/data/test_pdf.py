"""PDFs: columns, hyphens, turned pages and forms come out as they are read, and what is missing is told."""

import pytest

from pdfs import column, drawn, pdf, spelt

pytest.importorskip("pypdfium2", reason="reading a PDF needs pypdfium2")

from autophagy.core.errors import Unreadable
from autophagy.data.readers.lines import joined
from autophagy.data.readers.pdf import read_pdf

LEFT = ["Employees have thirty days", "of leave in each year of", "their service. Leave is asked", "for in writing."]
MIDDLE = ["Trains are paid in second", "class only and flights need", "a signature of the board of", "the company."]
RIGHT = ["Meals are paid up to a", "limit of forty francs a day", "and drinks are never paid", "by the company."]


def in_turn(*columns):
    """The lines as many programs write them: from the top, whatever column they are in."""
    return [word for row in zip(*columns, strict=True) for word in row]


def paragraphs(*columns):
    return "\n\n".join("\n".join(lines) for lines in columns)


@pytest.mark.parametrize("shift", [0, 4, 7], ids=["level", "shifted", "half a line"])
def test_two_columns_are_read_one_after_the_other(shift):
    page = in_turn(column(40, 740, LEFT), column(320, 740 - shift, RIGHT))
    assert read_pdf(pdf(page), "a.pdf").text == paragraphs(LEFT, RIGHT)


@pytest.mark.parametrize("x", [40, 200, 350], ids=["left", "middle", "right"])
def test_a_title_above_three_columns_comes_first(x):
    title = "The Handbook of the Company for Guests"
    page = [*in_turn(column(40, 740, LEFT), column(230, 740, MIDDLE), column(420, 740, RIGHT)), (x, 770, title)]
    text = read_pdf(pdf(page), "a.pdf").text
    assert text.replace(f"{title}\n{LEFT[0]}", f"{title}\n\n{LEFT[0]}") == paragraphs([title], LEFT, MIDDLE, RIGHT)


def test_a_number_of_the_page_between_two_columns_parts_nothing():
    left, right = ([f"{side} {i} goes on and on, and here it ends." for i in range(6)] for side in ("Left", "Right"))
    text = read_pdf(pdf([*column(50, 700, left), *column(320, 700, right), (270, 20, "17")]), "a.pdf").text
    assert text.split() == " ".join([*left, *right, "17"]).split()


def test_a_table_is_read_row_by_row_with_its_cells_apart():
    cells = [
        ["Plan", "Basic", "Gold", "Gold plan plus"],
        ["Price", "12", "40", "99"],
        ["Notice", "Day", "Week", "None"],
    ]
    page = [word for x, lines in zip((40, 200, 300), cells, strict=True) for word in column(x, 740, lines)]
    assert read_pdf(pdf(page), "a.pdf").text.split("\n") == [" | ".join(row) for row in zip(*cells, strict=True)]


@pytest.mark.parametrize(("degrees", "turned"), [(90, 90), (180, 180), (270, 270)])
def test_a_turned_page_is_read_upright(degrees, turned):
    steps = {90: (14, 0, 60, 60), 180: (0, 14, 560, 60), 270: (-14, 0, 560, 740)}
    dx, dy, x, y = steps[degrees]
    page = [(x + dx * i, y + dy * i, line, degrees) for i, line in enumerate(LEFT)]
    assert read_pdf(pdf(page, rotate=turned), "a.pdf").text == paragraphs(LEFT)


def test_lines_that_stand_on_every_page_are_left_out_and_told():
    pages = [
        [
            (40, 780, "Handbook"),
            *column(40, 740, [f"Chapter {n * n}", "Words.", f"{n**3} more."]),
            (9, 9, f"Page {n} of 4"),
        ]
        for n in range(1, 5)
    ]
    title, text, notes = read_pdf(pdf(*pages, title="Guide"), "a.pdf")
    assert (title, text) == (
        "Guide",
        paragraphs(*[[f"Chapter {n * n}", "Words.", f"{n**3} more."] for n in range(1, 5)]),
    )
    assert notes == ["Lines on top or at the foot of most pages were left out, such as 'Handbook'."]


def test_what_was_written_into_a_form_is_read():
    assert read_pdf(pdf([(40, 740, "Name:")], fields=["Anna Muster"]), "a.pdf").text == "Name:\nAnna Muster"


def test_pages_without_text_are_counted_and_a_file_of_them_is_refused():
    found = read_pdf(pdf([(40, 740, "Text.")], [], []), "a.pdf")
    assert (found.text, found.notes) == ("Text.", ["2 of its 3 pages came out without text: 2, 3."])
    with pytest.raises(Unreadable, match=r"a\.pdf holds pictures and no text: run text recognition"):
        read_pdf(pdf([], []), "a.pdf")


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("holi-\ndays", "holidays"),
        ("com-\n\npany", "company"),
        ("Nord-\nRhein", "Nord-Rhein"),
        ("part-\nand full-time", "part- and full-time"),
        ("long-\nterm, and long-term", "long-term, and long-term"),
        ("pages 3-\n5", "pages 3-\n5"),
    ],
)
def test_a_word_that_is_parted_at_the_end_of_a_line_is_whole_again(lines, whole):
    assert joined(lines) == whole


@pytest.mark.parametrize(
    ("end", "start", "goes_on"),
    [
        ("are paid", "four hundred guilders", True),
        ("are paid,", "Monday to Friday", True),
        ("are paid.", "four hundred guilders", False),
        ("are paid", "Holidays", False),
        ("as follows:", "first the board", False),
        ("a) the board", "b) the staff", False),
        ("are paid", "12 guilders", False),
    ],
)
def test_a_sentence_goes_on_over_pages_and_columns(end, start, goes_on):
    gap = "\n" if goes_on else "\n\n"
    pages = [[*column(40, 740, LEFT), (40, 680, end)], [(40, 740, start), *column(40, 726, RIGHT)]]
    first, second = "\n".join([*LEFT, end]), "\n".join([start, *RIGHT])
    assert read_pdf(pdf(*pages), "a.pdf").text == f"{first}{gap}{second}"
    beside = in_turn(column(40, 740, [*LEFT, end]), column(320, 740, [start, *RIGHT]))
    assert read_pdf(pdf(beside), "a.pdf").text == f"{first}{gap}{second}"


ARABIC = ["يحصل الموظفون على 30 يوما", "من الإجازة في شركة Acme GmbH", "كل سنة من العمل هنا."]
HEBREW = ["העובדים מקבלים 30 ימי", "חופשה בכל שנה לפי הסכם", "של החברה בירושלים."]


@pytest.mark.parametrize("text", [ARABIC, HEBREW])
def test_text_that_runs_from_right_to_left_is_read_as_it_is_written(text):
    """pdfminer.six 850, pypdf 1296: letters and words came out in the order of their places."""
    lines = [(500 - 6 * len(line), 700 - 14 * i, drawn(line)) for i, line in enumerate(text)]
    assert read_pdf(spelt(lines), "a.pdf").text == "\n".join(text)


def test_of_two_columns_that_run_from_right_to_left_the_right_one_comes_first():
    right, left = [f"{line} ועוד מעט כאן" for line in HEBREW], [f"{line} וכך גם שם" for line in HEBREW]
    lines = []
    for i, (one, other) in enumerate(zip(right, left, strict=True)):
        lines += [(560 - 6 * len(one), 700 - 14 * i, drawn(one)), (280 - 6 * len(other), 700 - 14 * i, drawn(other))]
    text = read_pdf(spelt(lines), "a.pdf").text
    assert text == "\n".join(right) + "\n\n" + "\n".join(left)


@pytest.mark.parametrize("degrees", [30, 45, 60, 135, -45])
def test_a_watermark_across_the_page_stands_in_none_of_its_lines(degrees):
    """pdfplumber 1153."""
    lines = [f"Line {i} of the contract says that the seller pays the duty." for i in range(20)]
    text = read_pdf(pdf([*column(60, 740, lines), (250, 600, "CONFIDENTIAL DRAFT", degrees)]), "a.pdf").text
    assert text == "\n".join(lines) + "\n\nCONFIDENTIAL DRAFT"


def test_a_page_that_was_scanned_a_little_askew_is_read_in_lines():
    lines = [(60, 740 - 14 * i, f"line {i} of it", 2) for i in range(5)]
    assert read_pdf(pdf(lines), "a.pdf").text == "\n".join(f"line {i} of it" for i in range(5))


def test_a_word_with_a_letter_that_its_font_does_not_name_is_told():
    """pypdf 598: ligatures of a font's own, such as ft, were left out in silence."""
    text, notes = read_pdf(pdf(column(50, 700, ["a\x03er the update it is as it was", "\x04is is so"])), "a.pdf")[1:]
    assert text == "a\ufffder the update it is as it was\n\ufffdis is so"
    assert notes == [
        "2 words with letters that its fonts do not name, such as a\ufffder: "
        "run text recognition on it where they matter."
    ]
    assert (
        read_pdf(pdf(column(50, 700, ["\x95 a point of a list of several", "\x95 another one"])), "a.pdf").notes == []
    )
