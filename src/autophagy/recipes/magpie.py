"""Magpie: the writer is given nothing but the beginning of a user's turn, and goes on with what users ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..core.decorators import recipe
from ..core.errors import DataError, UsageError
from ..core.recipe import PoolRow, Read, Refused, Request
from .answers import answered, instruction_of, to_answer
from .replies import TOKENS, plain


class _Family(NamedTuple):
    """How a family of models writes the beginning of a user's turn, its end, and the system message before it.

    `unasked` is the system message that the family's template has where none is given; `models` are its names.
    """

    user: str
    end: str
    system: str
    models: tuple[str, ...]
    unasked: str = ""


_CHATML = ("<|im_start|>user\n", "<|im_end|>", "<|im_start|>system\n{}<|im_end|>\n")
FAMILIES = {
    "smollm2": _Family(*_CHATML, ("smollm2",), "You are a helpful AI assistant named SmolLM, trained by Hugging Face"),
    "qwen2.5": _Family(*_CHATML, ("qwen2.5",), "You are Qwen, created by Alibaba Cloud. You are a helpful assistant."),
    "chatml": _Family(*_CHATML, ("chatml", "smollm", "qwen", "hermes", "yi-", "internlm")),
    "llama-3": _Family(
        "<|start_header_id|>user<|end_header_id|>\n\n",
        "<|eot_id|>",
        "<|start_header_id|>system<|end_header_id|>\n\n{}<|eot_id|>",
        ("llama-3", "llama3"),
    ),
    "mistral": _Family("[INST] ", "[/INST]", "", ("mistral", "mixtral", "ministral", "llama-2", "llama2")),
    "gemma": _Family("<start_of_turn>user\n", "<end_of_turn>", "", ("gemma",)),
    "phi-3": _Family("<|user|>\n", "<|end|>", "<|system|>\n{}<|end|>\n", ("phi-3", "phi3")),
    "zephyr": _Family("<|user|>\n", "</s>", "<|system|>\n{}</s>\n", ("zephyr", "tinyllama")),
}
STANDARD = "chatml"


@recipe("magpie")
@dataclass(frozen=True)
class Magpie:
    """Give the writer the beginning of its own chat template, and take what it continues with as an instruction.

    An aligned model is shown the part of its template before a user's message and nothing else. What it goes on with
    is an instruction, which it then answers as any other. `template` is a family of templates
    (smollm2, qwen2.5, chatml, llama-3, mistral, gemma, phi-3, zephyr), or a file with just that part of it. With "auto"
    it is that of the family which the name `model` belongs to, and chatml where none is given. `system` is a message
    before it that steers what is asked. No seed is shown: prompts are all the same, and replies differ by the numbers
    that they are drawn with.

    Ref: Xu et al. (2024), "Magpie: alignment data synthesis from scratch", section 2.
    """

    template: str = "auto"
    model: str = ""
    system: str = ""
    temperature: float = 1.0
    max_tokens: int = 1024

    def __post_init__(self) -> None:
        self._before()

    def ask(self, pool: Sequence[PoolRow], n: int, rng: np.random.Generator) -> list[Request]:
        """n times the beginning of a user's turn; the number of a draw is all that tells them apart."""
        text, stop = self._before()
        return [
            Request(text, 256, self.temperature, {"stage": "instruction", "draw": str(draw)}, (), stop, complete=True)
            for draw in rng.integers(2**31, size=n)
        ]

    def read(self, request: Request, reply: str, *, cut: bool = False) -> Read:
        """The request for the answer to an instruction, then the row of both."""
        if request.of["stage"] == "answer":
            return [answered(request, reply, cut)]
        said, *more = TOKENS.split(plain(reply), maxsplit=1)  # behind the first token the model plays the next turn
        instruction = instruction_of(said, cut and not more)
        if isinstance(instruction, Refused):
            return [instruction]
        return [to_answer(instruction, request.of, self.max_tokens, 0.0)]

    def _before(self) -> tuple[str, tuple[str, ...]]:
        """What stands before a user's message, and what ends it."""
        name = self._family()
        family = FAMILIES.get(name)
        if self.system and (family is None or not family.system):
            why = (
                "which has no place for one: leave the setting system out"
                if family
                else "into which it is to be written"
            )
            raise UsageError(f"magpie cannot put a system message before the template {name}, {why}.")
        if family is None:
            return _read(name), ()
        message = self.system or family.unasked
        return (family.system.format(message) if message else "") + family.user, (family.end,)

    def _family(self) -> str:
        """The name of the family, or the path of a file."""
        if self.template != "auto":
            return self.template
        if not self.model:
            return STANDARD
        name = self.model.lower()
        for family, known in FAMILIES.items():
            if any(each in name for each in known.models):
                return family
        raise UsageError(
            f"magpie does not know the chat template of {self.model}: give template={', '.join(FAMILIES)}, or a file "
            "with the part of it that stands before a user's message."
        )


def _read(path: str) -> str:
    """The beginning of a user's turn out of a file, to the last line end."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(FAMILIES)
        raise DataError(f"there is no template {path}: give one of {known}, or the path of a text file.") from error
    if not text.strip():
        raise DataError(f"the template {path} is empty: write what stands before a user's message into it.")
    return text
