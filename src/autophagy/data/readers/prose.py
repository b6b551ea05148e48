"""How much prose a column holds: what tells the column of texts from those of dates, addresses and keys."""

import re
from collections.abc import Iterable
from typing import Any

# one word of ASCII that is not of letters alone: a date, a key, an address
TOKEN = re.compile(r"[!-~]*[^A-Za-z\s][!-~]*")


def prose(cells: Iterable[Any]) -> tuple[int, int]:
    """How many letters of prose the words among the cells hold, and how many letters at all, for where it is equal."""
    words = [cell for cell in cells if isinstance(cell, str | bytes)]
    texts = [cell.decode(errors="replace") if isinstance(cell, bytes) else cell for cell in words]
    return sum(len(text) for text in texts if not TOKEN.fullmatch(text.strip())), sum(map(len, texts))
