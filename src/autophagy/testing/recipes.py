"""The contract of recipes: prompts from a pool, and what is read of any reply."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.entry import Entry
from ..core.errors import UsageError
from ..core.recipe import Draft, Learnable, PoolRow, Refused, Request
from ..core.samples import Array
from .fixtures import rng

Case = Callable[[Entry, Any], None]

SEEDS = tuple(
    PoolRow(f"seed-{n}", f"{verb} the old {thing}.", "" if n % 2 else f"A {thing} of {n}.", f"The {thing} is done {n}.")
    for n, (verb, thing) in enumerate(
        (("Describe", "ship"), ("Classify", "letter"), ("Rewrite", "poem"), ("Count", "stones"), ("Name", "rivers"),
         ("Translate", "sign"), ("Sort", "words"), ("Explain", "rain"), ("Shorten", "story"), ("Find", "error"))
    )
)  # fmt: skip
MADE = tuple(
    PoolRow(f"made-{n}", f"Draw up plan {n} of a garden.", "", f"Plan {n}.", True, "seed-0", 1) for n in range(4)
)
PASSAGES = tuple(
    PoolRow(f"doc.md#{n}", f"The mill of Arn has {n} wheels. It was built in 18{n}0 by Ada Berg.", source="doc.md")
    for n in range(1, 6)
)
POOL = (*SEEDS, *MADE, *PASSAGES)
REPLIES = (
    "",
    " \n\t",
    "?!",
    "word " * 20_000,
    "I cannot help with that.",
    "1. Instruction: Say 2020. Then $20. end.\nInput: <noinput>\nOutput: 2020. and $20.\n\n2. Instruction: Name a",
    '**1.** one\n**2.** two\n\n```json\n{"a": 1}\n```',
    "Task 9: Write a poem\nTask 10: Name a river",
    "<|im_start|>assistant\nhello<|im_end|>",
    "答えはありません。",
    "\x00\ufffd",
    "same line\n" * 40,
)


def asked(recipe: Any) -> list[Array]:
    """The prompts of a recipe, as an array of texts."""
    return [np.array([request.text for request in recipe.ask(POOL, 12, rng())], np.dtypes.StringDType())]


def _asks_what_is_wanted_and_no_more(entry: Entry, recipe: Any) -> None:
    requests = recipe.ask(POOL, 12, rng())
    assert 0 < len(requests) <= 12, f"{len(requests)} prompts for 12 that were wanted"
    ids = {row.id for row in POOL}
    for request in requests:
        assert isinstance(request, Request)
        assert request.text.strip()
        assert set(request.shown) <= ids, "it shows rows that the pool does not have"
        assert "{" not in request.text.replace('{"', ""), "a field of its template was not filled"
    assert recipe.ask(POOL, 0, rng()) == []


def _other_random_numbers_ask_otherwise(entry: Entry, recipe: Any) -> None:
    assert recipe.ask(POOL, 12, rng()) != recipe.ask(POOL, 12, np.random.default_rng(12))


def _reads_any_reply(entry: Entry, recipe: Any) -> None:
    """Rows, items that are none, or requests to go on; never nothing, and nothing empty as a row."""
    for request in recipe.ask(POOL, 3, rng()):
        for reply in REPLIES:
            for cut in (False, True):
                found = recipe.read(request, reply, cut=cut)
                assert found, f"nothing is told of {reply[:30]!r}"
                assert all(isinstance(each, Draft | Refused | Request) for each in found)
                drafts = [each for each in found if isinstance(each, Draft)]
                assert all((each.instruction + each.output).strip() for each in drafts), "a row is empty"
                assert all(each.reason for each in found if isinstance(each, Refused))
        for empty in ("", " \n"):
            assert not any(isinstance(each, Draft) for each in recipe.read(request, empty)), "a row out of nothing"


def _reads_what_it_has_a_model_learn(entry: Entry, recipe: Any) -> None:
    """Behind the last line of a prompt, a passage that begins with it is a reply that brings a row."""
    if not isinstance(recipe, Learnable):
        return
    try:
        passages = recipe.passages(SEEDS)
    except UsageError:  # of what it holds, something cannot be learnt
        return
    for request in recipe.ask(SEEDS, 8, rng()):
        line = request.text.rstrip("\n").rpartition("\n")[2]
        replies = [text.removeprefix(line) for text in passages if text.startswith(line)]
        assert replies, f"no passage begins with {line!r}"
        assert any(isinstance(each, Draft) for reply in replies for each in recipe.read(request, reply))


RECIPE: tuple[Case, ...] = (
    _asks_what_is_wanted_and_no_more,
    _other_random_numbers_ask_otherwise,
    _reads_any_reply,
    _reads_what_it_has_a_model_learn,
)
