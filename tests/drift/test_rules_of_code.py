"""The rule that marks code: its tests decide, and not that it can be read."""

import pytest

from autophagy.core.logged import Logged
from autophagy.core.parts import Part
from autophagy.core.questions import Answer, Question
from autophagy.drift.rules import rule
from autophagy.tools.sandbox.run import run_python

ASKED = Question("q", "Write a function f that adds one.", tests="assert f(1) == 2")


@pytest.mark.parametrize(("body", "mark"), [("x + 1", 1), ("5", 0)])
def test_code_is_right_where_its_tests_pass(body, mark):
    if run_python("x = 1").state == "refused":
        pytest.skip("this machine cannot isolate a process")
    answer = Answer("q", f"def f(x):\n    return {body}")
    assert rule(Part.parse("code"))(Logged("code", ASKED, answer, "m")).value == mark
