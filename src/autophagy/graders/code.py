"""Code: whether the code in an answer passes the tests of its question, run in a sandbox."""

import ast
import math
import re
from functools import lru_cache

from ..core.decorators import grader
from ..core.errors import UsageError
from ..core.questions import Answer, Question
from .readings.code import found_code

DEFINED = re.compile(r"^\s*(?:async\s+)?def\s+(\w+)\s*\(", re.MULTILINE)  # the functions that a program defines


@grader("code", title="Passes its tests", headline=False, decides=True)
def code(
    question: Question, answer: Answer, *, lenient: bool = False, cpu_seconds: int = 5, isolated: bool = True
) -> float:
    """Whether the answer, run as Python, passes the tests of its question; an answer in code fences is no Python.

    With `lenient`, the code is taken out of fences and prose first. It runs in a sandbox: see the guide for what it
    cannot do. Without `isolated` it runs where there is no sandbox too, unprotected. NaN where there are no tests.

    Ref: Chen et al. (2021), "Evaluating large language models trained on code".
    """
    if answer.error or not question.tests:
        return math.nan
    text = (found_code(answer.text) or "") if lenient else answer.text
    return float(_passes(text, checks_of(question, text), cpu_seconds, isolated)) if text.strip() else 0.0


def checks_of(question: Question, text: str) -> str:
    """The tests of a question; tests that only define `check(candidate)`, as HumanEval's do, are called.

    The candidate is the function that the prompt ends with, else the last one that the code defines.
    """
    named = DEFINED.findall(question.text)[-1:] or DEFINED.findall(text)[-1:]
    if not (named and "check" in DEFINED.findall(question.tests)):
        return question.tests
    try:
        called = {getattr(getattr(each, "value", None), "func", None) for each in ast.parse(question.tests).body}
    except (SyntaxError, ValueError):  # which the sandbox then says
        return question.tests
    if any(isinstance(each, ast.Name) and each.id == "check" for each in called):
        return question.tests
    return f"{question.tests}\n\ncheck({named[0]})\n"


@lru_cache(maxsize=4096)
def _passes(text: str, tests: str, cpu_seconds: int, isolated: bool) -> bool:
    """Raises UsageError where the machine cannot isolate it."""
    from ..tools.sandbox.ending import Limits
    from ..tools.sandbox.run import run_python

    ending = run_python(text, tests, limits=Limits(cpu_seconds=cpu_seconds), isolated=isolated)
    if ending.state == "refused":
        raise UsageError(ending.sentence)
    return ending.state == "passed"
