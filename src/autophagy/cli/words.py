"""What the flags of all verbs share: what they are called, how they are read, and their help."""

from collections.abc import Iterable
from typing import Annotated

from cyclopts import Parameter


class Number(str):
    """A number as it was written; the spec reads it, so that it is judged in one place."""


REPEAT = "Repeat it for several."


def switch(help: str) -> Parameter:
    """A flag without a value."""
    return Parameter(negative="", show_default=False, help=help)


def one_of(names: Iterable[str], help: str) -> Parameter:
    """A flag that takes one of a few words, which a shell completes; the verb says what is wrong with others."""
    return Parameter(help=help, completer=lambda context: list(names))


def repeated(help: str) -> Parameter:
    """A flag that may be given several times."""
    return Parameter(negative="", help=f"{help} {REPEAT}")


# what is given is text, which the library reads, so that a number is judged in one place
Json = Annotated[bool, switch("Print one JSON document instead of a table.")]
Resume = Annotated[bool, switch("Continue the run in the folder; with --out alone, as its own spec says.")]
Out = Annotated[str | None, Parameter(help="The run folder (default: one under runs/ that is named after the spec).")]
SpecFile = Annotated[str | None, Parameter(help="A TOML file with these settings. Flags take precedence over it.")]
Plugin = Annotated[list[str] | None, repeated("A Python file of your own, whose plug-ins are included.")]
Workers = Annotated[
    Number | None, Parameter(help="The number of processes (default: one a core). The results do not depend on it.")
]
Ray = Annotated[
    str | None,
    Parameter(
        help="The Ray cluster whose processes run it, instead of this machine's: auto, local, ray://HOST:PORT or "
        "HOST:PORT."
    ),
]
Log = Annotated[
    list[str] | None,
    Parameter(
        negative="",
        help=f"An experiment tracker that is told the figures while they come: mlflow, tensorboard, trackio or wandb. "
        f"{REPEAT}",
        completer=lambda context: ["mlflow", "tensorboard", "trackio", "wandb"],
    ),
]
Require = Annotated[
    list[str] | None,
    repeated(
        "What must hold at the end of every regime or arm, such as recall:0.8 or 'replace/recall@5>=80%'; else the "
        "exit code is 1."
    ),
]
Undecided = Annotated[
    str,
    one_of(
        ("fail", "pass", "value"),
        "What becomes of a requirement that the interval leaves undecided: fail, pass, or value.",
    ),
]
