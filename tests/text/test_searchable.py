"""Searchable words: what is one word to a reader is one to the index, in any script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.text.searchable import asked, searchable


def held(question, text):
    """Whether a text has all words of a question, in small letters as the engine compares them."""
    words = {*searchable(text).lower().split()}
    return all(words & {*searchable(word, True).lower().split()} for word in asked(question))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("office", "the o\ufb03ce"),
        ("café", "Le cafe\u0301 ouvre"),
        ("cafe", "Le café ouvre"),
        ("FULL", "ＦＵＬＬ"),
        ("Strasse", "Straße"),
        ("Ueberstunden", "Alle Überstunden"),
        ("Uberstunden", "Alle Überstunden"),
        ("Urlaubstag", "Ur\xadlaubstag"),
        ("holidays", "the holi-\ndays are"),
        ("email", "by e-mail"),
        ("e-mail", "by email"),
        ("1000", "costs 1,000 Euro"),
        ("1.000", "costs 1000 Euro"),
        ("employee's", "the employee’s"),
        ("假期", "员工每年有三十天假期。"),
        ("假", "员工每年有三十天假期。"),
        ("休暇", "従業員の休暇は三十日です"),
        ("ﾍﾟﾝｷﾞﾝ", "ペンギン"),
        ("วันลา", "พนักงานมีวันลาสามสิบวัน"),
        ("휴가", "직원의 휴가는 30일"),
        ("إجازة", "الإجازة السنوية"),
        ("חופשה", "הַחוּפְשָׁה"),
        ("й", "й"),
        ("user", "call getUserById(7)"),
        ("response", "parseHTMLResponse of the café"),
        ("getUserById", "get the user by id"),
        ("get_user_by_id", "getUserById"),
    ],
)
def test_a_word_is_held_in_whatever_form_it_is_written(question, text):
    assert held(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [("期假", "假期"), ("и", "й"), ("3.5", "35"), ("100", "1,000"), ("ph", "the PhD and IDs of SOMEWHERE")],
)
def test_another_word_is_not_held(question, text):
    assert not held(question, text)


@given(st.text(max_size=80))
def test_any_text_is_the_same_to_the_index_in_both_compositions(text):
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert searchable(forms[0]) == searchable(forms[1])


@given(st.text("abc -.,", max_size=60))
def test_plain_words_stay_as_they_are(text):
    assert searchable(text).split("\n")[0] == text


def test_the_words_of_a_question():
    assert asked("What's the e-mail of 假期 café?") == ["What's", "the", "e-mail", "of", "假期", "café"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Lægemøder", "laegemoder"),
        ("œuvre", "oeuvre"),
        ("Þingvellir", "thingvellir"),
        ("Łódź", "lodz"),
        ("Đà Nẵng", "da nang"),
    ],
)
def test_letters_that_are_no_accented_ones_are_found_as_people_type_them(written, typed):
    assert searchable(typed).split() == searchable(written).split("\n")[0].split()
