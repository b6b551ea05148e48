"""Expressions with letters in them that come to the same whatever the letters stand for: x^2 + 1 and 1 + x^2."""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .functions import WORKED as FUNCTIONS
from .functions import with_signs
from .signs import plain_signs

WRITTEN = re.compile(r"[\da-zA-Zб-к.+\-*/^()√π=<>≤≥≠\s]{1,60}")
RELATION = re.compile(r"[=<>≤≥≠]")
TURNED = {">": "<", "≥": "≤"}  # 3 > x is x < 3
WORD = re.compile(r"[a-zA-Z]{3}")  # letters that stand for numbers come one or two at a time
SIGN = re.compile(r"[+\-*/^=√(<>≤≥≠]")  # without one it is a word or a number
ROOT = re.compile(r"√\s*(\d+(?:\.\d+)?|[a-zπ]|\([^()]*\))", re.IGNORECASE)
SIDE_BY_SIDE = re.compile(r"(?<=[\da-zA-Zπ)])\s*(?=[a-zA-Zб-кπ(])|(?<=[a-zA-Zπ)])\s*(?=\d)")  # 2x, (x + 1)(x - 1), x2
POINTS = (
    0.7310585,
    1.6180339,
    2.2360679,
    3.3019272,
)  # what the letters stand for in turn; no two forms agree there by chance
DRAWN = re.compile(r"[√^π]")
POWER = re.compile(r"\^\{([^{}]*)\}")  # "x^{1/2}"
SIGN_OF = {"pi": "π", "sqrt": "√", "**": "^"}  # as calculators and programs write them
# in a formula; "pi" alone is a word
ASCII = re.compile(r"(?<![a-zA-Z\\])(?:(?!\Api\Z)pi(?![a-zA-Z])|sqrt\s*(?=\())|\*\*")
LONGEST = 80  # characters of an expression as it is written
TALLEST = 40  # the highest power that is worked out
WORKED: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression, or two with a relation between them.

    Its letters, whether it has a sign between its parts, and whether it holds a root, a power, π or a function.
    """

    sides: tuple[ast.expr, ...]
    relation: str
    letters: frozenset[str]
    signed: bool
    drawn: bool = False


def alike(gold: str, said: str) -> bool | None:
    """Whether two formulas agree wherever they are worked out; None where one is none, or they cannot be compared."""
    one, other = _formula(gold), _formula(said)
    if one is None or other is None or (one.relation, one.letters) != (other.relation, other.letters):
        return None
    drawn = one.drawn + other.drawn > ("^" in gold)  # 2^10 is asked for as a power
    if not one.letters and drawn and not one.relation:
        return _worked_alike(one, other) or None  # 1/√2 and √2/2
    if not (one.letters and one.signed and other.signed):
        return None
    ours, theirs = _at_points(one), _at_points(other)
    if ours is None or theirs is None:
        return None
    pairs = list(zip(ours, theirs, strict=True))
    if not one.relation:
        return all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) for a, b in pairs)
    a, b = pairs[0]  # two equations are one where all of the one is as many times the other
    times = bool(a and b) and (one.relation in "=≠" or a * b > 0)
    return times and all(math.isclose(x * b, y * a, rel_tol=1e-9, abs_tol=1e-12) for x, y in pairs)


def worked_out(text: str) -> float | None:
    """What an expression of numbers comes to; None where it holds a letter or a relation, or is no number."""
    formula = _formula(text)
    if formula is None or formula.relation or formula.letters:
        return None
    found = _at_points(formula)
    return found[0] if found else None


def _worked_alike(one: Formula, other: Formula) -> bool:
    """Whether two expressions without letters come to the same."""
    ours, theirs = _at_points(one), _at_points(other)
    return ours is not None and theirs is not None and math.isclose(ours[0], theirs[0], rel_tol=1e-9)


@lru_cache(maxsize=512)
def _formula(text: str) -> Formula | None:
    """A text that is a formula and nothing else."""
    plain = ASCII.sub(lambda found: SIGN_OF[found[0].strip()], plain_signs(text))
    plain = POWER.sub(r"^(\1)", with_signs(plain)) if len(plain) <= LONGEST else plain
    relations = RELATION.findall(plain)
    if not WRITTEN.fullmatch(plain) or WORD.search(plain) or len(relations) > 1:
        return None
    sides = []
    for side in RELATION.split(plain):
        rooted = ROOT.sub(r"((\1)^0.5)", side)
        try:
            sides.append(ast.parse(SIDE_BY_SIDE.sub("*", rooted).replace("^", "**").strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError):
            return None
    relation = "".join(relations)
    if relation in TURNED:
        sides, relation = sides[::-1], TURNED[relation]
    names = {node.id for side in sides for node in ast.walk(side) if isinstance(node, ast.Name)} - {"π", *FUNCTIONS}
    signed = len(plain) == 1 or SIGN.search(plain) is not None or any(sign in plain for sign in FUNCTIONS)
    drawn = DRAWN.search(plain) is not None or any(sign in plain for sign in FUNCTIONS)
    return Formula(tuple(sides), relation, frozenset(names), signed, drawn)


def _at_points(formula: Formula) -> tuple[float, ...] | None:
    """What an expression comes to or its sides differ by, at each point; None where that is no number."""
    names, found = sorted(formula.letters), []
    for shift in range(len(POINTS)):
        known = {name: POINTS[(place + shift) % len(POINTS)] + place // len(POINTS) for place, name in enumerate(names)}
        try:
            worked = [_worked(side, known | {"π": math.pi}) for side in formula.sides]
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
        case ast.Call(func=ast.Name(id=name), args=[inner]) if name in FUNCTIONS:
            return FUNCTIONS[name](_worked(inner, known))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_worked(inner, known)
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _worked(inner, known)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in WORKED:
            a, b = _worked(left, known), _worked(right, known)
            if isinstance(sign, ast.Pow) and (abs(b) > TALLEST or (a < 0 and b != int(b))):
                raise ValueError
            return WORKED[type(sign)](a, b)
    raise ValueError
