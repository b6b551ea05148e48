"""What an answer must obey, from a row: IFEval's two columns, or a column of instructions in our own words."""

import re
from collections.abc import Mapping
from typing import Any

from ...core.errors import UsageError
from ...text.instructions import from_ifeval, parse
from .cells import unpacked

PROSE = re.compile(r"[^:]*\s")  # "language:no_comma" is a name, and "a text with blanks" none
OWN, ATTACHED, IDS, ARGUMENTS = "instructions", "attach", "instruction_id_list", "kwargs"


def instructed(cells: Mapping[str, Any], column: str = OWN) -> tuple[str, ...]:
    """The instructions of a row as texts, such as `words:least=100`, none where the column is not there.

    Those of IFEval's columns `instruction_id_list` and `kwargs` count among the column `instructions`; a text holds one
    instruction, a list several. Prose, with a blank before any colon, is a column of another meaning. Raises UsageError
    where there is no such instruction.
    """
    own = unpacked(cells.get(column))
    given = [own] if isinstance(own, str) and own.strip() else own if isinstance(own, list | tuple) else []
    found = [str(parse(text)) for text in map(str.strip, map(str, given)) if not PROSE.match(text)]
    names = unpacked(cells.get(IDS)) if column == OWN else None
    if not names:
        return tuple(found)
    arguments = unpacked(cells.get(ARGUMENTS))
    alike = isinstance(names, list) and isinstance(arguments, list) and len(names) == len(arguments)
    if not alike or not all(isinstance(each, Mapping) for each in arguments):
        raise UsageError(f"{IDS} and {ARGUMENTS} are not lists of the same length, the second of mappings.")
    return (*found, *(str(from_ifeval(str(name), each)) for name, each in zip(names, arguments, strict=True)))
