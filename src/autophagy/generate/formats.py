"""The rows in the formats that trainers read."""

from collections.abc import Mapping
from typing import Any


def shaped(line: Mapping[str, Any], format: str) -> dict[str, Any]:
    """A row as "rows" (all columns), "alpaca" (instruction, input, output), "chat" (messages) or "pairs" (of answers).

    Ref: the preference type of TRL's dataset formats, for the last: prompt, chosen and rejected.
    """
    if format == "alpaca":
        return {name: line[name] for name in ("instruction", "input", "output")}
    asked = "\n\n".join(filter(None, (line["instruction"], line["input"])))
    if format == "pairs":
        return {"prompt": asked, "chosen": line["output"], "rejected": line["rejected"]}
    if format == "chat":
        return {"messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": line["output"]}]}
    return dict(line)


def fits(line: Mapping[str, Any], format: str) -> bool:
    """Whether a row can be written in a format: pairs need an answer that the output is better than."""
    return format != "pairs" or bool(line["rejected"])
