"""Lists as models write them are read as the items that stand in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.recipes.items import items_of

STYLES = {
    "point": "{n}. {item}\n",
    "bracket": "{n}) {item}\n",
    "brackets": "({n}) {item}\n",
    "colon": "{n}: {item}\n",
    "bold": "**{n}.** {item}\n",
    "all bold": "**{n}. {item}**\n",
    "task": "Task {n}: {item}\n",
    "bold task": "**Task {n}:** {item}\n",
    "heading": "### Task {n}\n{item}\n\n",
    "quoted": "> {n}. {item}\n",
    "indented": "   {n}. {item}\n",
    "lazy": "1. {item}\n",
    "gap": "{n}.\n\n{item}\n\n",
}
WORD = st.sampled_from(
    ["write", "name", "the", "2020.", "$20.", "(3)", "1.5", "river,", "list:", "a.b", "7:30", "#9", "don't", "20."]
)
LINE = st.tuples(st.sampled_from(["Name", "Write", "Say 2020."]), st.lists(WORD, max_size=6)).map(
    lambda parts: " ".join([parts[0], *parts[1]])
)
LINES = st.lists(LINE, min_size=2, max_size=12)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@given(items=LINES, first=st.integers(1, 30), preamble=st.sampled_from(["", "Sure! Here are 8 tasks:\n\n"]))
def test_items_in_any_numbering_are_read_again(style, items, first, preamble):
    text = preamble + "".join(style.format(n=n, item=item) for n, item in enumerate(items, first))
    assert items_of(text) == items


@given(items=LINES, first=st.integers(1, 30), style=st.sampled_from(["{n}. {item}\n", "**{n})** {item}\n"]))
def test_a_reply_goes_on_behind_the_number_that_the_prompt_ended_with(items, first, style):
    rest = "".join(style.format(n=n, item=item) for n, item in enumerate(items[1:], first + 1))
    assert items_of(f" {items[0]}\n{rest}", first) == items


@given(items=LINES, mark=st.sampled_from("-*•"))
def test_bullets_begin_items_where_nothing_is_numbered(items, mark):
    assert items_of("Here they are:\n" + "".join(f"{mark} {item}\n" for item in items)) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        (" \n", []),
        ("Only one task without a number.", ["Only one task without a number."]),
        ("1. It was\n2020. Then it ended.\n2. Next", ["It was\n2020. Then it ended.", "Next"]),
        ("1. Bake\n   1. mix\n   2. heat\n2. Next", ["Bake\n   1. mix\n   2. heat", "Next"]),
        ("1. one\n2. two\n4. four", ["one", "two", "four"]),
        ("Here:\n```\n1. one\n2. two\n```\nThat is all", ["one", "two\n```\nThat is all"]),
        ("Here:\n```\n1. one\n2. two\n```", ["one", "two"]),
        ("1. Run it:\n```\nx = 1\n```\n2. Next", ["Run it:\n```\nx = 1\n```", "Next"]),
    ],
)
def test_what_looks_like_a_number_and_is_none(text, items):
    assert items_of(text) == items


def test_a_new_list_is_not_taken_for_the_rest_of_the_prompts():
    """Where the reply begins again at 1, what stands before it is a preamble and not task 9."""
    assert items_of("Sure, here they are:\n1. one\n2. two", 9) == ["one", "two"]
    assert items_of("one more\n10. two", 9) == ["one more", "two"]
