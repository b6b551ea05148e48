import pytest

import autophagy
from autophagy import write_report

HOSTILE = '<script>alert("x")</script>'
RLO = chr(0x202E)  # turns the direction of writing round


@pytest.fixture
def page(tmp_path):
    def made(before, after, **settings):
        folder = tmp_path / "run"
        autophagy.drift(before, after, out=folder, **settings)
        return write_report([folder], tmp_path / "page.html").read_text(encoding="utf-8")

    return made


def rows(*answers, expected="yes"):
    return [{"prompt": f"Is {n} so?", "answer": each, "expected": expected} for n, each in enumerate(answers)]


def test_texts_of_models_are_escaped_and_hidden_characters_are_signs(page):
    text = page(rows("yes", "yes"), rows("yes", f"{HOSTILE}{RLO}"))
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text
    assert RLO not in text
    assert "U+202E" in text


def test_a_flip_can_be_opened_and_read_with_both_answers(page):
    text = page(rows("yes", "yes, of course"), rows("yes", "no way"))
    assert "right before, wrong after" in text
    assert "yes, of course" in text
    assert "no way" in text


def test_long_answers_are_cut_and_that_is_said(page):
    text = page(rows("yes", "yes"), rows("yes", "no " * 5_000))
    assert "more characters" in text
    assert "The rest of the answer" in text


def test_answers_without_times_and_prices_have_no_such_rows(page):
    text = page(rows("yes"), rows("no"))
    assert "Seconds, median" not in text
    assert "Dollars" not in text


def test_two_comparisons_stand_on_one_page(tmp_path):
    for name in ("a", "b"):
        autophagy.drift(rows("yes", "no"), rows("no", "no"), out=tmp_path / name)
    text = write_report([tmp_path / "a", tmp_path / "b"], tmp_path / "page.html").read_text(encoding="utf-8")
    assert text.count("Is it still the model that was tested?") == 2


def test_a_comparison_that_was_killed_is_told_with_the_line_that_goes_on(tmp_path):
    folder = tmp_path / "run"
    autophagy.drift(rows("yes"), rows("no"), out=folder)
    (folder / "drift.json").unlink()
    (folder / "DONE").unlink()
    found = autophagy.open(folder)
    assert "has not finished" in found.verdict[0]
    assert found.scores() == []
    text = write_report([folder], tmp_path / "page.html").read_text(encoding="utf-8")
    assert 'autophagy drift <span class="unbroken">--spec</span>' in text


def test_hidden_characters_in_the_name_of_a_model_stand_by_their_codes_in_the_title(page):
    named = [{**row, "model": f"m{RLO}"} for row in rows("yes", "no")]
    text = page(named, named)
    assert RLO not in text
    assert "[U+202E]" in text.partition("</title>")[0]


def test_a_small_difference_of_lengths_is_no_negative_zero(page):
    words = page(rows("no", "yes"), rows("no", "no"))
    assert "-0 [" not in words
    assert "-0.0 [" not in words
