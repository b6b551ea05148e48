"""Tests: code that is wrong, that reads the answers, or that attacks the machine does not pass; no test is no pass."""

import socket

import pytest

from answered_rows import judge, said
from autophagy.core.errors import UsageError
from autophagy.tools.sandbox import confine
from autophagy.verifiers import tests as module

needs_sandbox = pytest.mark.skipif(bool(confine.lacking()), reason=f"the sandbox needs {confine.lacking()}")
pytestmark = needs_sandbox

RIGHT = "def f(x):\n    return x + 1"
TESTS = "assert f(1) == 2\nassert f(4) == 5"
FRAMES = "import sys\nframe = sys._getframe()\nwhile frame:\n"  # up to what runs the code
BACK = "    frame = frame.f_back\n"


def test_right_code_passes_and_wrong_code_does_not():
    rows = [
        {"output": text, "tests": TESTS} for text in (RIGHT, RIGHT.replace("1", "2"), f"Here:\n```python\n{RIGHT}\n```")
    ]
    assert said("tests", *rows) == [True, False, True]
    assert "AssertionError: assert f(1) == 2" in judge("tests", rows[1]).details[0]


@pytest.mark.parametrize(
    "code",
    [
        "print('PASS')\nprint('passed')\nprint('2 passed')",
        "import sys\ndef f(x): sys.exit(0)",
        "import os\nos._exit(0)",
        "raise SystemExit",
        "class Any:\n    def __eq__(self, other): return True\ndef f(x): return Any()",
        f"{FRAMES}    if 'texts' in frame.f_locals: frame.f_locals['texts']['tests'] = ''\n{BACK}def f(x): pass",
        f"{FRAMES}    if 'texts' in frame.f_locals: tests = frame.f_locals['texts']['tests']\n{BACK}"
        "import re\ndef f(x): return int(re.search(rf'f.{x}. == (\\d+)', tests)[1])",
        f"import os\n{FRAMES}    told = frame.f_locals.get('request')\n    if told:\n"
        f"        os.write(told['result'], (told['token'] + '\\npassed\\nIt').encode())\n        os._exit(0)\n{BACK}",
    ],
    ids=["prints", "exits", "leaves", "ends", "equals", "empties", "reads the key", "says passed"],
)  # fmt: skip
def test_cheating_does_not_pass(code):
    assert said("tests", {"output": code, "tests": TESTS}) == [False]


@pytest.mark.slow  # seconds of the processor
def test_an_endless_loop_is_ended():
    assert said("tests:cpu_seconds=1", {"output": "def f(x):\n    while True: pass", "tests": TESTS}) == [False]


@pytest.mark.parametrize(
    "code", ["x = bytearray(10 << 30)", "import os\nfor _ in range(99):\n    if not os.fork(): os._exit(0)"]
)
def test_ten_gigabytes_and_processes_are_not_had(code):
    assert said("tests", {"output": f"{code}\n{RIGHT}", "tests": TESTS}) == [False]


def test_no_file_is_deleted_or_read_and_no_server_reached(tmp_path):
    treasure = tmp_path / "treasure"
    treasure.write_text("gold")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        tries = [
            f"import os\nos.remove({str(treasure)!r})",
            f"import shutil\nshutil.rmtree({str(tmp_path)!r})",
            f"open({str(treasure)!r})",
            f"import socket\nsocket.create_connection({server.getsockname()!r})",
        ]
        rows = [{"output": f"{code}\n{RIGHT}", "tests": TESTS} for code in tries]
        assert said("tests", *rows) == [False] * 4
        with pytest.raises(BlockingIOError):
            server.accept()
    assert treasure.read_text() == "gold"


@pytest.mark.parametrize(
    "tests",
    ["", "assert True", "f", "assert f", "assert callable(f)", "assert f(1) is None or True", "no python (",
     "def helper():\n    assert f(1) == 2", "if __name__ == '__main__':\n    assert f(1) == 2",
     "try:\n    f('a')\nexcept (NameError, TypeError):\n    pass"],
)  # fmt: skip
def test_what_passes_without_code_is_refused_as_a_test(tests):
    assert said("tests", {"output": RIGHT, "tests": tests}) == [None]


def test_tests_are_found_in_what_was_asked_and_then_in_the_answer():
    wrong, own = RIGHT.replace("1", "2"), f"{RIGHT.replace('1', '2')}\nassert f(1) == 3"
    rows = [
        {"instruction": "Write f. It must pass:\n```python\nassert f(1) == 2\n```", "output": own},
        {"instruction": "Write f.", "input": "assert f(1) == 2", "output": own},
        {"instruction": "Write f.", "output": own},
        {"instruction": "Write f.", "output": wrong},
    ]
    assert said("tests", *rows) == [False, False, True, None]
    assert said("tests:own=false", rows[2]) == [None]


def test_text_without_code_is_unknown():
    assert said("tests", {"output": "I would add one.", "tests": TESTS}) == [None]


def test_rows_that_are_run_at_a_time_keep_their_order(monkeypatch):
    """Processes are bound to the thread that started them: none is killed while its tests run."""
    monkeypatch.setattr(module, "available_cores", lambda: 3)
    codes = [RIGHT.replace("1", str(n % 2 + 1)) for n in range(12)]
    rows = [{"output": f"{code}  # {n}", "tests": f"{TESTS}\nassert {n} == {n}"} for n, code in enumerate(codes)]
    assert said("tests", *rows) == [True, False] * 6


def test_a_machine_without_a_sandbox_is_told_before_any_row(monkeypatch):
    monkeypatch.setattr(module, "lacking", lambda: "Landlock")
    with pytest.raises(UsageError, match="this machine lacks Landlock"):
        judge("tests")
