"""The grader of code: fences, prose, tests that only define a check, and nothing run where nothing is tested."""

import math

import pytest

from autophagy.core.errors import UsageError
from autophagy.core.questions import Answer, Question
from autophagy.graders.code import checks_of, code
from autophagy.tools.sandbox import confine, run

pytestmark = pytest.mark.skipif(bool(confine.lacking()), reason=f"the sandbox needs {confine.lacking()}")

ADD = "def add(a, b):\n    return a + b"
MBPP = Question("mbpp", "Write a function that adds.", tests="assert add(1, 2) == 3\nassert add(-1, 1) == 0")
HUMAN_EVAL = Question(
    "human",
    'def helper(x): ...\n\ndef add(a, b):\n    """Add."""\n',
    tests="METADATA = {}\n\ndef check(candidate):\n    assert candidate(1, 2) == 3\n    assert candidate(2, 2) == 4\n",
)


def mark(question, text, **settings):
    return code(question, Answer(question.id, text), **settings)


@pytest.mark.parametrize("question", [MBPP, HUMAN_EVAL])
@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        (ADD, 1, 1),
        (f"```python\n{ADD}\n```", 0, 1),
        (f"Here:\n\n{ADD}\n\nIt adds.", 0, 1),
        (ADD.replace("+", "-"), 0, 0),
        (f"```python\n{ADD.replace('+', '*')}\n```", 0, 0),
        (f"{ADD}\n\ndef other():\n    return 1", 1, 1),
        ("def subtract(a, b):\n    return a + b", 0, 0),
        ("import sys\nsys.exit(0)", 0, 0),
        ("I cannot do that.", 0, 0),
        ("", 0, 0),
    ],
)
def test_right_as_it_stands_and_right_in_another_format(question, text, strict, lenient):
    assert (mark(question, text), mark(question, text, lenient=True)) == (strict, lenient)


def test_a_check_is_called_once_with_the_function_that_the_prompt_ends_with():
    assert checks_of(HUMAN_EVAL, ADD) == f"{HUMAN_EVAL.tests}\n\ncheck(add)\n"
    unnamed = Question("q", "Add.", tests=HUMAN_EVAL.tests)
    assert checks_of(unnamed, f"{ADD}\n\ndef last(): pass").endswith("check(last)\n")
    called = Question("q", "Add.", tests=f"{HUMAN_EVAL.tests}\ncheck(add)")
    assert checks_of(called, ADD) == called.tests
    assert checks_of(MBPP, ADD) == MBPP.tests
    broken = Question("q", "Add.", tests="def check(candidate) assert")
    assert mark(broken, ADD) == 0


def test_nothing_runs_where_nothing_is_tested_or_nothing_was_answered(monkeypatch):
    monkeypatch.setattr(run, "run_python", lambda *_, **__: pytest.fail("it ran"))
    assert math.isnan(mark(Question("q", "Add.", ("3",)), ADD))
    assert math.isnan(code(MBPP, Answer("mbpp", ADD, error="the endpoint failed")))
    assert mark(MBPP, "  \n") == 0


def test_the_same_code_runs_once(monkeypatch):
    calls = []
    real = run.run_python
    monkeypatch.setattr(run, "run_python", lambda *words, **limits: calls.append(1) or real(*words, **limits))
    text = f"{ADD}  # asked three times"
    assert [mark(MBPP, text) for _ in range(3)] == [1, 1, 1]
    assert mark(MBPP, text, cpu_seconds=4) == 1
    assert len(calls) == 2


def test_a_machine_without_a_sandbox_says_so_and_grades_nothing(monkeypatch):
    monkeypatch.setattr(run, "lacking", lambda: "Landlock")
    text = f"{ADD}  # on another machine"
    with pytest.raises(UsageError, match="kept from files and the network: this machine lacks Landlock"):
        mark(MBPP, text)
    assert mark(MBPP, text, isolated=False) == 1
