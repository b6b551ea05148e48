"""A user's template is checked before anything is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, UsageError
from autophagy.core.registry import Part, build
from autophagy.recipes.template import checked
from autophagy.testing.recipes import POOL


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('Write {number}.\nAs JSON: {\n "question": 1}\n', "line 2 the field"),
        ("Write {numbr} tasks", "did you mean 'number'?"),
        ("Write {} tasks", "line 1 the field {}"),
        ("Write {number\ntasks", "line 1 a brace { that stands alone: write {{"),
        ("a\nb\nc }", "line 3 a brace } that stands alone: write }}"),
        ("{{{number}}} {{a}} }", "line 1 a brace }"),
        ("{number!r}", "the field {number!r}"),
        ("{number.real}", "the field {number.real}"),
    ],
)
def test_a_template_that_cannot_be_filled_is_told_in_one_sentence(text, told):
    with pytest.raises(UsageError) as error:
        checked(text, ("number",), "mine.txt")
    assert told in str(error.value)
    assert "mine.txt" in str(error.value)
    assert "\n" not in str(error.value)


@given(st.lists(st.sampled_from(["{", "}", "{{", "}}", "{number}", "x", "\n", " "]), max_size=12).map("".join))
def test_a_template_passes_if_and_only_if_python_can_fill_it(text):
    try:
        text.format(number=1)
        good = True
    except (ValueError, KeyError, IndexError):
        good = False
    try:
        checked(text, ("number",), "mine.txt")
        passes = True
    except UsageError:
        passes = False
    assert passes == good


@pytest.mark.parametrize("recipe", ["alpaca", "self_instruct", "words"])
def test_a_recipe_checks_its_template_before_the_first_prompt(recipe, tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("Mine {nothing}", encoding="utf-8")
    made = build("recipe", Part(recipe, {"template": str(path)}))
    with pytest.raises(UsageError, match="nothing"):
        made.ask(POOL, 1, None)
    path.write_text(" ", encoding="utf-8")
    with pytest.raises(UsageError, match="empty"):
        made.ask(POOL, 1, None)
    path.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(DataError, match="UTF-8"):
        made.ask(POOL, 1, None)
    path.unlink()
    with pytest.raises(DataError, match="cannot be read"):
        made.ask(POOL, 1, None)
