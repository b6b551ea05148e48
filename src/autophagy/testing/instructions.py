"""The contract of instructions: the sentence that asks for one, and what it says of any text."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.entry import Entry
from ..core.samples import Array
from ..text.instructions import parse
from .fixtures import is_a_frozen_dataclass
from .graders import ODD, RIGHT

Case = Callable[[Entry, Any], None]

SAID = (*ODD, *RIGHT.values(), "One, two.\n\n* three\n* four", "WHAT?", "so it is")
UNTOLD, NO, YES = -1, 0, 1  # what the check of an instruction may say


def said(thing: Any) -> list[Array]:
    """What an instruction says of texts: 1, 0, and -1 where it cannot tell."""
    return [np.array([{None: UNTOLD, False: NO, True: YES}[thing.follows(text)] for text in _texts(thing)])]


def _texts(thing: Any) -> list[str]:
    """Odd texts and plain ones, and its own sentence, whole, in capitals and many times."""
    return [*SAID, thing.sentence, thing.sentence.upper(), f"{thing.sentence}\n\n" * 99]


def _asks_for_itself(entry: Entry, thing: Any) -> None:
    """Whoever attaches it to a prompt asks for it."""
    assert isinstance(thing.sentence, str), "its sentence is no text"
    assert thing.sentence.strip() == thing.sentence != "", "its sentence is empty, or has blanks around it"


def _says_yes_no_or_that_it_cannot_tell(entry: Entry, thing: Any) -> None:
    for check in (thing.follows, thing.published):
        for text in _texts(thing):
            found = check(text)
            assert found in (True, False, None), f"of {text[:20]!r} it says {found!r}"


def _some_text_breaks_it(entry: Entry, thing: Any) -> None:
    assert any(thing.follows(text) is False for text in _texts(thing)), "whatever is said follows it"


def _comes_back_from_its_text(entry: Entry, thing: Any) -> None:
    """Questions are kept with their instructions as texts."""
    again = parse(str(thing))
    assert again == thing, f"{str(thing)!r} is read as {again!r}"


INSTRUCTION: tuple[Case, ...] = (
    is_a_frozen_dataclass,
    _asks_for_itself,
    _says_yes_no_or_that_it_cannot_tell,
    _some_text_breaks_it,
    _comes_back_from_its_text,
)
