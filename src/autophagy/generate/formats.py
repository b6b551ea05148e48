"""The rows in the formats that trainers read."""

from collections.abc import Mapping
from typing import Any


def shaped(line: Mapping[str, Any], format: str) -> dict[str, Any]:
    """A row as "rows" (all columns), "alpaca" (instruction, input, output) or "chat" (messages)."""
    if format == "alpaca":
        return {name: line[name] for name in ("instruction", "input", "output")}
    if format == "chat":
        asked = "\n\n".join(filter(None, (line["instruction"], line["input"])))
        return {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": line["output"]}]}
    return dict(line)
