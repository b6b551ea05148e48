"""What the parser says against the words, as one sentence of ours that ends in what to do next."""

from collections.abc import Sequence
from pathlib import Path

from cyclopts import CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from ..core.parts import did_you_mean, nearest


def sentence(error: CycloptsError, verbs: Sequence[str]) -> str:
    """The complaint, made from the fields of the parser's exception and not from its text."""
    verb = " ".join(error.command_chain or ())
    where = f"autophagy {verb} --help" if verb else "autophagy --help"
    return f"{_wrong(error, verbs)}: {where} shows what there is."


def _meant(unused: Sequence[str]) -> str:
    """What words that nothing takes were perhaps meant to be."""
    setting = next((word for word in unused if "=" in word), None)
    if setting:
        return f"a setting goes behind its name and a colon, as NAME:{setting}"
    if any((Path(word) / "spec.toml").is_file() for word in unused):
        return f"runs are put on one page by autophagy report {' '.join(unused)}"
    return "a text of several words goes in quotes"


def _wrong(error: CycloptsError, verbs: Sequence[str]) -> str:
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
            return f"nothing takes the words {' '.join(map(repr, unused))} ({_meant(unused)})"
        case RepeatArgumentError():
            return f"{error.token.keyword} is given twice, and takes one value"
        case MissingArgumentError() if error.argument:
            count = max(1, error.argument.token_count()[0])
            return f"{error.keyword or error.argument.name} needs {'a value' if count == 1 else f'{count} values'}"
        case CoercionError() if error.token and error.argument:
            return f"{error.token.keyword or error.argument.name} cannot be {error.token.value!r}"
        case _:
            return f"these words cannot be read ({type(error).__name__})"
