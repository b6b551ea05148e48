"""The reading of code: what is Python as it stands, and what is taken out of fences and prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.questions import Answer, Question
from autophagy.data.logs.read import read_log
from autophagy.graders.readings.code import code

ASKED = Question("q", "Write add.")
ADD = "def add(a, b):\n    return a + b"
LONG = "import math\n\n\ndef add(a, b):\n    total = a + b\n    return total"


def read(text, lenient=True):
    return code(ASKED, Answer("q", text), lenient=lenient)


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        (ADD, ADD, ADD),
        (f"\n{ADD}\n", ADD, ADD),
        (f"```python\n{ADD}\n```", None, ADD),
        (f"```\n{ADD}\n```", None, ADD),
        (f"~~~ py\n{ADD}\n~~~", None, ADD),
        (f"Here it is:\n\n```Python\n{ADD}\n```\nIt adds.", None, ADD),
        (f"Use it:\n```python\nadd(1, 2)\n```\nIt is:\n```python\n{ADD}\n```", None, ADD),
        (f"```bash\npip install a b c d e f\n```\n```python\n{ADD}\n```", None, ADD),
        (f"1. So:\n\n   ```python\n{ADD.replace('def', '   def').replace('    ret', '       ret')}\n   ```", None, ADD),
        (f"```python\n{ADD}", None, ADD),  # cut before the fence closes
        (f"Sure! Here is the function.\n\n{ADD}\n\nIt adds two numbers.", None, ADD),
        (f"Sure:\n{LONG}\nOr shorter:\n{ADD}", None, LONG),
        ("```python\ndef add(a, b) return a + b\n```", None, None),
        ("```json\n{'a': 1}\n```", None, None),
        ("def add(a, b) return", None, None),
        ("I cannot do that.", None, None),
        ("add", None, None),
        ("30", None, None),
        ("'''Only words.'''", None, None),
        ("print('hi')", "print('hi')", "print('hi')"),
        ("x = '\\d'", "x = '\\d'", "x = '\\d'"),  # an odd escape, of which Python warns
        ("x = 1\x00", None, None),
        ("(" * 5000, None, None),
    ],
)
def test_what_is_read(text, strict, lenient):
    assert (read(text, lenient=False), read(text)) == (strict, lenient)


@given(st.lists(st.sampled_from([ADD, "```", "```python", "x = 1", "A word.", "for", "", "import os"]), max_size=12))
def test_what_is_read_compiles_and_stands_in_the_answer(parts):
    text = "\n".join(parts)
    found = read(text)
    assert read(text, lenient=False) in (None, found)
    if found is not None:
        compile(found, "found", "exec")
        assert found in text


def test_what_leetcode_ran_is_read(real_data):
    """LLMDrift's 200 answers: each that its judge ran as it stood is Python, and each that passed is found."""
    rows = read_log(real_data("llmdrift/LEETCODE_EASY_EVAL.csv.gz")).rows
    stood = {row.answer.text for row in rows if read(row.answer.text, lenient=False)}
    found = {row.answer.text for row in rows if read(row.answer.text)}
    usable = [row.answer.text for row in rows if row.marks["as_it_stands"] == 1]
    passed = [row.answer.text for row in rows if row.marks["without_fences"] == 1]
    assert (len(usable), len(passed)) == (43, 108)
    assert stood.issuperset(usable)
    assert found.issuperset(passed)
