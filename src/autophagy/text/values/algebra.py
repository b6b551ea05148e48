"""Expressions with letters in them that come to the same whatever the letters stand for: x^2 + 1 and 1 + x^2."""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from .forms import one_form

WRITTEN = re.compile(r"[\da-zA-Z.+\-*/^()√π=\s]{3,60}")
WORD = re.compile(r"[a-zA-Z]{3}")  # letters that stand for numbers come one or two at a time
SIGN = re.compile(r"[+\-*/^=√(]|\d[a-zπ]")  # without one it is a word or a number
ROOT = re.compile(r"√\s*(\d+(?:\.\d+)?|[a-zπ]|\([^()]*\))", re.IGNORECASE)
SIDE_BY_SIDE = re.compile(r"(?<=[\da-zA-Zπ)])\s*(?=[a-zA-Zπ(])|(?<=[a-zA-Zπ)])\s*(?=\d)")  # 2x, (x + 1)(x - 1), x2
POINTS = (0.7310585, 1.6180339, 2.2360679, 3.3019272)  # what the letters stand for in turn, so that chance agrees never
TALLEST = 40  # the highest power that is worked out
WORKED: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def alike(gold: str, said: str) -> bool | None:
    """Whether two expressions, or two equations, agree wherever they are worked out; None where one is neither."""
    one, other = _sides(gold), _sides(said)
    if not (one and other) or len(one) != len(other) or not _letters(one) or _letters(one) != _letters(other):
        return None
    ours, theirs = _at_points(one), _at_points(other)
    if ours is None or theirs is None:
        return None
    pairs = list(zip(ours, theirs, strict=True))
    if len(one) == 1:
        return all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) for a, b in pairs)
    a, b = pairs[0]  # two equations are one where all of the one is as many times the other
    return bool(a and b) and all(math.isclose(x * b, y * a, rel_tol=1e-9, abs_tol=1e-12) for x, y in pairs)


@lru_cache(maxsize=512)
def _sides(text: str) -> tuple[ast.expr, ...]:
    """An expression, or both sides of an equation; nothing where the text is none."""
    plain = one_form(text).strip(" .,;$")
    if not (WRITTEN.fullmatch(plain) and SIGN.search(plain)) or WORD.search(plain) or plain.count("=") > 1:
        return ()
    sides = []
    for side in plain.split("="):
        rooted = ROOT.sub(r"((\1)^0.5)", side)
        try:
            sides.append(ast.parse(SIDE_BY_SIDE.sub("*", rooted).replace("^", "**").strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError):
            return ()
    return tuple(sides)


def _letters(sides: tuple[ast.expr, ...]) -> set[str]:
    return {node.id for side in sides for node in ast.walk(side) if isinstance(node, ast.Name)} - {"π"}


def _at_points(sides: tuple[ast.expr, ...]) -> tuple[float, ...] | None:
    """What an expression comes to or the sides of an equation differ by, at each point; None where that is none."""
    names, found = sorted(_letters(sides)), []
    for shift in range(len(POINTS)):
        known = {name: POINTS[(place + shift) % len(POINTS)] + place // len(POINTS) for place, name in enumerate(names)}
        try:
            worked = [_worked(side, known | {"π": math.pi}) for side in sides]
        except (ArithmeticError, ValueError):
            return None
        found.append(worked[0] - (worked[1] if len(worked) > 1 else 0))
    return tuple(found)


def _worked(node: ast.expr, known: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as value):
            return float(value)
        case ast.Name(id=name):
            return known[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_worked(inner, known)
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _worked(inner, known)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in WORKED:
            a, b = _worked(left, known), _worked(right, known)
            if isinstance(sign, ast.Pow) and (abs(b) > TALLEST or a < 0):
                raise ValueError
            return WORKED[type(sign)](a, b)
    raise ValueError
