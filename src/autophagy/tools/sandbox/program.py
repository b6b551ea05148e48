"""Program: the inside of the sandbox, which gives up what it must not have, runs the code, and says how it went.

It is run by `run.py` in a process of its own. What it says carries a token that it was given, so that a program that
merely ends early, or prints "passed", does not pass. A program that is written against it could find the token.
"""

import contextlib
import json
import os
import sys
import types
from collections.abc import Mapping
from typing import Any

from . import confine

READY = "ready"
LONGEST = 300  # characters of a sentence about an error
SPARE = 4 << 20  # bytes that are let go where memory has run out, to be able to say so


def main() -> None:
    """Read a request from standard input, run it and end the process."""
    request = json.loads(sys.stdin.buffer.read())
    result, token = request["result"], request["token"]
    say, leave = os.write, os._exit  # before the code can put something else there
    try:
        confine.limit(request["limits"], isolated=request["isolated"])
        if request["isolated"]:
            confine.isolate(os.getcwd(), request["parent"])
    except (OSError, ValueError) as error:
        say(result, f"{READY}\n{token}\nrefused\n{error}".encode())
        leave(0)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    say(result, f"{READY}\n".encode())
    state, sentence = _run(request)
    with contextlib.suppress(Exception):
        sys.stdout.flush()
    say(result, f"{token}\n{state}\n{sentence}".encode("utf-8", "replace"))
    leave(0)


def _run(texts: Mapping[str, Any]) -> tuple[str, str]:
    """Run the code, then its tests in the same module: the state that it ends in, and a sentence."""
    module = types.ModuleType("answer")
    sys.modules["answer"] = module
    spare = [bytearray(SPARE)]
    for name in ("code", "tests"):
        try:
            exec(compile(texts[name], f"<{name}>", "exec", dont_inherit=True), module.__dict__)
        except MemoryError:
            spare.clear()
            return "out of memory", "It needs more memory than it may use."
        except SystemExit:
            return "error", "It ended before its tests did."
        except BaseException as error:
            return ("failed" if _broken(error, name) else "error"), _sentence(error, name, texts[name])
    return "passed", "It ran to its end."


def _broken(error: BaseException, name: str) -> bool:
    return name == "tests" and isinstance(error, AssertionError)


def _sentence(error: BaseException, name: str, text: str) -> str:
    """What went wrong, in which line of which text."""
    line = getattr(error, "lineno", None) if isinstance(error, SyntaxError) else None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == f"<{name}>":
            line = trace.tb_lineno
        trace = trace.tb_next
    try:
        message = " ".join(str(error).split())
    except Exception:  # it is a class of the program's own, whose words may fail as well
        message = ""
    lines = text.splitlines()
    if not message and isinstance(error, AssertionError) and line and line <= len(lines):
        message = lines[line - 1].strip()
    where = f"line {line} of the {name}: " if line else ""
    return f"{where}{type(error).__name__}{': ' if message else ''}{message}"[:LONGEST]
