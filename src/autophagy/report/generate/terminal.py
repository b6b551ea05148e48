"""A generation in the terminal: what each recipe brought, how varied it is, and the verdict."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from ...generate.result import GenerateResult
from ...generate.variety.titles import title_of
from ...statistics.intervals import Score
from ..console import harmless, open_console
from ..fitting import upright
from .answers import listed
from .effort import SURVIVAL, YIELDS, survival, yields

COUNTS = ("kept", "rejected", "unknown")
RATES = {"phi": "right kept", "psi": "wrong kept", "breakdown": "breakdown", "right_given_kept": "right of kept"}


def print_generation(result: GenerateResult) -> None:
    """What was made, and what it came to."""
    console, document = open_console(), result.document
    console.print(upright(console, _lines(YIELDS, yields(document))))
    console.print()
    if lines := survival(document):
        console.print(upright(console, _lines(SURVIVAL, lines)))
        console.print()
    if document.get("answers"):
        console.print(_answers(document["answers"]))
        console.print()
    console.print(upright(console, _variety(document)))
    console.print()
    if document.get("verified"):
        console.print(upright(console, _verified(document["verified"])))
        console.print()
    for sentence in (*result.verdict, *document.get("notes", [])):
        console.print(Text(harmless(f"- {sentence}")))


def _lines(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> Table:
    """Lines of texts under heads: the first and the last column are words, the others figures."""
    table = Table(box=None, pad_edge=False)
    for head in heads:
        words = head in (heads[0], heads[-1])
        table.add_column(head, justify="left" if words else "right", no_wrap=not words, overflow="fold")
    for line in lines:
        table.add_row(*(Text(harmless(cell)) for cell in line))
    return table


def _answers(answers: Mapping[str, Any]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("answers", no_wrap=True)
    table.add_column("")
    for what, each in listed(answers):
        table.add_row(*(Text(harmless(cell)) for cell in (what, each)))
    return table


def _verified(verified: Mapping[str, Mapping[str, Any]]) -> Table:
    """What each verifier did, and its rates on rows of which it is known whether they are right."""
    table = Table(box=None, pad_edge=False)
    for name in ("verifier", *COUNTS, *RATES.values()):
        table.add_column(name, justify="right" if name in COUNTS else "left")
    for label, found in verified.items():
        scores = (Score.read(found[name]) for name in RATES)
        cells = (
            label,
            *(f"{found[name]:,}" for name in COUNTS),
            *(str(each) if each.n else "unknown" for each in scores),
        )
        table.add_row(*(Text(harmless(cell)) for cell in cells))
    return table


def _variety(document: Mapping[str, Any]) -> Table:
    """Each figure at equal rows, then within a call; the page has them at equal words, too."""
    table = Table(box=None, pad_edge=False)
    for name in ("variety", "made", "seeds"):
        table.add_column(name, no_wrap=name != "variety")
    for key, more in (("variety", ""), ("variety_of_a_call", " within a call")):
        for name, sides in document.get(key, {}).items():
            scores = (Score.read(sides[side]) for side in ("made", "seeds"))
            table.add_row(title_of(name) + more, *(str(score) for score in scores))
    return table
