"""What the parser says against the words, as one sentence of ours that ends in what to do next."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from cyclopts import Argument, CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from ..core.parts import did_you_mean, nearest
from ..core.registry import KINDS

TEXT = re.compile(r"-(?:\W?\d|\S*\s)")  # a number, or several words: no option, though it begins with a dash


def sentence(error: CycloptsError, verbs: Sequence[str]) -> str:
    """The complaint, made from the fields of the parser's exception and not from its text."""
    verb = " ".join(error.command_chain or ())
    where = f"autophagy {verb} --help" if verb else "autophagy --help"
    dashed = _dashed(error)
    return f"{dashed}." if dashed else f"{_wrong(error, verbs, verb)}: {where} shows what there is."


def _dashed(error: CycloptsError) -> str:
    """What to write for a value that begins with a dash and so looks like an option; "" where there is none."""
    words = list(error.root_input_tokens or [])
    match error:
        case UnknownOptionError() if TEXT.match(text := error.token.keyword or error.token.value):
            return f"{text!r} begins with a dash, as an option does: put it last, behind two dashes, as -- {text!r}"
        case MissingArgumentError() if error.keyword in words[:-1]:
            value = words[words.index(error.keyword) + 1]
            if TEXT.match(value):
                return f"{value!r} begins with a dash, as an option does: write {error.keyword}={shlex.quote(value)}"
    return ""


def _again(error: CycloptsError, unused: Sequence[str]) -> str:
    """How to give several plug-ins, where the words stand behind an option that takes one and may be repeated."""
    words = list(error.root_input_tokens or [])
    option = words[max(0, words.index(unused[0]) - 2)]
    named = option.removeprefix("--") in KINDS
    return f" (write the option before each: {' '.join(f'{option} {word}' for word in unused)})" if named else ""


def _meant(error: CycloptsError, unused: Sequence[str], verb: str) -> str:
    """What words that nothing takes were perhaps meant to be, in brackets."""
    setting = next((word for word in unused if "=" in word), None)
    if setting:
        return f" (a setting goes behind its name and a colon, as NAME:{setting})"
    if again := _again(error, unused):
        return again
    if any((Path(word) / "spec.toml").is_file() for word in unused):
        return f" (runs are put on one page by autophagy report {' '.join(unused)})"
    if any(Path(word).exists() for word in unused):
        return " (a file or folder goes behind its option)"
    return " (a text of several words goes in quotes)" if verb == "ask" or len(unused) > 1 else ""


def _wrong(error: CycloptsError, verbs: Sequence[str], verb: str) -> str:
    """What is wrong with the words."""
    unused = list(error.unused_tokens or [])
    match error:
        case UnknownCommandError():
            return f"there is no command {unused[0]!r}{did_you_mean(unused[0], verbs)}"
        case UnknownOptionError():
            option = (error.token.keyword or error.token.value).partition("=")[0]
            known = [name for argument in error.argument_collection for name in argument.names if argument.parse]
            bare = option.strip("-")
            close = nearest(bare, [name.strip("-") for name in known])
            if close and not (close[0] == bare[:1] or bare in close):
                close = None  # words are rarely misspelt in their first letter: --quiet is no --require
            return f"there is no option {option}{f' (did you mean --{close}?)' if close else ''}"
        case UnusedCliTokensError():
            return f"nothing takes the words {' '.join(map(repr, unused))}{_meant(error, unused, verb)}"
        case RepeatArgumentError():
            return f"{error.token.keyword} is given twice, and takes one value"
        case MissingArgumentError() if error.argument:
            return _missing(error, error.argument)
        case CoercionError() if error.token and error.argument:
            return f"{error.token.keyword or error.argument.name} cannot be {error.token.value!r}"
        case _:
            return f"these words cannot be read ({type(error).__name__})"


def _missing(error: MissingArgumentError, argument: Argument) -> str:
    """What is missing: the value of an option that is there, or all of it; a path among the words may be meant."""
    words, name = list(error.root_input_tokens or []), error.keyword or argument.name
    if name in words:
        count = max(1, argument.token_count()[0])
        return f"{name} needs {'a value' if count == 1 else f'{count} values'}"
    options = [word.partition("=")[0] for word in words if word.startswith("--")]
    if shorter := next((option for option in options if name.endswith(option[1:])), ""):
        return f"there is no option {shorter} (did you mean {name}?)"
    paths = [word for word in words if name.startswith("--") and Path(word).exists()]
    return f"{name} is missing{f' (did you mean {name} {shlex.join(paths[-1:])}?)' if paths else ''}"
