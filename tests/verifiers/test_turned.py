"""Turned tests: a right program fails them; and where an answer's own tests begin."""

import pytest

from autophagy.verifiers.turned import called, parts_of, stub_of, turned

RIGHT = "def f(x):\n    return x + 1\ndef g(x):\n    return [x]\n"


def passes(code, tests):
    """Whether a harmless program of this file passes its tests."""
    room = {}
    try:
        exec(f"{code}\n{tests}", room)
    except Exception:
        return False
    return True


@pytest.mark.parametrize(
    "tests",
    [
        "assert f(1) == 2",
        "assert 2 == f(1)",
        "assert g(1) == [1]",
        "assert f(1.5) == 2.5",
        "assert f(1) != 3",
        "assert f(1) > 1",
        "assert abs(f(1) - 2) < 1e-6",
        "assert f(1)",
        "assert f(1) in (2, 3)",
        "assert f(1) == f(0) + 1",
        "assert f(1) == 2 and f(2) == 3",
        "assert (f(1) == 2) is True",
        "assert not f(-1)",
        "def check(c):\n    assert c(1) == 2\ncheck(f)",
        "for x, y in ((1, 2), (3, 4)):\n    assert f(x) == y",
        "assert {'a': f(1)} == {'a': 2}",
        "assert str(f(1)) == '2', 'not two'",
        "assert f(1) == 2\ntry:\n    f('a')\n    assert False\nexcept TypeError:\n    pass",
    ],
)
def test_a_right_program_passes_the_tests_and_fails_them_turned(tests):
    assert passes(RIGHT, tests)
    assert turned(tests)
    assert not passes(RIGHT, turned(tests))


@pytest.mark.parametrize(
    "tests", ["", "f(1)", "assert False", "try:\n    f('a')\nexcept TypeError: pass", "no python ("]
)
def test_tests_that_expect_nothing_cannot_be_turned(tests):
    assert turned(tests) == ""


def test_a_stub_has_the_names_and_does_nothing():
    stub = stub_of("import os\ndef f(x): return x\nclass A:\n    def g(self): return 1\nx = 3")
    assert passes(stub, "assert f(1, a=2) is None\nassert A(1).g(2) is None")
    assert not passes(stub, "x")


def test_the_assertions_at_the_end_are_the_tests():
    code, tests = parts_of("import math\ndef f(x):\n    assert x\n    return x\ny = 1\nassert f(y) == 1\nprint(1)")
    assert passes(code, "assert f(2) == 2")
    assert "assert f(y)" not in code
    assert tests == "import math\nassert f(y) == 1\nprint(1)"
    assert parts_of("assert 1 < 2\ndef f(): return 1")[1] == ""


def test_functions_that_pytest_would_call_are_called():
    tests = called(
        "def test_f():\n    assert f(1) == 2\ndef test_g(x):\n    assert False\ndef helper():\n    assert False"
    )
    assert passes(RIGHT, tests)
    assert not passes("def f(x): return x", tests)
