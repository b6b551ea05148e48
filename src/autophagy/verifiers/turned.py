"""Turned tests: what tests are worth, by a program that does nothing, and by tests that no right program passes."""

import ast
from typing import Any

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)  # statements that only make a name


def parts_of(text: str) -> tuple[str, str]:
    """A Python text before the assertions that end it, and these, with all that it imports."""
    body = parsed(text)
    start = max((place for place, each in enumerate(body, 1) if isinstance(each, DEFINITIONS)), default=0)
    first = next((place for place in range(start, len(body)) if _asserts(body[place])), None)
    if first is None:
        return text, ""
    imports = [each for each in body[:first] if isinstance(each, ast.Import | ast.ImportFrom)]
    return "\n".join(map(ast.unparse, body[:first])), "\n".join(map(ast.unparse, [*imports, *body[first:]]))


def _asserts(node: ast.stmt) -> bool:
    return any(isinstance(each, ast.Assert) for each in ast.walk(node))


def called(tests: str) -> str:
    """The tests with a call of each function without parameters that is named test_..., as pytest calls them."""
    functions = [each for each in parsed(tests) if isinstance(each, ast.FunctionDef) and each.name.startswith("test")]
    return "\n".join([tests, *(f"{each.name}()" for each in functions if not each.args.args)])


def stub_of(code: str) -> str:
    """A program with the same functions and classes at its top, all of which do nothing."""
    lines = []
    for node in parsed(code):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines.append(f"def {node.name}(*_, **__): return None")
        elif isinstance(node, ast.ClassDef):
            lines += [f"class {node.name}:", "    def __init__(self, *_, **__): pass",
                      "    def __getattr__(self, name): return lambda *_, **__: None"]  # fmt: skip
    return "\n".join(lines)


def turned(tests: str) -> str:
    """The tests with every expected value changed, and every other assertion turned round; "" where there is none.

    A right program fails them. One that passes has read the expected values out of the tests, or makes them pass
    whatever they say.
    """
    turn = _Turn()
    tree = turn.visit(ast.Module(parsed(tests), []))
    return ast.unparse(ast.fix_missing_locations(tree)) if turn.count else ""


class _Turn(ast.NodeTransformer):
    """Turns assertions, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def visit_Assert(self, node: ast.Assert) -> ast.Assert:
        if isinstance(node.test, ast.Constant):  # such as `assert False`, where no program should come
            return node
        self.count += 1
        return ast.Assert(_changed(node.test) or ast.UnaryOp(ast.Not(), node.test), None)


def _changed(test: ast.expr) -> ast.expr | None:
    """A comparison for equality with another expected value; None where a test is none, or expects no plain value."""
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], ast.Eq | ast.Is)):
        return None
    sides = [test.left, test.comparators[0]]
    for place in (1, 0):
        try:
            value = ast.literal_eval(sides[place])
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            continue
        sides[place] = ast.parse(repr(_other(value)), mode="eval").body
        return ast.Compare(sides[0], test.ops, [sides[1]])
    return None


def _other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float | complex):
        return value + 1
    if isinstance(value, str):
        return f"{value}?"
    if isinstance(value, list | tuple):
        return (*value, 0) if isinstance(value, tuple) else [*value, 0]
    if isinstance(value, dict):
        return {**value, "?": 0}
    return {*value, "?"} if isinstance(value, set) else 0


def parsed(text: str) -> list[ast.stmt]:
    """The statements of a Python text, none where it cannot be read."""
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
