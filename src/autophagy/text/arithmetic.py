"""Arithmetic: the equations in a text, worked out again."""

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

RUN = re.compile(r"[-+*/×÷−=()$€£%\d.,xX \t]{5,}")  # what equations are written with
SENTENCE = re.compile(r"(?:[^.,]|[.,](?![\s]|$))+")  # a comma or a full stop with a blank behind it ends one
CALCULATED = re.compile(r"<<([^<>]*)>>")  # what a calculator was given and said, as GSM8K writes it
# a word or a number in front, so that what follows is a part of something longer: "times 3 = 6"
BEFORE = re.compile(r"[\w)]$|\b(?:of|times|plus|minus|by|and|to|than|per)\s*$", re.IGNORECASE)
RECKONED = re.compile(r"\d\D*[-+*/×÷−xX]\D*\d")  # two numbers with a sign between them
PLAIN = re.compile(r"[-\d.+*/() ]*")  # an expression of digits and operations, and nothing else
UNCLEAR = re.compile(r"(?<![\d.])0\d|\*\s*[-+*/]|/\s*/|/\s*\d+\s*/")  # 0900, 2x - 5, 4 / 1/2
CENTS = re.compile(r"\s*(?:cents?\b|¢)")  # "50 cents", "50¢"
LONGEST = 200  # signs of an equation
SIGNS = str.maketrans({"×": "*", "÷": "/", "−": "-", "x": "*", "X": "*", ",": "", "$": "", "€": "", "£": ""})
WORKED: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True, slots=True)
class WrittenEquation:
    """An equation as it stands in a text from `start` to `end`: whether it holds, and what its left side comes to."""

    text: str
    start: int
    end: int
    holds: bool
    value: Fraction


def equations(text: str) -> Iterator[WrittenEquation]:
    """The equations of numbers in a text, such as "3 * 4 = 12", "$9 x 2 = $18" or "<<16-3-4=9>>", as they come.

    A result may be rounded at its last decimal, up or down. A percentage may be meant as a hundredth or as a number.
    What stands between words that are reckoned with ("half of 6 + 2 = 5") is no equation of numbers, and is passed
    over, as is one with an unknown, a power, cents, a time of day, or a division by what may be a fraction (4 / 1/2).
    """
    found = [(match.start(1), match[1]) for match in CALCULATED.finditer(text)]
    bare = CALCULATED.sub(lambda match: " " * len(match[0]), text)
    for run in RUN.finditer(bare):
        if "=" in run[0]:
            found += [(run.start() + each.start(), each[0]) for each in SENTENCE.finditer(run[0]) if "=" in each[0]]
    for start, written in sorted(found):
        plain = written.strip()
        start += written.index(plain)
        end = start + len(plain)
        between = BEFORE.search(bare[max(0, start - 9) : start]) or bare[end : end + 1].isalnum()
        if not (between or CENTS.match(bare, end)):
            checked = _checked(plain)
            if checked is not None:
                yield WrittenEquation(" ".join(plain.split()), start, end, *checked)


def _checked(written: str) -> tuple[bool, Fraction] | None:
    """Whether all sides are equal, and what the first comes to; None where this cannot be worked out."""
    sides = written.split("=")
    if len(written) > LONGEST or not RECKONED.search(sides[0]) or written[0] in "+*/×÷−-":
        return None
    readings = [[_value(side, percent) for side in sides] for percent in (("", "*0.01") if "%" in written else ("",))]
    if any(value is None for values in readings for value in values):
        return None
    known = [[value for value in values if value is not None] for values in readings]
    mixed = [[first, *others] for first, *_ in known for _, *others in known]  # 50% of 8 = 4, and 4 / 8 = 50%
    return any(_equal(values, sides) for values in mixed), known[-1][0]


def _equal(values: list[Fraction], sides: list[str]) -> bool:
    """Whether each further side is the first, or is that rounded, up or down, at the decimals that it has."""
    for value, side in zip(values[1:], sides[1:], strict=True):
        decimals = re.search(r"\.(\d+)\D*$", side.strip())
        unit = Fraction(1, 10 ** len(decimals[1])) if decimals else Fraction(1)
        unit = unit / 100 if "%" in side and value != _value(side, "") else unit
        rounded = not RECKONED.search(side) and abs(values[0] - value) < unit
        if value != values[0] and not rounded:
            return False
    return True


def _value(side: str, percent: str) -> Fraction | None:
    """What a side of an equation comes to, exactly; None where it cannot be worked out."""
    plain = side.translate(SIGNS).replace("%", percent).strip()
    if not PLAIN.fullmatch(plain) or UNCLEAR.search(plain):
        return None
    try:
        return _worked(ast.parse(plain, mode="eval").body, plain)
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError, InvalidOperation, MemoryError):
        return None


def _worked(node: ast.expr, text: str) -> Fraction:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Fraction(Decimal(ast.get_source_segment(text, node) or ""))
    if isinstance(node, ast.BinOp) and type(node.op) in WORKED:
        return WORKED[type(node.op)](_worked(node.left, text), _worked(node.right, text))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_worked(node.operand, text)
    raise ValueError(text)
