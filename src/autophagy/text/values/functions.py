"""Functions in expressions, each as one sign that Python takes for a name: sin^2(x) is б(x)^2."""

import math
import re
from collections.abc import Callable

FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sec": lambda x: 1 / math.cos(x),
    "csc": lambda x: 1 / math.sin(x),
    "cot": lambda x: 1 / math.tan(x),
    "ln": math.log,
    "log": math.log10,
}
SIGNS = dict(zip(FUNCTIONS, "бвгджзик", strict=True))
WORKED = {sign: FUNCTIONS[name] for name, sign in SIGNS.items()}
CALL = re.compile(  # "\sec^2(y)", "sin x", "ln 2x"
    rf"\\?(?<![a-zA-Z])({'|'.join(FUNCTIONS)})\s*(?:\^\{{?(\d)\}}?)?\s*(?:\(([^()]*)\)|(\d*[a-z]|\d+)(?![a-zA-Z(\d.]))"
)
EXP = re.compile(r"\\?(?<![a-zA-Z])exp\s*(?:(?=\()|(\d*[a-z]|\d+)(?![a-zA-Z(\d.]))")


def with_signs(text: str) -> str:
    """An expression with its functions as signs, exp(x) as e^(x); a function of a function stays as it is written."""
    return EXP.sub(lambda found: f"e^({found[1]})" if found[1] else "e^", CALL.sub(_with_sign, text))


def _with_sign(found: re.Match[str]) -> str:
    power = f"^{found[2]}" if found[2] else ""
    return f"{SIGNS[found[1]]}({found[3] or found[4]}){power}"
