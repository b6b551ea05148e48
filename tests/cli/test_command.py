"""The installed command: it ends with its exit code, and nothing that it had to say or to do is lost."""

import subprocess
import sys

import pytest

SCRIPT = "import atexit, sys; from autophagy.cli.command import command; atexit.register(print, 'the end'); command()"


def ended(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", SCRIPT, *words], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("words", "code"), [(("--version",), 0), (("curate", "nowhere.jsonl"), 2), (("lop",), 2)])
def test_it_ends_with_its_code_and_does_what_was_registered(words: tuple[str, ...], code: int) -> None:
    done = ended(*words)
    assert done.returncode == code
    assert done.stdout.endswith("the end\n")
    assert "Traceback" not in done.stderr


def test_a_long_answer_is_whole() -> None:
    words = ("list",)
    plain = subprocess.run([sys.executable, "-m", "autophagy", *words], capture_output=True, text=True, check=True)
    assert len(plain.stdout) > 8192  # more than a buffer holds
    assert ended(*words).stdout == f"{plain.stdout}the end\n"


def test_nobody_reads() -> None:
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
