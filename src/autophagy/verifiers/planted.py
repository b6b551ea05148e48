"""Planted faults: a wrong twin of a right row, so that a verifier can be tried where nobody has labelled anything."""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..graders.numeric import NUMBER
from ..graders.readings.code import found_code
from ..text.arithmetic import equations
from .answered import AnsweredRow
from .turned import parsed

DIGITS = re.compile(r"(?<![\d.,])\d+(?![\d,]|\.\d)")  # a whole number, no part of 3.14 or 1,000
BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Add,
}  # fmt: skip
COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
}  # fmt: skip

Fault = Callable[[AnsweredRow, Sequence[AnsweredRow], np.random.Generator], str]


def twins(rows: Sequence[AnsweredRow], rng: np.random.Generator) -> tuple[list[AnsweredRow], list[int], list[str]]:
    """A wrong twin of each row that can have one, the place of its row, and its fault, drawn of those that it can have.

    The faults are a result that was not what the left side comes to, another number to reckon with whose result is
    right, another row's answer, and code with an operator or a bound changed, which now and then does the same.
    """
    found: list[AnsweredRow] = []
    places, faults = [], []
    for place, row in enumerate(rows):
        answers = {name: answer for name, fault in FAULTS.items() if (answer := fault(row, rows, rng)) != row.output}
        if answers:
            name = list(answers)[rng.integers(len(answers))]
            found.append(replace(row, output=answers[name]))
            places.append(place)
            faults.append(name)
    return found, places, faults


def _wrong_result(row: AnsweredRow, rows: Sequence[AnsweredRow], rng: np.random.Generator) -> str:
    """The result of one equation, or the number that is the whole answer, off by 1 to 9."""
    found = [each for each in equations(row.output) if each.holds]
    if found:
        one = found[rng.integers(len(found))]
        written = row.output[one.start : one.end]
        start = one.start + written.rindex("=")
        return _shifted(row.output, start, one.end, rng)
    whole = NUMBER.fullmatch(row.output.strip().rstrip("."))
    return _shifted(row.output, 0, len(row.output), rng) if whole else row.output


def _other_number(row: AnsweredRow, rows: Sequence[AnsweredRow], rng: np.random.Generator) -> str:
    """Another number on the left side of an equation, with the result that it then has: another sum, which holds."""
    found = [each for each in equations(row.output) if each.holds and each.text.count("=") == 1]
    if not found:
        return row.output
    one = found[rng.integers(len(found))]
    middle = one.start + row.output[one.start : one.end].rindex("=")
    changed = _shifted(row.output, one.start, middle, rng)
    again = next((each for each in equations(changed) if each.start == one.start), None)
    if again is None:
        return row.output
    start = changed.rindex("=", one.start, again.end)
    result = DIGITS.sub(str(abs(again.value)), changed[start : again.end], count=1)
    changed = f"{changed[:start]}{result}{changed[again.end :]}"
    return changed if all(each.holds for each in equations(changed)) else row.output


def _other_answer(row: AnsweredRow, rows: Sequence[AnsweredRow], rng: np.random.Generator) -> str:
    """The answer of another row, the next one that says something else."""
    start = int(rng.integers(len(rows)))
    others = (rows[(start + step) % len(rows)].output for step in range(len(rows)))
    return next((other for other in others if _plain(other) not in ("", _plain(row.output))), row.output)


def _other_code(row: AnsweredRow, rows: Sequence[AnsweredRow], rng: np.random.Generator) -> str:
    """The code of the answer with one operator, comparison or number changed."""
    code = found_code(row.output) or ""
    tree = ast.Module(parsed(code), [])
    sites = [node for node in ast.walk(tree) if _can_change(node)]
    if not sites or code not in row.output:
        return row.output
    _change(sites[rng.integers(len(sites))])
    return row.output.replace(code, ast.unparse(ast.fix_missing_locations(tree)), 1)


def _can_change(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) is int
    return (isinstance(node, ast.BinOp) and type(node.op) in BINARY) or (
        isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED
    )


def _change(node: ast.AST) -> None:
    if isinstance(node, ast.Constant):
        node.value = int(str(node.value)) + 1
    elif isinstance(node, ast.BinOp):
        node.op = BINARY[type(node.op)]()
    elif isinstance(node, ast.Compare):
        node.ops[0] = COMPARED[type(node.ops[0])]()


def _shifted(text: str, start: int, end: int, rng: np.random.Generator) -> str:
    """The text with one whole number between two places raised by 1 to 9; as it is where there is none."""
    found = list(DIGITS.finditer(text[start:end]))
    if not found:
        return text
    one = found[rng.integers(len(found))]
    number = int(one[0]) + int(rng.integers(1, 10))
    return f"{text[: start + one.start()]}{number}{text[start + one.end() :]}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


FAULTS: Mapping[str, Fault] = {
    "a wrong result": _wrong_result,
    "another number": _other_number,
    "another row's answer": _other_answer,
    "changed code": _other_code,
}
